import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Paint } from '../../diagnostics/render/paint.ts';
import { findingKey } from '../../lint/finding-key.ts';
import { failed, ok } from '../exit-codes.ts';
import { lintCommand } from '../lint/lint-command.ts';
import { reportOf } from '../lint/lint-report.ts';
import type { CommandLine, LintSettings } from '../lint/lint-settings.ts';
import { chosenFormats } from '../lint/report-formats.ts';
import { writeReports } from '../lint/write-reports.ts';
import type { Streams } from '../streams.ts';
import { projectOf } from './project.ts';

/** What is asked of the configuration file, and the command line. */
export interface ProjectCommand {
  readonly line: CommandLine;
  /** Show the options that hold for all files, or for one. */
  readonly printConfig?: boolean | string;
  /** Write a configuration file of this kind. */
  readonly init?: boolean | string;
}

/** `nginxlint [paths…]`: reads the configuration file, then lints, or shows what it read; gives the exit code. */
export async function projectCommand(
  { line, printConfig, init }: ProjectCommand,
  streams: Streams,
  paint: Paint,
): Promise<number> {
  if (init) return (await import('./init-config.ts')).initConfig(init, streams);
  const settings: LintSettings = { ...line, ...(await projectOf(line.project, streams)) };
  if (settings.configFindings.some(({ severity }) => severity === 'error')) return refuse(settings, streams, paint);
  if (printConfig) {
    streams.stdout.write((await import('./print-config.ts')).printedConfig(settings, printConfig));
    return ok;
  }
  if (!settings.timing && !settings.statistics) return lintCommand(settings, streams, paint);
  const { counting } = await import('../lint/counting.ts');
  return counting(settings, streams, (counted) => lintCommand(counted, streams, paint));
}

/** A configuration that nginxlint misunderstands is not run on. */
async function refuse(settings: LintSettings, streams: Streams, paint: Paint): Promise<number> {
  const { configFindings: diagnostics } = settings;
  const keyOf = (diagnostic: Diagnostic) => findingKey(diagnostic, undefined);
  const outcome = { diagnostics, suppressed: [], files: [], trees: new Map(), editable: new Map(), keyOf };
  const report = reportOf(
    outcome,
    { visible: diagnostics, baselined: [], older: 0, isFailure: true, notes: [] },
    settings,
    streams,
  );
  await writeReports(report, chosenFormats(settings.formats, streams), streams.stdout, { streams, paint });
  return failed;
}
