import type { Span } from '../diagnostics/diagnostic.ts';
import type { File } from '../syntax/tree.ts';
import { chosenSetting, type LintOptions } from './options.ts';
import type { Rule } from './rule.ts';
import { rulesNamed } from './selectors.ts';
import { type CommentWord, type SuppressionComment, suppressionComments } from './suppression-comments.ts';
import { type Range, Reaches } from './suppression-reach.ts';

/** One rule's name in a comment, and what it covers. */
export interface Entry extends Range {
  readonly comment: SuppressionComment;
  /** Undefined when the comment names no rule and so means all. */
  readonly name: CommentWord | undefined;
  /** Ids of the rules; undefined means all. */
  readonly ids: ReadonlySet<string> | undefined;
  /** Set when it kept something from being shown. */
  isUsed: boolean;
}

/** The comments of one file that suppress, what of them is in force, and what ends nothing. */
export interface FileSuppressions {
  readonly file: File;
  readonly comments: readonly SuppressionComment[];
  readonly entries: readonly Entry[];
  /** `# nginxlint-enable` comments that end no region. */
  readonly idleEnds: readonly SuppressionComment[];
  /** Regions that nothing ends. */
  readonly endless: readonly SuppressionComment[];
}

/** Reads the suppressions of a file; undefined when it has none. */
export function suppressionsOf(file: File, rules: readonly Rule[], options: LintOptions): FileSuppressions | undefined {
  const comments = suppressionComments(file);
  if (comments.length === 0) return undefined;
  const reaches = new Reaches(file, comments);
  const starting = comments.filter(({ reach }) => reach !== undefined && reach !== 'enable');
  const entries = starting
    .filter((comment) => isInForce(comment, options))
    .flatMap((comment) => namesOf(comment).flatMap((name) => entryOf(comment, name, reaches, rules) ?? []));
  const ends = new Set<SuppressionComment>();
  const endless = starting.filter((comment) => comment.reach === 'region' && !isEnded(comment, reaches, ends));
  const idleEnds = comments.filter((comment) => comment.reach === 'enable' && !ends.has(comment));
  return { file, comments, entries, idleEnds, endless };
}

/** True when every name of a region has an end; these are added to `ends`. */
function isEnded(region: SuppressionComment, reaches: Reaches, ends: Set<SuppressionComment>): boolean {
  const found = namesOf(region).map((name) => reaches.endOfRegion(region, name?.text));
  for (const end of found) if (end) ends.add(end);
  return !found.includes(undefined);
}

/** The names in a comment; one that is undefined when it names none. */
function namesOf({ names }: SuppressionComment): readonly (CommentWord | undefined)[] {
  return names.length > 0 ? names : [undefined];
}

/** True until the end of the day that a comment names; an unreadable day is over. */
export function isExpired({ until }: SuppressionComment, { today }: LintOptions): boolean {
  if (until === undefined) return false;
  return !isDay(until.text) || (today !== undefined && today > until.text);
}

/** True for a day of the calendar as `2026-11-22`. */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const lengths = [31, Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0) ? 29 : 28];
  lengths.push(31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
  return Number(day) >= 1 && Number(day) <= (lengths[Number(month) - 1] ?? 0);
}

/** True when comments may suppress everything without saying what. */
export function allowsUnscoped(options: LintOptions): boolean {
  return chosenSetting('invalid-suppression', 'allowUnscoped', options) === true;
}

/** The rules that a word of a comment names; another checker's comment uses that checker's names. */
export function idsNamed({ tool }: SuppressionComment, { text }: CommentWord, rules: readonly Rule[]) {
  const theirs = tool === 'nginxlint' ? undefined : rulesNamed(`${tool}:${text}`, rules);
  if (theirs && 'ids' in theirs) return theirs;
  const ours = rulesNamed(text, rules);
  return 'ids' in ours ? ours : (theirs ?? ours);
}

/** The whole comment. */
export function spanOfComment({ source }: File, { start, end }: SuppressionComment): Span {
  return { source, start, end };
}

function isInForce(comment: SuppressionComment, options: LintOptions): boolean {
  if (isExpired(comment, options)) return false;
  return comment.names.length > 0 || allowsUnscoped(options);
}

function entryOf(
  comment: SuppressionComment,
  name: CommentWord | undefined,
  reaches: Reaches,
  rules: readonly Rule[],
): Entry | undefined {
  const named = name && idsNamed(comment, name, rules);
  const range = reaches.of(comment, name?.text);
  if (!range || (named && 'error' in named)) return undefined;
  return { ...range, comment, name, ids: named && new Set(named.ids), isUsed: false };
}
