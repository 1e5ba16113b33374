import { Buffer } from 'node:buffer';
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { bytesOf, display, sourceText } from '../../base/source-text.ts';
import { rememberingParser } from '../../check.ts';
import { bytesOfText } from '../../compile/json/bytes.ts';
import { readPayload } from '../../compile/json/read.ts';
import { textOf } from '../../compile/json/text.ts';
import { textsLoader } from '../../config/memory-loader.ts';
import { concise } from '../../diagnostics/render/concise.ts';
import { defaultFormat } from '../../format/options.ts';
import { formatSource } from '../../formatting.ts';
import { diskFiles } from '../../host/files.ts';
import { putFile } from '../../host/write-file.ts';
import { ok } from '../exit-codes.ts';
import { type Streams, UsageError } from '../streams.ts';

/** The options of `nginxc from-json`. */
export interface FromJsonOptions {
  readonly dir?: string;
  readonly force?: boolean;
  readonly keepLines?: boolean;
}

/** Adds the options of `nginxc from-json`. */
export function addFromJsonOptions(command: Command): Command {
  return command
    .description("the configuration that a payload of crossplane's describes; several files are printed as nginx -T prints them")
    .option('-d, --dir <directory>', 'write the files below a directory')
    .option('-f, --force', 'overwrite files')
    .option('--keep-lines', 'every directive on the line the payload names, not formatted');
}

interface Written {
  readonly name: string;
  /** Bytes. */
  readonly text: string;
}

/** `nginxc from-json FILE`. */
export function fromJsonCommand(file: string, { dir, force, keepLines }: FromJsonOptions, streams: Streams): number {
  const files = payloadIn(file, streams).config.map(({ file: name, parsed }): Written => {
    const text = textOf(parsed);
    return { name, text: keepLines ? text : formatted(name, text, streams) };
  });
  if (dir === undefined) print(files, streams);
  else writeBelow(resolve(streams.cwd(), dir), files, force === true);
  return ok;
}

function payloadIn(file: string, streams: Streams) {
  const source = diskFiles(streams.cwd()).read(bytesOf(file));
  if ('error' in source) throw new UsageError(`cannot read ${file}: ${source.error}`);
  let json: unknown;
  try {
    json = JSON.parse(display(source.text));
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`);
  }
  const read = readPayload(json);
  if ('problem' in read) throw new UsageError(`${file} is not a payload: ${read.problem}`);
  return read.payload;
}

/** Formatted; as it is, and why, when what the payload describes is no configuration. */
function formatted(name: string, text: string, streams: Streams): string {
  const result = formatSource(sourceText(name, text), textsLoader({}), rememberingParser(), defaultFormat);
  if ('text' in result) return result.text;
  for (const problem of result.refused) streams.stderr.write(`${concise(problem)}\n`);
  return text;
}

function print(files: readonly Written[], { stdout }: Streams): void {
  const [only] = files;
  const text =
    files.length === 1 && only
      ? only.text
      : files.map(({ name, text: own }) => `# configuration file ${bytesOfText(name)}:\n${own}\n`).join('');
  stdout.write(Buffer.from(text, 'latin1'));
}

function writeBelow(directory: string, files: readonly Written[], force: boolean): void {
  const paths = files.map(({ name, text }) => ({ path: resolve(directory, name), name, text }));
  for (const { path, name } of paths) {
    if (relative(directory, path).startsWith('..')) throw new UsageError(`${name} is not below ${directory}`);
    if (!force && existsSync(path)) throw new UsageError(`${path} is there already: --force overwrites it`);
  }
  for (const { path, text } of paths) putFile(path, Buffer.from(text, 'latin1'));
}
