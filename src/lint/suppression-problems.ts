import { nearest, similarTo } from '../base/nearest.ts';
import type { Diagnostic, Fix, Span } from '../diagnostics/diagnostic.ts';
import { chosenSetting, type LintOptions } from './options.ts';
import { diagnosticOf, type Finding, type Rule } from './rule.ts';
import { foreignSuppression } from './rules/meta/foreign-suppression.ts';
import { invalidSuppression } from './rules/meta/invalid-suppression.ts';
import { similarRule } from './selectors.ts';
import { type CommentWord, keywords, type SuppressionComment } from './suppression-comments.ts';
import { allowsUnscoped, type FileSuppressions, idsNamed, isDay, isExpired, spanOfComment } from './suppression-entries.ts';

interface Around {
  readonly source: Span['source'];
  readonly rules: readonly Rule[];
  readonly options: LintOptions;
}

/** What is wrong with the comments of a file: those without effect, and other checkers' that have a form of ours. */
export function problemsOf(
  { file, comments, endless }: FileSuppressions,
  rules: readonly Rule[],
  options: LintOptions,
): readonly (readonly [Rule, Diagnostic])[] {
  const around = { source: file.source, rules, options };
  const invalid = comments.flatMap((comment) => [...problemsIn(comment, around)]);
  const open = endless.map((comment) => ({
    span: spanOfComment(file, comment),
    message: '# nginxlint-enable is missing',
    why: 'What this comment turns off stays off to the end of the file.',
    help: 'write nginxlint-disable-file or nginxlint-disable-block, or end it with # nginxlint-enable',
  }));
  const foreign = comments.flatMap((comment) => foreignNote(comment, around) ?? []);
  return [
    ...[...invalid, ...open].map((finding) => [invalidSuppression, diagnosticOf(invalidSuppression, finding)] as const),
    ...foreign.map((finding) => [foreignSuppression, diagnosticOf(foreignSuppression, finding)] as const),
  ];
}

function* problemsIn(comment: SuppressionComment, around: Around): Iterable<Finding> {
  const { keyword, reach, names, until, reason } = comment;
  const { source, options, rules } = around;
  const whole: Span = { source, start: comment.start, end: comment.end };
  if (reach === undefined) {
    yield unknownKeyword(keyword, source);
    return;
  }
  if (reach === 'enable') return;
  if (names.length === 0 && !allowsUnscoped(options)) {
    yield {
      span: whole,
      message: 'this comment names no rule',
      why: 'It would hide everything, also what nobody has seen yet; so it has no effect.',
      help: 'name the rules that it is about, or set allowUnscoped of invalid-suppression',
    };
  }
  for (const name of names) {
    const named = idsNamed(comment, name, rules);
    if ('error' in named) yield unknownRule(name, named, around);
  }
  if (until && isExpired(comment, options)) yield expired(until, source);
  if (reason === undefined && chosenSetting('invalid-suppression', 'requireReason', options) === true) {
    yield {
      span: whole,
      message: 'this comment gives no reason',
      why: 'Whoever reads it later cannot tell whether it still holds.',
      help: 'add -- and a few words',
    };
  }
}

function unknownKeyword({ text, start, end }: CommentWord, source: Span['source']): Finding {
  const [near] = nearest(similarTo(text, Object.keys(keywords)));
  const span = { source, start, end };
  return {
    span,
    message: `nginxlint-${text} is no comment of nginxlint’s`,
    why: 'It has no effect.',
    help: near === undefined ? `write nginxlint-${Object.keys(keywords).join(', -')}` : `did you mean nginxlint-${near}?`,
    ...(near !== undefined && { fix: replacement(span, near) }),
  };
}

function unknownRule(
  { text, start, end }: CommentWord,
  { error, help }: { readonly error: string; readonly help?: string },
  { source, rules }: Around,
): Finding {
  const near = text.includes(':') ? /"(.*)"/.exec(help ?? '')?.[1] : similarRule(text, rules);
  const span = { source, start, end };
  return {
    span,
    message: error,
    why: 'This name suppresses nothing.',
    help: near === undefined ? (help ?? 'nginxlint rules lists what there is') : `did you mean "${near}"?`,
    ...(near !== undefined && { fix: replacement(span, near) }),
  };
}

function replacement(span: Span, text: string): Fix {
  return { title: `write ${text}`, safety: 'unsafe', edits: [{ span, text }] };
}

function expired({ text, start, end }: CommentWord, source: Span['source']): Finding {
  return {
    span: { source, start, end: Math.max(end, start + 1) },
    message: isDay(text) ? `this comment held until ${text}` : `"${text}" is no day`,
    why: 'It has no effect, and what it hid is reported again.',
    help: isDay(text) ? 'repair what it hid, or give another day' : 'write until=2027-01-31',
  };
}

function foreignNote(comment: SuppressionComment, { source, rules }: Around): Finding | undefined {
  const { tool, start, end, names, reach, reason } = comment;
  if (tool === 'nginxlint' || names.length === 0) return undefined;
  const ids = new Set<string>();
  for (const name of names) {
    const named = idsNamed(comment, name, rules);
    if ('error' in named) return undefined;
    for (const id of named.ids) ids.add(id);
  }
  const tail = source.text
    .slice(names.at(-1)?.end, end)
    .trim()
    .replace(/^--\s*/, '');
  const text = `# nginxlint-disable-${reach} ${[...ids].join(', ')}${reason === undefined ? '' : ` -- ${tail}`}`;
  const span = { source, start, end };
  return {
    span,
    message: `this comment of ${tool}’s is understood`,
    why: 'nginxlint has a form of its own, which says how far it reaches and is checked for use.',
    help: `write ${text}`,
    fix: { title: 'write it as nginxlint’s', safety: 'safe', edits: [{ span, text }] },
  };
}
