import { summaryOf } from './json.ts';
import { colourOf, type Paint } from './paint.ts';
import type { LintReport } from './report.ts';

/** How many findings of each severity there are, in how many files, and how many `--fix` would make go away. */
export function summaryLine(report: LintReport, paint: Paint): string {
  const { findings, files, isFixed } = report;
  const { errors, warnings, infos, hints } = summaryOf(files.length, findings);
  const where = `in ${counted(files.length, 'file')}${keptBack(report)}`;
  if (findings.length === 0) return `${paint.green('nothing to report')} ${where}`;
  const parts = [
    errors > 0 ? colourOf('error', paint)(counted(errors, 'error')) : '',
    warnings > 0 ? colourOf('warning', paint)(counted(warnings, 'warning')) : '',
    infos > 0 ? colourOf('info', paint)(counted(infos, 'info', 'infos')) : '',
    hints > 0 ? colourOf('hint', paint)(counted(hints, 'hint')) : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')} ${where}${isFixed ? '' : fixableRemark(report)}`;
}

function keptBack({ baselined, older }: LintReport): string {
  const known = baselined.length === 0 ? '' : `, ${baselined.length} more in the baseline`;
  return older === 0 ? known : `${known}, ${older} older not shown`;
}

function fixableRemark({ findings }: LintReport): string {
  const safe = findings.filter(({ fix }) => fix?.safety === 'safe').length;
  const unsafe = findings.filter(({ fix }) => fix?.safety === 'unsafe').length;
  const parts = [
    safe > 0 ? `${safe} fixable with --fix` : '',
    unsafe > 0 ? `${unsafe}${safe > 0 ? ' more' : ' fixable'} with --fix --unsafe-fixes` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
