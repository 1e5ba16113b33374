import type { SourceText } from '../../base/source-text.ts';
import type { Diagnostic, Span } from '../../diagnostics/diagnostic.ts';
import { type FindingKey, findingKey } from '../../lint/finding-key.ts';
import type { Outcome } from './lint-workspace.ts';

type FrozenSpan = readonly [source: number, start: number, end: number];

/** A JSON value in which spans are numbers: sources by their place in a list. */
interface FrozenFinding {
  readonly diagnostic: unknown;
  /** The structural path, which the tree would tell. */
  readonly path: string;
  /** The comment that suppresses it, and its reason. */
  readonly by?: { readonly span: FrozenSpan; readonly reason?: string };
}

/** An outcome as JSON; texts are not in it. */
export interface FrozenOutcome {
  readonly findings: readonly FrozenFinding[];
  readonly files: readonly number[];
}

/** Writes an outcome down; undefined when it points into a text that is not among the sources. */
export function frozen(
  { diagnostics, suppressed, files, keyOf }: Outcome,
  sources: readonly SourceText[],
): FrozenOutcome | undefined {
  const numbers = new Map(sources.map((source, index) => [source, index]));
  let isWhole = true;
  const numberOf = (source: SourceText): number => {
    const number = numbers.get(source);
    if (number === undefined) isWhole = false;
    return number ?? -1;
  };
  const freeze = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'span' ? spanOf(inner as Span) : inner)));
  const spanOf = ({ source, start, end }: Span): FrozenSpan => [numberOf(source), start, end];
  const outcome = {
    findings: [
      ...diagnostics.map((diagnostic) => ({ diagnostic: freeze(diagnostic), path: keyOf(diagnostic).path })),
      ...suppressed.map(({ diagnostic, by: { span, reason } }) => ({
        diagnostic: freeze(diagnostic),
        path: keyOf(diagnostic).path,
        by: { span: spanOf(span), ...(reason === undefined ? {} : { reason }) },
      })),
    ],
    files: files.map(numberOf),
  };
  return isWhole ? outcome : undefined;
}

/** Reads an outcome back; undefined when it is none. */
export function thawed({ findings, files }: FrozenOutcome, sources: readonly SourceText[]): Outcome | undefined {
  const paths = new Map<Diagnostic, string>();
  try {
    const sourceAt = (index: number): SourceText => {
      const source = sources[index];
      if (!source) throw new RangeError('no such source');
      return source;
    };
    const spanOf = ([source, start, end]: FrozenSpan): Span => ({ source: sourceAt(source), start, end });
    const thaw = (value: unknown, path: string): Diagnostic => {
      const diagnostic = JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
        key === 'span' ? spanOf(inner as FrozenSpan) : inner,
      ) as Diagnostic;
      paths.set(diagnostic, path);
      return diagnostic;
    };
    const shown = findings.filter(({ by }) => by === undefined);
    return {
      diagnostics: shown.map(({ diagnostic, path }) => thaw(diagnostic, path)),
      suppressed: findings.flatMap(({ diagnostic, path, by }) =>
        by ? [{ diagnostic: thaw(diagnostic, path), by: { kind: 'comment' as const, ...by, span: spanOf(by.span) } }] : [],
      ),
      files: files.map(sourceAt),
      trees: new Map(),
      editable: new Map(),
      keyOf: (diagnostic): FindingKey => ({ ...findingKey(diagnostic, undefined), path: paths.get(diagnostic) ?? '' }),
    };
  } catch {
    return undefined;
  }
}
