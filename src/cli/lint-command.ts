import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { display } from '../base/source-text.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Paint } from '../diagnostics/render/paint.ts';
import { diskFiles } from '../host/files.ts';
import { replaceFile } from '../host/write-file.ts';
import type { HostQuestions } from '../model/check/host-questions.ts';
import { applyFixes, type Change, type Fixed } from './apply-fixes.ts';
import type { States } from './caused.ts';
import { failed, found, ok } from './exit-codes.ts';
import { hostAnswers } from './host-answers.ts';
import { type Inputs, inputsOf } from './lint-inputs.ts';
import { notesOn, reportOf } from './lint-report.ts';
import type { LintSettings } from './lint-settings.ts';
import { lintInputs, type Outcome } from './lint-workspace.ts';
import { chosenFormats, type FormatChoice } from './report-formats.ts';
import { selectFindings } from './select-findings.ts';
import { type Streams, UsageError } from './streams.ts';
import { writeReports } from './write-reports.ts';

/** `nginxlint [paths…]`: checks, shows, fixes; gives the exit code. */
export async function lintCommand(settings: LintSettings, streams: Streams, paint: Paint): Promise<number> {
  const choices = chosenFormats(settings.formats, streams);
  const machine = diskFiles(streams.cwd());
  const states = isComparing(settings) ? (await import('./caused.ts')).statesOf(settings, machine, streams.cwd()) : undefined;
  const disk = states?.after ?? machine;
  const inputs = await inputsOf(settings, disk, streams);
  const answers = await hostAnswers(settings, streams, (host) => lintInputs(inputs, settings, disk, host));
  const host = { ...asSuperuser(answers), ...(settings.prefix === undefined ? {} : { confPrefix: settings.prefix }) };
  const run = (files: Inputs, from = disk) => lintInputs(files, settings, from, host);
  const isFixing = settings.fix || settings.diff;
  const fixed: Fixed = isFixing ? applyFixes(inputs, run, settings.unsafeFixes) : { outcome: run(inputs), changes: [], made: 0 };
  if (settings.diff) return showDiff(fixed.changes, streams);
  const findingsTo = settings.fix && inputs.files.some(({ from }) => from === 'stdin') ? streams.stderr : streams.stdout;
  const failures = settings.fix ? writeChanges(fixed, inputs, streams) : 0;
  const selected = await selectFindings(fixed.outcome, settings, streams, states && (await causedIn(fixed.outcome, states)));
  settings.onShown?.(selected.visible);
  const report = reportOf(fixed.outcome, selected, settings, streams);
  if (choices.some(isForPeople) && !settings.quiet)
    streams.stderr.write(notesOn(fixed.outcome, selected.notes, paint) + fixedRemark(fixed));
  const unwritten = await writeReports(report, choices, findingsTo, { streams, paint });
  if (failures + unwritten > 0) return failed;
  return selected.isFailure ? found : ok;

  async function causedIn(outcome: Outcome, between: States): Promise<ReadonlySet<Diagnostic>> {
    const { causedBy, findingsBefore } = await import('./caused.ts');
    return causedBy(outcome, await findingsBefore(between, settings, streams, run));
  }
}

function isComparing({ staged, changed, paths }: LintSettings): boolean {
  if (!staged && changed === undefined) return false;
  if (paths.includes('-')) throw new UsageError(`${staged ? '--staged' : '--changed'} is for files, not for standard input`);
  return true;
}

/** nginx is started by root, whoever lints. */
function asSuperuser({ files, ...rest }: HostQuestions): HostQuestions {
  return files ? { ...rest, files: { ...files, isSuperuser: true } } : rest;
}

function isForPeople({ name, file }: FormatChoice): boolean {
  return name === 'pretty' && file === undefined;
}

function fixedRemark({ made, changes }: Fixed): string {
  if (made === 0) return '';
  return `${made} fixed in ${changes.map(({ before }) => before.name).join(', ')}\n`;
}

async function showDiff(changes: readonly Change[], { stdout }: Streams): Promise<number> {
  if (changes.length === 0) return ok;
  const { createTwoFilesPatch } = await import('diff');
  for (const { path, before, after } of changes) {
    const name = path.replace(/^\/+/, '');
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before.text, after.text, undefined, undefined, { context: 3 });
    stdout.write(Buffer.from(patch.replace(/^=+\n/, ''), 'latin1'));
  }
  return found;
}

/** Writes fixed files; returns how many could not be written. Standard input's text goes to standard output. */
function writeChanges({ changes }: Fixed, { files, loader }: Inputs, streams: Streams): number {
  const stdin = files.find(({ from }) => from === 'stdin')?.path;
  let failures = 0;
  for (const { path, before, after } of changes) {
    if (path === stdin) continue;
    const problem = write(resolve(streams.cwd(), display(path)), before.text, after.text);
    if (problem === undefined) continue;
    failures++;
    streams.stderr.write(`nginxlint: ${before.name} is left as it was: ${problem}\n`);
  }
  if (stdin !== undefined) {
    const source = changes.find(({ path }) => path === stdin)?.after ?? loader.read(stdin);
    if (!('error' in source)) streams.stdout.write(Buffer.from(source.text, 'latin1'));
  }
  return failures;
}

function write(path: string, before: string, after: string): string | undefined {
  try {
    if (readFileSync(path, 'latin1') !== before) return 'it changed while nginxlint was running';
    replaceFile(path, after);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
