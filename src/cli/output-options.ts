import { type Command, Option } from 'commander';
import type { Format, OutputSettings } from './lint-settings.ts';
import { UsageError } from './streams.ts';

/** What is written where, as the command line has it. */
export interface OutputOptions {
  readonly format: Format;
  readonly color?: boolean;
  readonly fix?: boolean;
  readonly unsafeFixes?: boolean;
  readonly diff?: boolean;
  readonly quiet?: boolean;
}

/** Adds the options that decide how findings are written, and whether files are. */
export function addOutputOptions(program: Command): void {
  program
    .addOption(
      new Option('--format <format>', 'how findings are written').choices(['pretty', 'concise', 'json']).default('pretty'),
    )
    .option('--fix', 'make the fixes that keep the meaning or repair what nginx refuses')
    .option('--unsafe-fixes', 'with --fix or --diff: also fixes that change what the configuration does')
    .option('--diff', 'show the fixes as a unified diff, change no file; exit code 1 when there are any')
    .option('-q, --quiet', 'findings only: no summary, no notes')
    .option('--color', 'colours even when stdout is no terminal')
    .option('--no-color', 'no colours (so does NO_COLOR in the environment)');
}

/** Reads them; a `UsageError` when they contradict each other. */
export function outputSettings(raw: OutputOptions): OutputSettings {
  const { format, color, fix = false, unsafeFixes = false, diff = false, quiet = false } = raw;
  if (unsafeFixes && !fix && !diff) throw new UsageError('--unsafe-fixes says which fixes are made; add --fix or --diff');
  if (fix && diff) throw new UsageError('--fix changes files and --diff does not; choose one');
  return { format, fix, unsafeFixes, diff, quiet, ...(color === undefined ? {} : { color }) };
}
