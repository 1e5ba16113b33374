import { Buffer } from 'node:buffer';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { display, type SourceText } from '../../base/source-text.ts';
import { rememberingParser } from '../../check.ts';
import type { SourceLoader } from '../../config/source-loader.ts';
import { concise } from '../../diagnostics/render/concise.ts';
import { defaultFormat, type FormatOptions } from '../../format/options.ts';
import { formatSource } from '../../formatting.ts';
import { diskFiles } from '../../host/files.ts';
import { replaceFile, whyNotReplaced } from '../../host/write-file.ts';
import { projectOf } from '../config/project.ts';
import { failed, found, ok } from '../exit-codes.ts';
import type { Change } from '../lint/apply-fixes.ts';
import { inputsOf } from '../lint/lint-inputs.ts';
import { type Streams, UsageError } from '../streams.ts';

/** What the command line of `nginxc fmt` says. */
export interface FmtOptions {
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly write?: boolean;
  readonly indent?: FormatOptions['indent'];
  readonly width?: number;
  readonly blankLines?: number;
  readonly config?: string | false;
  readonly stdinFilename?: string;
}

/** Adds the options of `nginxc fmt`. */
export function addFmtOptions(command: Command): Command {
  return command
    .description('formatted: on stdout, or see below; - is standard input, directories are searched')
    .option('-w, --write', 'change the files in place')
    .option('-c, --check', 'only name the files that would change; the exit code is 1 if there are any')
    .option('-d, --diff', 'show what would change; the exit code is 1 if anything would')
    .option('--indent <unit>', 'one level: a number of spaces, or tab (default: 4)', indentOf)
    .option('--width <columns>', 'break lists before lines get longer (default: 120)', numberFrom(1))
    .option('--blank-lines <number>', 'so many blank lines in a row are kept (default: 1)', numberFrom(0))
    .option('--stdin-filename <name>', 'what standard input is called in messages')
    .option('--config <file>', 'the configuration file (default: the nearest nginxlint.config.* or .nginxlintrc)')
    .option('--no-config', 'look for no configuration file');
}

function numberFrom(least: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,6}$/.test(text) || Number(text) < least) throw new InvalidArgumentError(`It must be a number from ${least} on.`);
    return Number(text);
  };
}

function indentOf(text: string): FormatOptions['indent'] {
  return text === 'tab' ? text : numberFrom(1)(text);
}

/** `nginxc fmt PATHS`: formats files; a file with errors is reported and left as it is. Gives the exit code. */
export async function fmtCommand(paths: readonly string[], options: FmtOptions, streams: Streams): Promise<number> {
  if ([options.check, options.diff, options.write].filter(Boolean).length > 1)
    throw new UsageError('--check, --diff and --write exclude each other');
  const { config, stdinFilename } = options;
  const project = await projectOf({ target: {}, selection: {}, ...(config === undefined ? {} : { config }) }, streams);
  for (const finding of project.configFindings) streams.stderr.write(`${concise(finding)}\n`);
  if (project.configFindings.some(({ severity }) => severity === 'error')) return failed;
  const { indent, width, blankLines } = { ...defaultFormat, ...project.format, ...options };
  const disk = diskFiles(streams.cwd());
  const inputs = await inputsOf({ paths, ...(stdinFilename === undefined ? {} : { stdinFilename }) }, disk, streams);
  const job = new Job({ indent, width, blankLines }, streams);
  for (const { path, from } of inputs.files) {
    if (from === 'directory' && project.isIgnored(path)) continue;
    const source = inputs.loader.read(path);
    if ('error' in source) throw new UsageError(`cannot read ${display(path)}: ${source.error}`);
    job.format(path, source, inputs.loader);
    if (!options.check && !options.diff && (from === 'stdin' || !options.write)) job.print(path);
  }
  if (options.diff) await (await import('../lint/write-changes.ts')).showDiff(job.changes, streams);
  if (options.check) job.nameChanged();
  if (options.write) job.write();
  return job.exitCode(options.check === true || options.diff === true);
}

class Job {
  readonly changes: Change[] = [];
  readonly #options: FormatOptions;
  readonly #streams: Streams;
  readonly #parse = rememberingParser();
  readonly #texts = new Map<string, string>();
  #failures = 0;

  constructor(options: FormatOptions, streams: Streams) {
    this.#options = options;
    this.#streams = streams;
  }

  format(path: string, source: SourceText, loader: SourceLoader): void {
    const result = formatSource(source, loader, this.#parse, this.#options);
    if ('refused' in result) {
      this.#failures++;
      for (const error of result.refused) this.#streams.stderr.write(`${concise(error)}\n`);
      return;
    }
    this.#texts.set(path, result.text);
    if (result.text !== source.text) this.changes.push({ path, before: source, after: { name: source.name, text: result.text } });
  }

  print(path: string): void {
    const text = this.#texts.get(path);
    if (text !== undefined) this.#streams.stdout.write(Buffer.from(text, 'latin1'));
  }

  nameChanged(): void {
    for (const { path } of this.changes) this.#streams.stdout.write(`${display(path)}\n`);
  }

  write(): void {
    for (const { path, before, after } of this.changes) {
      const file = resolve(this.#streams.cwd(), display(path));
      const problem = whyNotReplaced(file, before.text);
      if (problem === undefined) replaceFile(file, after.text);
      else {
        this.#failures++;
        this.#streams.stderr.write(`nginxc: ${before.name} is left as it was: ${problem}\n`);
      }
    }
  }

  exitCode(changesCount: boolean): number {
    return this.#failures > 0 || (changesCount && this.changes.length > 0) ? found : ok;
  }
}
