import type { Diagnostic } from '../diagnostic.ts';
import { regionOf } from './columns.ts';
import { byPath, type LintReport, threeLevels, wholeMessage } from './report.ts';
import { attributes } from './xml.ts';

/** Checkstyle's XML, which Jenkins and many review tools read. */
export function renderCheckstyle(report: LintReport): string {
  const files = [...byPath(report)].map(
    ([path, findings]) => `  <file${attributes({ name: path })}>\n${findings.map(error).join('')}  </file>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`;
}

function error(finding: Diagnostic): string {
  const facts = {
    ...regionOf(finding.span, 'characters').start,
    severity: threeLevels(finding.severity, ['error', 'warning', 'info']),
    message: wholeMessage(finding),
    source: `nginxlint.${finding.rule}`,
  };
  return `    <error${attributes(facts)}/>\n`;
}
