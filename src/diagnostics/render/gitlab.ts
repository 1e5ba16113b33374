import type { Severity } from '../diagnostic.ts';
import { regionOf } from './columns.ts';
import type { LintReport } from './report.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'minor', hint: 'info' };

/** GitLab's Code Quality report: a JSON array, an object for each finding (docs.gitlab.com: Code Quality report format). */
export function renderGitlab({ findings, pathOf, fingerprintOf }: LintReport): string {
  const issues = findings.map((finding) => {
    const { rule, severity, message, span } = finding;
    const { start, end } = regionOf(span, 'characters');
    return {
      description: message,
      check_name: rule,
      fingerprint: fingerprintOf(finding),
      severity: severities[severity],
      location: { path: pathOf(span.source), lines: { begin: start.line, end: end.line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
