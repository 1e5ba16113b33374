import { lineAt, type SourceText } from '../base/source-text.ts';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts';
import { tooLong } from './limits.ts';
import type { File, Word } from './tree.ts';
import { walk } from './walk.ts';

/** So many words of one kind are shown. */
const mostFindings = 100;

/** Whether a text starts with the UTF-8 byte-order mark. */
export function byteOrderMark(text: string): boolean {
  return text.charCodeAt(0) === 0xef && text.startsWith('\xef\xbb\xbf');
}

/** Findings about single words and bytes: what is too long for nginx's buffer, and what looks like something it is not. */
export function lexicalFindings(source: SourceText, file: File, hasLongWord: boolean): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (byteOrderMark(source.text)) found.push(markFinding(source, file));
  if (hasLongWord || file.comments.some(({ start, end }) => end - start >= 4095)) found.push(...longFindings(source, file));
  if (impostors.test(source.text)) found.push(...impostorFindings(source, file));
  if (source.text.includes('\r') && !source.text.includes('\n')) found.push(oldLineEnds(source));
  return found;
}

function markFinding(source: SourceText, file: File): Diagnostic {
  const name = file.directives[0]?.start === 3 ? file.directives[0].name.value : '';
  return {
    rule: 'invalid-escape-or-bom',
    severity: 'error',
    message: 'the file starts with a byte-order mark (EF BB BF)',
    why: 'nginx takes these three invisible bytes as the start of the first word, which makes it an unknown directive',
    help: 'save the file as UTF-8 without a byte-order mark',
    nginx: `unknown directive "\xef\xbb\xbf${name}"`,
    span: { source, start: 0, end: 3 },
    fix: replacing(source, 0, 3, '', 'remove the byte-order mark', 'safe'),
  };
}

function longFindings(source: SourceText, file: File): Diagnostic[] {
  const found: Diagnostic[] = [];
  const see = ({ start, end }: { start: number; end: number }): void => {
    if (end - start < 4090 || found.length >= mostFindings) return;
    const nginx = tooLong(source.text, start, end);
    if (nginx) found.push(longFinding(source, start, end, nginx));
  };
  for (const comment of file.comments) see(comment);
  walk(file, {
    enter({ name, args }) {
      if (found.length >= mostFindings) return;
      see(name);
      for (const word of args) see(word);
    },
  });
  return found;
}

function longFinding(source: SourceText, start: number, end: number, nginx: string): Diagnostic {
  const what = source.text[start] === '#' ? 'comment' : 'parameter';
  return {
    rule: 'token-too-long',
    severity: 'error',
    message: `this ${what} is ${end - start} bytes long; nginx reads no more than 4,096 bytes at once`,
    why: 'nginx refuses to start: its reader keeps a whole word, or a whole comment, in one buffer of 4,096 bytes',
    help:
      what === 'comment'
        ? 'break the comment into several lines'
        : 'split the value, for instance over several directives or into a variable',
    nginx,
    span: { source, start, end: Math.min(end, start + 60) },
  };
}

/*
 * Characters that come with text copied from pages and word processors, as the bytes of their UTF-8, and what
 * they were meant to be. NUL ends a word for half of nginx's functions.
 */
const impostors = /\xc2\xa0|\xe2\x80[\x8b\x9c\x9d\x98\x99]|\xe3\x80\x80|\xef(?:\xbb\xbf|\xbc\x9b|\xbd\x9b|\xbd\x9d)|\0/;

interface Impostor {
  readonly name: string;
  readonly instead: string;
  readonly safety: 'safe' | 'unsafe';
}

const meant: Readonly<Record<string, Impostor>> = {
  '\xc2\xa0': { name: 'a no-break space', instead: ' ', safety: 'safe' },
  '\xe2\x80\x8b': { name: 'a zero-width space', instead: '', safety: 'safe' },
  '\xef\xbb\xbf': { name: 'a byte-order mark', instead: '', safety: 'safe' },
  '\xe3\x80\x80': { name: 'an ideographic space', instead: ' ', safety: 'safe' },
  '\xef\xbc\x9b': { name: 'a full-width semicolon', instead: ';', safety: 'safe' },
  '\xef\xbd\x9b': { name: 'a full-width brace', instead: '{', safety: 'safe' },
  '\xef\xbd\x9d': { name: 'a full-width brace', instead: '}', safety: 'safe' },
  '\xe2\x80\x9c': { name: 'a typographic quote', instead: '"', safety: 'unsafe' },
  '\xe2\x80\x9d': { name: 'a typographic quote', instead: '"', safety: 'unsafe' },
  '\xe2\x80\x98': { name: 'a typographic quote', instead: "'", safety: 'unsafe' },
  '\xe2\x80\x99': { name: 'a typographic quote', instead: "'", safety: 'unsafe' },
  '\0': { name: 'a NUL byte', instead: '', safety: 'unsafe' },
};

function impostorFindings(source: SourceText, file: File): Diagnostic[] {
  const found: Diagnostic[] = [];
  walk(file, {
    enter({ name, args }) {
      for (let at = -1; at < args.length && found.length < mostFindings; at++) {
        const word = at < 0 ? name : args[at];
        if (word && !word.quote && !word.recovered) found.push(...impostorsIn(source, word));
      }
    },
  });
  return found;
}

function impostorsIn(source: SourceText, { start, end }: Word): Diagnostic[] {
  const image = source.text.slice(start, end);
  const match = impostors.exec(image);
  const impostor = match && meant[match[0]];
  if (!match || !impostor) return [];
  const at = start + match.index;
  const bytes = match[0].length;
  return [
    {
      rule: 'invalid-escape-or-bom',
      severity: 'warning',
      message: `${impostor.name} stands in a word`,
      why: 'nginx knows only ASCII blanks, semicolons, braces and quotes; it takes this as part of the word',
      help: impostor.instead ? `write ${JSON.stringify(impostor.instead)} instead` : 'delete it',
      span: { source, start: at, end: at + bytes },
      fix: replacing(source, at, at + bytes, impostor.instead, `replace ${impostor.name}`, impostor.safety),
    },
  ];
}

function oldLineEnds(source: SourceText): Diagnostic {
  const at = source.text.indexOf('\r');
  const comment = source.text.includes('#');
  return {
    rule: 'invalid-escape-or-bom',
    severity: 'warning',
    message: 'lines end with CR alone',
    why: comment
      ? 'nginx ends a comment only at LF: everything after the first # is a comment'
      : `nginx counts lines by LF: to it this is line ${lineAt(source, at)} alone`,
    help: 'save the file with LF line ends',
    span: { source, start: at, end: at + 1 },
  };
}

function replacing(source: SourceText, start: number, end: number, text: string, title: string, safety: Fix['safety']): Fix {
  return { title, safety, edits: [{ span: { source, start, end }, text }] };
}
