import { display, type Position, positionAt } from '../../base/source-text.ts';
import type { Diagnostic, Fix, Severity, Span } from '../diagnostic.ts';
import type { LintReport } from './report.ts';

/** A place in the JSON report; lines and columns count from 1, columns in characters, offsets in bytes from 0. */
export interface JsonPlace {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** A fix in the JSON report. */
export interface JsonFix {
  readonly title: string;
  readonly safety: Fix['safety'];
  readonly edits: readonly (JsonPlace & { readonly text: string })[];
}

/** A finding in the JSON report. */
export interface JsonDiagnostic extends JsonPlace {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why?: string;
  readonly help?: string;
  readonly nginx?: string;
  readonly related: readonly (JsonPlace & { readonly message: string })[];
  readonly fix?: JsonFix;
}

/** What `--format json` prints. `version` changes when a field changes its meaning or goes. */
export interface JsonReport {
  readonly version: 1;
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly summary: Summary;
}

/** How many files were read, and how many findings of each severity are reported. */
export interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
}

/** Counts findings. */
export function summaryOf(files: number, diagnostics: readonly Diagnostic[]): Summary {
  const count = (severity: Severity) => diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return { files, errors: count('error'), warnings: count('warning'), infos: count('info'), hints: count('hint') };
}

/** The report for programs. */
export function jsonReport(files: number, diagnostics: readonly Diagnostic[]): JsonReport {
  return { version: 1, diagnostics: diagnostics.map(jsonDiagnostic), summary: summaryOf(files, diagnostics) };
}

/** The report for programs as text. */
export function renderJson({ files, findings }: LintReport): string {
  return `${JSON.stringify(jsonReport(files.length, findings), null, 2)}\n`;
}

function jsonDiagnostic({ rule, severity, message, why, help, nginx, span, related = [], fix }: Diagnostic): JsonDiagnostic {
  return {
    rule,
    severity,
    message,
    ...(why === undefined ? {} : { why }),
    ...(help === undefined ? {} : { help }),
    ...(nginx === undefined ? {} : { nginx }),
    ...placeOf(span),
    related: related.map((place) => ({ message: place.message, ...placeOf(place.span) })),
    ...(fix ? { fix: jsonFix(fix) } : {}),
  };
}

function jsonFix({ title, safety, edits }: Fix): JsonFix {
  return { title, safety, edits: edits.map(({ span, text }) => ({ ...placeOf(span), text: display(text) })) };
}

function placeOf({ source, start, end }: Span): JsonPlace {
  return { file: source.name, start: positionAt(source, start), end: positionAt(source, end) };
}
