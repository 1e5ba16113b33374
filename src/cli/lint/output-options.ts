import type { Command } from 'commander';
import { formats } from '../../diagnostics/render/formats.ts';
import { UsageError } from '../streams.ts';
import type { OutputSettings } from './lint-settings.ts';
import { type FormatChoice, readFormat } from './report-formats.ts';

/** What is written where, as the command line has it. */
export interface OutputOptions {
  readonly format?: readonly FormatChoice[];
  readonly color?: boolean;
  readonly fix?: boolean;
  readonly unsafeFixes?: boolean;
  readonly diff?: boolean;
  readonly quiet?: boolean;
  readonly watch?: boolean;
  readonly cache?: boolean;
  readonly cacheLocation?: string;
}

/** Adds the options that decide how findings are written, and whether files are. */
export function addOutputOptions(program: Command): void {
  program
    .option(
      '--format <name[=file]>',
      `how findings are written, and where: ${Object.keys(formats).join(', ')}; repeatable`,
      readFormat,
    )
    .option('--fix', 'make the fixes that keep the meaning or repair what nginx refuses')
    .option('--unsafe-fixes', 'with --fix or --diff: also fixes that change what the configuration does')
    .option('--diff', 'show the fixes as a unified diff, change no file; exit code 1 when there are any')
    .option('--cache', 'keep results in .nginxlintcache, and use them while nothing has changed that they depend on')
    .option('--cache-location <file>', 'keep them in this file')
    .option('--watch', 'lint again whenever a file changes; Ctrl-C ends')
    .option('-q, --quiet', 'findings only: no summary, no notes')
    .option('--color', 'colours even when stdout is no terminal')
    .option('--no-color', 'no colours (so does NO_COLOR in the environment)');
}

/** Reads them; a `UsageError` when they contradict each other. */
export function outputSettings(raw: OutputOptions): OutputSettings {
  const { format = [], color, fix = false, unsafeFixes = false, diff = false, quiet = false } = raw;
  if (unsafeFixes && !fix && !diff) throw new UsageError('--unsafe-fixes says which fixes are made; add --fix or --diff');
  if (fix && diff) throw new UsageError('--fix changes files and --diff does not; choose one');
  const cache = raw.cacheLocation ?? (raw.cache ? '.nginxlintcache' : undefined);
  return { formats: format, fix, unsafeFixes, diff, quiet, ...(cache && { cache }), ...(color === undefined ? {} : { color }) };
}
