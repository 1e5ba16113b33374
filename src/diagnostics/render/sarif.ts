import { display } from '../../base/source-text.ts';
import type { Diagnostic, Fix, Span, Suppressed } from '../diagnostic.ts';
import { regionOf } from './columns.ts';
import { type LintReport, type RuleFacts, threeLevels, wholeMessage } from './report.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Where relative paths start. */
const base = 'ROOT';

interface Result {
  readonly diagnostic: Diagnostic;
  readonly suppressions: readonly object[];
}

const known = { kind: 'external', status: 'accepted', justification: 'in the baseline' };

/** SARIF 2.1.0 (OASIS): GitHub's code scanning, Azure DevOps and editors read it. Columns count UTF-16 code units. */
export function renderSarif(report: LintReport): string {
  const all: readonly Result[] = [
    ...report.findings.map((diagnostic) => ({ diagnostic, suppressions: [] })),
    ...report.suppressed.map(({ diagnostic, by }) => ({ diagnostic, suppressions: [inSource(by)] })),
    ...report.baselined.map((diagnostic) => ({ diagnostic, suppressions: [known] })),
  ];
  const ids = [...new Set(all.map(({ diagnostic }) => diagnostic.rule))].sort();
  const run = {
    tool: {
      driver: {
        name: report.tool ?? 'nginxlint',
        version: report.version,
        rules: ids.map((id) => descriptor(id, report.ruleOf(id))),
      },
    },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [base]: { uri: `${fileUri(report.root)}/` } },
    artifacts: [...new Set(report.files.map(report.pathOf))].map((path) => ({ location: artifactAt(path) })),
    results: all.map((one) => resultOf(one, ids, report)),
  };
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function descriptor(id: string, facts: RuleFacts | undefined) {
  if (!facts) return { id };
  const { summary, page, references, severity, category } = facts;
  const [helpUri] = references;
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    ...(helpUri === undefined ? {} : { helpUri }),
    help: { text: [summary, ...references].join('\n'), ...(page === '' ? {} : { markdown: page }) },
    defaultConfiguration: { level: levelOf(severity) },
    properties: { tags: ['nginx', category] },
  };
}

function resultOf({ diagnostic, suppressions }: Result, ids: readonly string[], report: LintReport) {
  const { rule, severity, span, related = [], fix } = diagnostic;
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: levelOf(severity),
    message: { text: wholeMessage(diagnostic) },
    locations: [locationOf(span, report)],
    relatedLocations: related.map((place, index) => ({
      id: index + 1,
      message: { text: place.message },
      ...locationOf(place.span, report),
    })),
    partialFingerprints: { 'nginxlint/v1': report.fingerprintOf(diagnostic) },
    ...(fix ? { fixes: [fixOf(fix, report)] } : {}),
    // An empty array says: asked, and not suppressed (SARIF 2.1.0 3.27.23).
    suppressions,
  };
}

function inSource({ reason }: Suppressed['by']): object {
  return { kind: 'inSource', status: 'accepted', ...(reason === undefined ? {} : { justification: reason }) };
}

function fixOf({ title, edits, safety }: Fix, { pathOf }: LintReport) {
  const sources = [...new Set(edits.map(({ span }) => span.source))];
  return {
    description: { text: `${title} (${safety})` },
    artifactChanges: sources.map((source) => ({
      artifactLocation: artifactAt(pathOf(source)),
      replacements: edits
        .filter(({ span }) => span.source === source)
        .map(({ span, text }) => ({
          deletedRegion: regionIn(span),
          insertedContent: { text: display(text) },
        })),
    })),
  };
}

function locationOf(span: Span, { pathOf }: LintReport) {
  return { physicalLocation: { artifactLocation: artifactAt(pathOf(span.source)), region: regionIn(span) } };
}

function regionIn(span: Span) {
  const { start, end } = regionOf(span, 'utf16');
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function artifactAt(path: string) {
  if (path.startsWith('/')) return { uri: fileUri(path) };
  return { uri: encoded(path), uriBaseId: base };
}

function fileUri(path: string): string {
  return `file://${encoded(path)}`;
}

/** A path as a URI reference: a colon in its first segment would read as a scheme. */
function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function levelOf(severity: Diagnostic['severity']): string {
  return threeLevels(severity, ['error', 'warning', 'note']);
}
