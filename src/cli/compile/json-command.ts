import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { display } from '../../base/source-text.ts';
import { loadConfig } from '../../check.ts';
import { modelAsJson } from '../../compile/json/model.ts';
import { payloadOf } from '../../compile/json/write.ts';
import { putFile } from '../../host/write-file.ts';
import { buildModel } from '../../model/build.ts';
import { checkModel } from '../../model/check/check-model.ts';
import { configRootOf } from '../config-root.ts';
import { found, ok } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

/** The options of `nginxc json`: crossplane's, and ours. */
export interface JsonOptions {
  readonly indent?: number;
  readonly ignore?: string;
  readonly catch?: boolean;
  readonly combine?: boolean;
  readonly singleFile?: boolean;
  readonly includeComments?: boolean;
  readonly strict?: boolean;
  readonly keepBytes?: boolean;
  readonly model?: boolean;
  readonly out?: string;
  readonly prefix?: string;
}

/** Adds the options of `nginxc json`. */
export function addJsonOptions(command: Command): Command {
  return command
    .description("crossplane's payload: every file as JSON, on stdout; the exit code is 1 when it holds errors")
    .option('-i, --indent <spaces>', 'spread over lines (default: one line)', spacesOf)
    .option('-o, --out <file>', 'write to a file')
    .option('--ignore <directives>', 'directives that are left out, separated by commas')
    .option('--no-catch', 'only the first error of each file')
    .option('--combine', 'one file, included statements in place')
    .option('--single-file', 'included files are not read')
    .option('--include-comments', 'comments are statements')
    .option('--strict', 'unknown directives are errors')
    .option('--keep-bytes', 'bytes that are not UTF-8 become U+DC80…U+DCFF, not U+FFFD')
    .option(
      '--model',
      'not the payload, but what the configuration means: every block with the settings in force and their origins',
    )
    .option('--prefix <directory>', "where relative includes start (default: the file's directory)");
}

function spacesOf(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('It must be a number of spaces.');
  return Number(text);
}

/** `nginxc json FILE`. */
export function jsonCommand(file: string, options: JsonOptions, streams: Streams): number {
  const root = configRootOf(file, options.prefix, streams);
  const { value: config, diagnostics } = loadConfig(root);
  const model = buildModel(config);
  const write = (json: unknown) => put(`${JSON.stringify(json, null, options.indent ?? 0)}\n`, options.out, streams);
  if (options.model) {
    write(modelAsJson(model, display));
    return diagnostics.some(({ severity }) => severity === 'error') ? found : ok;
  }
  const { loader, prefix } = root;
  const { combine, strict, ignore, keepBytes } = options;
  const payload = payloadOf(
    config,
    { loader, prefix, syntax: diagnostics, refusals: checkModel(model) },
    {
      comments: options.includeComments === true,
      combine: combine === true,
      single: options.singleFile === true,
      strict: strict === true,
      firstError: options.catch === false,
      keepBytes: keepBytes === true,
      ignore: ignore?.split(',') ?? [],
    },
  );
  write(payload);
  return payload.status === 'ok' ? ok : found;
}

function put(text: string, out: string | undefined, { stdout, cwd }: Streams): void {
  if (out === undefined) stdout.write(text);
  else putFile(resolve(cwd(), out), text);
}
