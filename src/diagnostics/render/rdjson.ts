import { display } from '../../base/source-text.ts';
import type { Diagnostic, Span } from '../diagnostic.ts';
import { type Region, regionOf } from './columns.ts';
import { type LintReport, threeLevels, wholeMessage } from './report.ts';

/** Reviewdog Diagnostic Format as one object (reviewdog: proto/rdf); its columns count bytes. */
export function renderRdjson(report: LintReport): string {
  const { findings } = report;
  return `${JSON.stringify({ source: { name: 'nginxlint' }, diagnostics: findings.map((one) => diagnosticOf(one, report)) }, null, 2)}\n`;
}

function diagnosticOf(finding: Diagnostic, report: LintReport) {
  const { rule, severity, span, related = [] } = finding;
  const url = report.ruleOf(rule)?.references[0];
  return {
    message: wholeMessage(finding),
    location: locationOf(span, report),
    severity: threeLevels(severity, ['ERROR', 'WARNING', 'INFO']),
    code: { value: rule, ...(url === undefined ? {} : { url }) },
    suggestions: suggestionsOf(finding),
    related_locations: related.map((place) => ({ message: place.message, location: locationOf(place.span, report) })),
  };
}

function locationOf(span: Span, { pathOf }: LintReport): { path: string; range: Region } {
  return { path: pathOf(span.source), range: regionOf(span, 'bytes') };
}

/** Each suggestion stands alone, in the file of its finding: a fix of several edits can't be one. */
function suggestionsOf({ fix, span }: Diagnostic): { range: Region; text: string }[] {
  const [edit, ...others] = fix?.edits ?? [];
  if (!edit || others.length > 0 || edit.span.source !== span.source) return [];
  return [{ range: regionOf(edit.span, 'bytes'), text: display(edit.text) }];
}
