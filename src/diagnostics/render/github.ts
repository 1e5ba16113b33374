import type { Diagnostic } from '../diagnostic.ts';
import { regionOf } from './columns.ts';
import { type LintReport, threeLevels, wholeMessage } from './report.ts';

/** Workflow commands: GitHub Actions makes annotations of them (docs.github.com: Workflow commands for GitHub Actions). */
export function renderGithub(report: LintReport): string {
  return report.findings.map((finding) => `${commandFor(finding, report)}\n`).join('');
}

function commandFor(finding: Diagnostic, { pathOf }: LintReport): string {
  const { start, end } = regionOf(finding.span, 'utf16');
  // GitHub refuses columns of a place that spans lines.
  const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
  const properties = {
    file: pathOf(finding.span.source),
    line: start.line,
    endLine: end.line,
    ...columns,
    title: `nginxlint ${finding.rule}`,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${threeLevels(finding.severity, ['error', 'warning', 'notice'])} ${written.join(',')}::${escapeData(wholeMessage(finding))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
