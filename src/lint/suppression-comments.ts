import { display } from '../base/source-text.ts';
import type { Comment, File } from '../syntax/tree.ts';

/** How far a comment reaches; `region` up to `# nginxlint-enable`, `enable` ends regions. */
export type Reach = 'next-line' | 'line' | 'block' | 'file' | 'region' | 'enable';

/** A word of a comment, with its place in the file. */
export interface CommentWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A comment that suppresses findings, as it is written. */
export interface SuppressionComment extends Comment {
  /** Its place among the comments of the file. */
  readonly index: number;
  /** Undefined when what follows `nginxlint-` is nothing we know. */
  readonly reach: Reach | undefined;
  /** `nginxlint`, or the checker whose comment it is: `nginx-lint`, `gixy`. */
  readonly tool: string;
  /** `disable-next-line` and the like; the whole marker for another checker's. */
  readonly keyword: CommentWord;
  /** Ids and patterns; none means all rules. */
  readonly names: readonly CommentWord[];
  readonly until?: CommentWord;
  /** What stands behind `--`, for people. */
  readonly reason?: string;
}

/** What may follow `nginxlint-`. */
export const keywords: Readonly<Record<string, Reach>> = {
  'disable-next-line': 'next-line',
  'disable-line': 'line',
  'disable-block': 'block',
  'disable-file': 'file',
  disable: 'region',
  enable: 'enable',
};

const own = /^#+[ \t]*nginxlint-([a-z-]+):?(?=\s|$)/;
/** walf443/nginx-lint: `# nginx-lint:ignore rule,rule reason`. */
const nginxLint = /^#+[ \t]*(nginx-lint:ignore)(?=\s|$)[ \t]*(\S*)[ \t]*/;
/** gixy's plugin for JetBrains: `# gixy:ignore=check,check`. */
const gixy = /^#+[ \t]*(gixy:ignore)[= \t]?[ \t]*(\S*)[ \t]*/;

/** The comments of a file that suppress findings, in order. */
export function suppressionComments({ source, comments }: File): readonly SuppressionComment[] {
  const { text } = source;
  if (!text.includes('nginxlint-') && !text.includes('nginx-lint:ignore') && !text.includes('gixy:ignore')) return [];
  const found: SuppressionComment[] = [];
  for (const [index, { start, end }] of comments.entries()) {
    const comment = { start, end, index, text: text.slice(start, end) };
    const read = ownComment(comment) ?? foreignComment(comment, isFirstOnLine(text, start));
    if (read) found.push(read);
  }
  return found;
}

interface Written extends Comment {
  readonly index: number;
  readonly text: string;
}

function ownComment({ start, end, index, text }: Written): SuppressionComment | undefined {
  const [head = '', name = ''] = own.exec(text) ?? [];
  if (head === '') return undefined;
  const rest = text.slice(head.length);
  const dashes = /(?:^|\s)--(?:\s|$)/.exec(rest);
  const words = wordsIn(dashes ? rest.slice(0, dashes.index) : rest, start + head.length);
  const until = words.find((word) => word.text.startsWith('until='));
  const reason = dashes ? display(rest.slice(dashes.index + dashes[0].length).trim()) : '';
  const at = start + text.indexOf(name, text.indexOf('nginxlint-') + 10);
  return {
    start,
    end,
    index,
    tool: 'nginxlint',
    reach: Object.hasOwn(keywords, name) ? keywords[name] : undefined,
    keyword: { text: name, start: at, end: at + name.length },
    names: words.filter((word) => word !== until),
    ...(until && { until: { text: until.text.slice(6), start: until.start + 6, end: until.end } }),
    ...(reason !== '' && { reason }),
  };
}

function foreignComment({ start, end, index, text }: Written, standsAlone: boolean): SuppressionComment | undefined {
  const found = nginxLint.exec(text) ?? gixy.exec(text);
  if (!found) return undefined;
  const [head, marker = '', names = ''] = found;
  const reason = display(
    text
      .slice(head.length)
      .replace(/^--\s*/, '')
      .trim(),
  );
  const at = start + text.indexOf(marker);
  return {
    start,
    end,
    index,
    tool: marker.split(':')[0] ?? '',
    reach: standsAlone ? 'next-line' : 'line',
    keyword: { text: marker, start: at, end: at + marker.length },
    names: wordsIn(names, start + text.indexOf(names, text.indexOf(marker) + marker.length)),
    ...(reason !== '' && { reason }),
  };
}

/** True when nothing but blanks stands before `offset` on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  let at = offset - 1;
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at--;
  return at < 0 || text[at] === '\n';
}

function wordsIn(text: string, offset: number): CommentWord[] {
  return [...text.matchAll(/[^\s,]+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: offset + index,
    end: offset + index + word.length,
  }));
}
