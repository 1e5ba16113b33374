import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { concise } from '../diagnostics/render/concise.ts';
import { jsonReport, summaryOf } from '../diagnostics/render/json.ts';
import type { Paint } from '../diagnostics/render/paint.ts';
import { colourOf, pretty } from '../diagnostics/render/pretty.ts';
import type { LintSettings } from './lint-settings.ts';
import type { Outcome } from './lint-workspace.ts';

/** What is written after linting: findings for stdout, remarks about the run for stderr. */
export interface Report {
  readonly out: string;
  readonly notes: string;
}

/** Writes up the findings that are shown. */
export function reportOf(outcome: Outcome, visible: readonly Diagnostic[], settings: LintSettings, paint: Paint): Report {
  const { files } = outcome;
  if (settings.format === 'json') return { out: `${JSON.stringify(jsonReport(files.length, visible), null, 2)}\n`, notes: '' };
  if (settings.format === 'concise') return { out: visible.map((one) => `${concise(one)}\n`).join(''), notes: '' };
  const frames = visible.map((one) => `${pretty(one, paint)}\n`).join('');
  if (settings.quiet) return { out: frames, notes: '' };
  return { out: `${frames}${summaryLine(files.length, visible, settings, paint)}\n`, notes: bundledNote(outcome, paint) };
}

function summaryLine(files: number, visible: readonly Diagnostic[], { fix }: LintSettings, paint: Paint): string {
  const { errors, warnings, infos, hints } = summaryOf(files, visible);
  const where = `in ${counted(files, 'file')}`;
  if (visible.length === 0) return `${paint.green('nothing to report')} ${where}`;
  const parts = [
    errors > 0 ? colourOf('error', paint)(counted(errors, 'error')) : '',
    warnings > 0 ? colourOf('warning', paint)(counted(warnings, 'warning')) : '',
    infos > 0 ? colourOf('info', paint)(counted(infos, 'info', 'infos')) : '',
    hints > 0 ? colourOf('hint', paint)(counted(hints, 'hint')) : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')} ${where}${fix ? '' : fixableRemark(visible)}`;
}

function fixableRemark(visible: readonly Diagnostic[]): string {
  const safe = visible.filter(({ fix }) => fix?.safety === 'safe').length;
  const unsafe = visible.filter(({ fix }) => fix?.safety === 'unsafe').length;
  const parts = [
    safe > 0 ? `${safe} fixable with --fix` : '',
    unsafe > 0 ? `${unsafe}${safe > 0 ? ' more' : ' fixable'} with --fix --unsafe-fixes` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `; ${parts.join(', ')}`;
}

function bundledNote({ diagnostics }: Outcome, paint: Paint): string {
  const messages = diagnostics.filter(({ rule }) => rule === 'bundled-include').map(({ message }) => message);
  if (messages.length === 0) return '';
  const names = messages.map((message) => message.split(' ')[0]);
  const verb = names.length === 1 ? 'is not here; nginxlint read its own copy' : 'are not here; nginxlint read its own copies';
  return `${paint.blue('note')}: ${names.join(', ')} ${verb}\n`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
