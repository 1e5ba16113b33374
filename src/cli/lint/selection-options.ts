import { type Command, Option } from 'commander';
import { UsageError } from '../streams.ts';
import type { SelectionSettings } from './lint-settings.ts';

/** Which findings are news, as the command line has it. */
export interface SelectionOptions {
  readonly baseline?: string | boolean;
  readonly updateBaseline?: boolean;
  readonly changed?: boolean;
  readonly changedSince?: string;
  readonly staged?: boolean;
}

/** Adds the options that keep findings back which are known, or older than a change. */
export function addSelectionOptions(program: Command): void {
  program
    .option('--baseline <file>', 'do not report what this file knows (default: .nginxlint-baseline.json, if it is here)')
    .option('--no-baseline', 'report that, too')
    .option('--update-baseline', 'write what is found now into the baseline')
    .option('--changed', 'report what the work tree has caused since the last commit; --changed=REF: since it left REF')
    .addOption(new Option('--changed-since <ref>').hideHelp())
    .option('--staged', 'report what the commit to be has caused; reads the index and not the files');
}

/** Commander's optional values would swallow a path: `--changed=REF` and `--write-baseline` are spelt as it knows them. */
export function spelledOut(argv: readonly string[]): string[] {
  return argv.map((word) =>
    word === '--write-baseline' ? '--update-baseline' : word.replace(/^--changed=/, '--changed-since='),
  );
}

/** Reads them; a `UsageError` when they contradict each other. */
export function selectionSettings(raw: SelectionOptions, { fix, diff }: { fix: boolean; diff: boolean }): SelectionSettings {
  const { baseline, updateBaseline = false, staged = false, changedSince } = raw;
  const changed = changedSince ?? (raw.changed ? 'HEAD' : undefined);
  if (staged && changed !== undefined) throw new UsageError('--staged and --changed compare different states; choose one');
  if ((staged || changed !== undefined) && (fix || diff || updateBaseline))
    throw new UsageError(
      `${staged ? '--staged' : '--changed'} looks at a part of the findings only: not with --fix, --diff or --update-baseline`,
    );
  if (updateBaseline && (fix || diff)) throw new UsageError('--fix and --diff come before --update-baseline; choose one');
  if (updateBaseline && baseline === false)
    throw new UsageError('--update-baseline writes what --no-baseline ignores; choose one');
  return {
    staged,
    updateBaseline,
    ...(changed === undefined ? {} : { changed }),
    ...(baseline === undefined || baseline === true ? {} : { baseline }),
  };
}
