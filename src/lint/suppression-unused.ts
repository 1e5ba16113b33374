import type { Diagnostic, Edit, Span } from '../diagnostics/diagnostic.ts';
import { diagnosticOf, type Finding, type Rule } from './rule.ts';
import { unusedSuppression } from './rules/meta/unused-suppression.ts';
import { isFirstOnLine, type SuppressionComment } from './suppression-comments.ts';
import type { Entry, FileSuppressions } from './suppression-entries.ts';

interface Around {
  /** True when the rule looked at this file. */
  readonly didRun: (id: string) => boolean;
  /** True when a whole configuration holds the file: then nothing hides what a comment is for. */
  readonly isWhole: boolean;
}

/** What suppresses nothing: rules named in comments, whole comments, ends of nothing. */
export function unusedOf(
  { file, entries, idleEnds }: FileSuppressions,
  around: Around,
): readonly (readonly [Rule, Diagnostic])[] {
  const { source } = file;
  const unused = new Map<SuppressionComment, Entry[]>();
  for (const entry of entries) {
    if (entry.isUsed || !isJudged(entry, around)) continue;
    const list = unused.get(entry.comment);
    if (list) list.push(entry);
    else unused.set(entry.comment, [entry]);
  }
  const findings: Finding[] = idleEnds.map((comment) => ({
    span: { source, start: comment.start, end: comment.end },
    message: 'this comment ends nothing',
    why: 'No # nginxlint-disable before it is open.',
    fix: { title: 'remove the comment', safety: 'safe', edits: [removal(source, comment)] },
  }));
  for (const [comment, list] of unused) findings.push(...unusedIn(source, comment, list, around));
  return findings.map((finding) => [unusedSuppression, diagnosticOf(unusedSuppression, finding)] as const);
}

/** A rule that did not run can't have found anything. */
function isJudged({ ids }: Entry, { didRun }: Around): boolean {
  return ids === undefined || [...ids].every(didRun);
}

function unusedIn(
  source: Span['source'],
  comment: SuppressionComment,
  list: readonly Entry[],
  { isWhole }: Around,
): readonly Finding[] {
  const isAll = list.length === Math.max(1, comment.names.length);
  const places: readonly (Entry | undefined)[] = isAll ? [undefined] : list;
  return places.map((entry) => {
    const name = entry?.name;
    const edits = name ? [nameRemoval(source, comment, name.start)] : [removal(source, comment)];
    const { start, end } = name ?? comment;
    const named = (entry ? [entry] : list).flatMap((one) => (one.name ? [one.name.text] : []));
    return {
      span: { source, start, end },
      message: named.length > 0 ? `nothing here is reported by ${named.join(', ')}` : 'nothing is reported here',
      why: 'The comment suppresses nothing now, and would hide what comes later.',
      help: name ? `remove ${name.text}` : 'remove the comment',
      ...(isWhole && { fix: { title: name ? `remove ${name.text}` : 'remove the comment', safety: 'safe' as const, edits } }),
    };
  });
}

/** Removes a comment with the blanks before it, or its whole line when it stands alone. */
function removal(source: Span['source'], { start, end }: SuppressionComment): Edit {
  const { text } = source;
  let from = start;
  while (from > 0 && /[ \t]/.test(text[from - 1] ?? '')) from--;
  const isAlone = isFirstOnLine(text, start);
  return { span: { source, start: from, end: isAlone && text[end] === '\n' ? end + 1 : end }, text: '' };
}

/** Removes one name with a comma: the one behind it, or before the last name. */
function nameRemoval(source: Span['source'], { names }: SuppressionComment, at: number): Edit {
  const index = names.findIndex(({ start }) => start === at);
  const [name, next, previous] = [names[index], names[index + 1], names[index - 1]];
  const start = next || !previous ? (name?.start ?? at) : previous.end;
  const end = next ? next.start : (name?.end ?? at);
  return { span: { source, start, end }, text: '' };
}
