import type { Diagnostic } from '../diagnostic.ts';
import { placeOf } from './code-frame.ts';
import type { LintReport } from './report.ts';

/** One finding on one line, as editors and grep like it: `file:line:col: severity: message [rule]`. */
export function concise({ rule, severity, message, span }: Diagnostic): string {
  return `${placeOf(span)}: ${severity}: ${message.replaceAll('\n', ' ')} [${rule}]`;
}

/** All findings, a line each. */
export function renderConcise({ findings }: LintReport): string {
  return findings.map((finding) => `${concise(finding)}\n`).join('');
}
