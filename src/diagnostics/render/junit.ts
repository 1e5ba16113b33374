import type { Diagnostic } from '../diagnostic.ts';
import { regionOf } from './columns.ts';
import { byPath, type LintReport, wholeMessage } from './report.ts';
import { attributes, escapeXml } from './xml.ts';

/** JUnit's XML: a suite for each file, a failed case for each finding, a passed one for a file without findings. */
export function renderJunit(report: LintReport): string {
  const { findings, files, pathOf } = report;
  const groups = new Map([...files.map((source) => [pathOf(source), []] as const), ...byPath(report)]);
  const suites = [...groups].map(([path, group]) => suite(path, group));
  const cases = [...groups.values()].reduce((sum, group) => sum + Math.max(1, group.length), 0);
  const totals = attributes({ name: 'nginxlint', tests: cases, failures: findings.length, errors: 0 });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${suites.join('')}</testsuites>\n`;
}

function suite(path: string, findings: readonly Diagnostic[]): string {
  const cases = findings.length > 0 ? findings.map((finding) => failed(path, finding)) : [passed(path)];
  const totals = { name: path, tests: cases.length, failures: findings.length, errors: 0, skipped: 0 };
  return `  <testsuite${attributes(totals)}>\n${cases.join('')}  </testsuite>\n`;
}

function failed(path: string, finding: Diagnostic): string {
  const { line, column } = regionOf(finding.span, 'characters').start;
  const facts = { name: `${finding.rule} (${line}:${column})`, classname: path };
  const failure = { type: finding.severity, message: finding.message };
  const text = escapeXml(`${path}:${line}:${column}\n${wholeMessage(finding)}`).replaceAll('&#10;', '\n');
  return `    <testcase${attributes(facts)}>\n      <failure${attributes(failure)}>${text}</failure>\n    </testcase>\n`;
}

function passed(path: string): string {
  return `    <testcase${attributes({ name: 'nothing to report', classname: path })}/>\n`;
}
