import { cutInPieces } from '../../grammar/pieces.ts';
import { endOf, type IsRaw, RawBlock } from '../../grammar/tokens.ts';
import { valueOf } from '../../grammar/words.ts';
import type { SourceText } from '../base/source-text.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { File, Placeholder, Word } from './tree.ts';
import { walk } from './walk.ts';

/** Jinja, Go templates, ERB, `envsubst`: what they replace. A tag that is never closed is none. */
const tags =
  /\{\{(?:(?!\}\}|\{\{)[^\n]){0,2000}\}\}|\{%(?:(?!%\}|\{%)[\s\S]){0,2000}%\}|(?<=^[ \t]*)\{#(?:(?!#\})[\s\S]){0,2000}#\}|<%(?:(?!%>|<%)[\s\S]){0,2000}%>|\$\{[A-Z_][A-Z0-9_]*\}|(?<=^[ \t]*)(?:@@\w+@@|__[A-Z][A-Z0-9_]*__)(?=[ \t;]*$)/gm;

/** Cheap test for a text that may have some. */
const hint = /\{\{|\{%|<%|\$\{[A-Z_]|@@|^[ \t]*__/m;

/** Names of files that a template engine reads. */
const templateName = /\.(?:template|tmpl|tpl|j2|jinja2?|erb|gotmpl|ctmpl|mustache|hbs)$/i;

/** Tags that choose or repeat, and stand for no text themselves. */
const control = /^(?:\{%|\{#|<%(?!=)|\{\{-?\s*(?:\/\*|[#/^!]|(?:if|else|end|range|with|define|template|block|break|continue)\b))/;

/** What a line may end in when the next one begins a statement. */
const statementEnd = /(?:[;{}>]|@@|__)[ \t]*(?:#[^\n]*)?\r?$/;

/** A text as nginx's reader can take it, of the same length, and what was covered in it. */
export interface Masked {
  readonly text: string;
  readonly placeholders: readonly Placeholder[];
}

interface Tag {
  readonly start: number;
  readonly end: number;
  readonly image: string;
}

/**
 * Covers what a template engine is still to fill in: tags that stand on their lines alone become blanks, others become
 * letters of the word they are in. Null when there is none; when the text reads well as it is (`reads`), only what no
 * nginx would take for its own makes a template of it.
 */
export function maskPlaceholders({ name, text }: SourceText, isRaw: IsRaw, reads: boolean): Masked | null {
  if (!hint.test(text)) return null;
  const found = tagsIn(text, isRaw);
  const isTemplate = templateName.test(name) || found.some((tag) => (reads ? isForeign(text, tag) : !isVariable(tag)));
  if (!isTemplate || found.length === 0) return null;
  const pieces: string[] = [];
  const placeholders: Placeholder[] = [];
  let at = 0;
  for (const line of byLine(text, found)) {
    const isAlone = standsAlone(text, line);
    for (const { start, end, image } of line) {
      const semicolon = isAlone ? (/^[ \t]*;/.exec(text.slice(end, end + 80))?.[0].length ?? 0) : 0;
      const isBlank = isAlone || (control.test(image) && !isGlued(text, start, end));
      const cover = isBlank ? image.replace(/[^\r\n]/g, ' ') : isVariable({ image }) ? image : 'x'.repeat(image.length);
      pieces.push(text.slice(at, start), cover, ' '.repeat(semicolon));
      at = end + semicolon;
      placeholders.push({ start, end, inWord: !isBlank });
    }
  }
  pieces.push(text.slice(at));
  return { text: pieces.join(''), placeholders };
}

/** Gives the words that were covered their text again. */
export function uncover(file: File, placeholders: readonly Placeholder[]): File {
  const inWords = placeholders.filter(({ inWord }) => inWord);
  let next = 0;
  const see = (word: Word): void => {
    while ((inWords[next]?.end ?? Number.POSITIVE_INFINITY) <= word.start) next++;
    const first = inWords[next];
    if (first && first.start < word.end && !word.recovered)
      (word as { value: string }).value = valueOf(file.source.text.slice(word.start, word.end));
  };
  walk(file, {
    enter({ name, args }) {
      see(name);
      for (const word of args) see(word);
    },
  });
  return { ...file, placeholders };
}

/** That a file is a template is said once, at its first tag. */
export function templateFinding(source: SourceText, [first, ...more]: readonly Placeholder[]): Diagnostic[] {
  if (!first) return [];
  const tag = source.text.slice(first.start, Math.min(first.end, first.start + 40)).split('\n')[0] ?? '';
  return [
    {
      rule: 'shell-or-template-syntax',
      severity: 'info',
      message: `this is a template: ${JSON.stringify(tag)}${more.length > 0 ? ` and ${more.length} more` : ''} must be filled in first`,
      why: 'nginx does not read it as it is. Its tags stand here for text that is not known: nothing is said of a value that holds one, nor of what their lines may bring.',
      help: 'lint what the template engine writes as well',
      span: { source, start: first.start, end: Math.min(first.end, first.start + tag.length) },
    },
  ];
}

/** The tags outside comments and foreign code. */
function tagsIn(text: string, isRaw: IsRaw): readonly Tag[] {
  const code = text.includes('_block') ? foreignCode(text, isRaw) : [];
  const found: Tag[] = [];
  for (const { index: start, 0: image } of text.matchAll(tags)) {
    const inCode = code.some((block) => block.start <= start && start < block.end);
    if (!inCode && !isInComment(text, start)) found.push({ start, end: start + image.length, image });
  }
  return found;
}

function foreignCode(text: string, isRaw: IsRaw): readonly { readonly start: number; readonly end: number }[] {
  const blocks = [];
  for (const { tokens } of cutInPieces(text, isRaw))
    for (const token of tokens) if (token.tokenType === RawBlock) blocks.push({ start: token.startOffset, end: endOf(token) });
  return blocks;
}

/** What stands before an offset on its line; of a very long line, its end. */
function before(text: string, at: number): string {
  return text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 4096), at);
}

function isInComment(text: string, at: number): boolean {
  const line = before(text, at);
  return /^[ \t]*#/.test(line) || (/[\s;{}]#/.test(line) && !isInQuotes(line));
}

function isInQuotes(line: string): boolean {
  return ['"', "'"].some((quote) => line.split(quote).length % 2 === 0);
}

/** `${NAME}`, which is nginx's own syntax. */
function isVariable({ image }: Pick<Tag, 'image'>): boolean {
  return image.startsWith('$');
}

/** In a text that nginx's reader takes: tags of ERB outside quotes, and whole lines that are no directives. */
function isForeign(text: string, tag: Tag): boolean {
  return tag.image.startsWith('<%')
    ? !isInQuotes(before(text, tag.start))
    : !tag.image.startsWith('{') && standsAlone(text, [tag]);
}

/** The tags of each line, or of several that a tag runs over. */
function* byLine(text: string, found: readonly Tag[]): Generator<readonly Tag[]> {
  let line: Tag[] = [];
  for (const tag of found) {
    const last = line.at(-1);
    if (last && text.slice(last.end, tag.start).includes('\n')) {
      yield line;
      line = [];
    }
    line.push(tag);
  }
  if (line.length > 0) yield line;
}

/** Nothing else is on the line, and it goes on with no statement. */
function standsAlone(text: string, line: readonly Tag[]): boolean {
  const [first] = line;
  const last = line.at(-1);
  if (!first || !last) return false;
  const end = text.indexOf('\n', last.end);
  const gaps = line.map((tag, index) => text.slice(line[index - 1]?.end ?? tag.start, tag.start)).join('');
  const rest = before(text, first.start) + gaps + text.slice(last.end, end < 0 ? text.length : end);
  return (
    /^\s*;?\s*(?:#.*)?$/.test(rest) && (line.every(({ image }) => control.test(image)) || beginsStatement(text, first.start))
  );
}

function beginsStatement(text: string, at: number): boolean {
  let end = text.lastIndexOf('\n', at - 1);
  for (let lines = 0; end >= 0 && lines < 100; lines++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (!/^\s*(?:#.*)?$/.test(line)) return statementEnd.test(line);
    end = start - 1;
  }
  return true;
}

/** A tag with a word's characters at one of its sides. */
function isGlued(text: string, start: number, end: number): boolean {
  return /[^\s;{}%>]/.test(text.charAt(start - 1)) || /[^\s;{}<]/.test(text.charAt(end));
}
