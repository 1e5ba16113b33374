import { resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Paint } from '../../diagnostics/render/paint.ts';
import { diskFiles } from '../../host/files.ts';
import type { HostQuestions } from '../../model/check/host-questions.ts';
import { failed, found, ok } from '../exit-codes.ts';
import { hostAnswers } from '../host-answers.ts';
import { type Pace, paced, worthSparing } from '../pace.ts';
import { type Streams, UsageError } from '../streams.ts';
import { applyFixes, type Fixed } from './apply-fixes.ts';
import type { States } from './caused.ts';
import { type Inputs, inputsOf } from './lint-inputs.ts';
import { notesOn, reportOf } from './lint-report.ts';
import type { LintSettings } from './lint-settings.ts';
import { lintInputs, type Outcome } from './lint-workspace.ts';
import { progressLine } from './progress-line.ts';
import { chosenFormats, type FormatChoice } from './report-formats.ts';
import type { Run } from './result-cache.ts';
import { selectFindings } from './select-findings.ts';
import { writeReports } from './write-reports.ts';

/**
 * In hundreds of rules, each busy for a moment, V8 spends as long on optimizing as on running: in larger configurations it begins
 * seven times later. 66 kB is its own choice.
 */
const pace: Pace = {
  isSparing: (bytes) => bytes > worthSparing,
  spare: ['--interrupt-budget=500000'],
  restore: [`--interrupt-budget=${66 * 1024}`],
};

/** `nginxlint [paths…]`: checks, shows, fixes; gives the exit code. */
export async function lintCommand(given: LintSettings, streams: Streams, paint: Paint): Promise<number> {
  const progress = progressLine(streams);
  const settings: LintSettings = { ...given, onProgress: progress.say };
  const choices = chosenFormats(settings.formats, streams);
  const machine = diskFiles(streams.cwd());
  const states = isComparing(settings) ? (await import('./caused.ts')).statesOf(settings, machine, streams.cwd()) : undefined;
  const disk = states?.after ?? machine;
  const asked = await inputsOf(settings, disk, streams);
  const { loader, end } = paced(settings.memory?.remembering(asked.loader) ?? asked.loader, pace);
  const inputs: Inputs = { ...asked, loader };
  const answers = await hostAnswers(settings, streams, (host) => lintInputs(inputs, settings, disk, host));
  const host = { ...asSuperuser(answers), ...(settings.prefix === undefined ? {} : { confPrefix: settings.prefix }) };
  const run = (files: Inputs, from = disk) => lintInputs(files, settings, from, host);
  const isFixing = settings.fix || settings.diff;
  const fixed: Fixed = isFixing
    ? applyFixes(inputs, run, settings.unsafeFixes)
    : { outcome: await lintOnce(), changes: [], made: 0 };
  end();
  progress.clear();
  settings.onRead?.(fixed.outcome.files);
  if (settings.diff) return (await import('./write-changes.ts')).showDiff(fixed.changes, streams);
  const findingsTo = settings.fix && inputs.files.some(({ from }) => from === 'stdin') ? streams.stderr : streams.stdout;
  const failures = settings.fix ? (await import('./write-changes.ts')).writeChanges(fixed, inputs, streams) : 0;
  // What could not be written was not fixed.
  const { outcome, made, changes } = failures > 0 ? { outcome: run(inputs), changes: [], made: 0 } : fixed;
  progress.clear();
  const selected = await selectFindings(outcome, settings, streams, states && (await causedIn(outcome, states)));
  settings.onShown?.(selected.visible);
  const report = reportOf(outcome, selected, settings, streams);
  if (choices.some(isForPeople) && !settings.quiet)
    streams.stderr.write(notesOn(outcome, selected.notes, paint) + fixedRemark({ outcome, made, changes }));
  const unwritten = await writeReports(report, choices, findingsTo, { streams, paint });
  if (failures + unwritten > 0) return failed;
  return selected.isFailure ? found : ok;

  async function lintOnce(): Promise<Outcome> {
    const { cache } = settings;
    if (cache === undefined || states || inputs.files.some(({ from }) => from === 'stdin')) return run(inputs);
    const { lintCached } = await import('./result-cache.ts');
    const lint = (asked: Run) => lintInputs(asked.inputs, asked.settings, asked.disk, host);
    const complain = (problem: string) => streams.stderr.write(`nginxlint: ${problem}\n`);
    return lintCached(resolve(streams.cwd(), cache), { inputs, settings, disk }, lint, complain);
  }

  async function causedIn(outcome: Outcome, between: States): Promise<ReadonlySet<Diagnostic>> {
    const { causedBy, findingsBefore } = await import('./caused.ts');
    const before = await findingsBefore(between, settings, streams, run);
    progress.clear();
    return causedBy(outcome, before);
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
