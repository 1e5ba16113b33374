import { cut, LeftBrace, RightBrace, Semicolon, type Token, Word } from '../grammar/tokens.ts';
import { isClosed, quoteOf } from '../grammar/words.ts';

/** One way in which a well-formed file was broken. */
export interface Mutation {
  readonly kind: string;
  readonly text: string;
  /** Offset, in the broken text, of the place of the edit. */
  readonly at: number;
}

/** Every mutation of a file: one brace, semicolon, quote or opening line lost or doubled, at every place. */
export function mutations(text: string): Mutation[] {
  const { tokens, comments } = cut(text);
  const found: Mutation[] = [];
  tokens.forEach((token, index) => {
    found.push(...mutationsAt(text, tokens, index, token));
  });
  return comments.length < 0 ? [] : found;
}

function mutationsAt(text: string, tokens: readonly Token[], index: number, token: Token): Mutation[] {
  const { startOffset: at, image, tokenType } = token;
  if (tokenType === RightBrace) {
    return [lose('lost }', text, at, 1), repeatLine('doubled }', text, at, '}'), put('} become };', text, at + 1, ';')];
  }
  if (tokenType === Semicolon) {
    const stray = tokens[index + 1] ? [strayLine('stray }', text, at)] : [];
    return [lose('lost ;', text, at, 1), put('doubled ;', text, at + 1, ';'), ...stray];
  }
  if (tokenType === LeftBrace)
    return [lose('lost {', text, at, 1), put('doubled {', text, at + 1, '{'), ...loseLine(text, tokens, index)];
  if (tokenType !== Word) return [];
  if (!quoteOf(image))
    return [put('opening quote added', text, at, '"'), put('closing quote added', text, at + image.length, '"')];
  if (!isClosed(image)) return [];
  return [lose('lost closing quote', text, at + image.length - 1, 1), lose('lost opening quote', text, at, 1)];
}

/** Takes bytes out; a line left with nothing but blanks goes with them. */
function lose(kind: string, text: string, at: number, length: number): Mutation {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = lineEnd(text, at + length);
  if ((text.slice(start, at) + text.slice(at + length, end)).trim() === '')
    return { kind, text: text.slice(0, start) + text.slice(end), at: start };
  return { kind, text: text.slice(0, at) + text.slice(at + length), at };
}

function put(kind: string, text: string, at: number, what: string): Mutation {
  return { kind, text: text.slice(0, at) + what + text.slice(at), at };
}

function repeatLine(kind: string, text: string, at: number, what: string): Mutation {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = lineEnd(text, at);
  if (text.slice(start, end).trim() !== what) return put(kind, text, at + 1, what);
  return { kind, text: text.slice(0, end) + text.slice(start, end) + text.slice(end), at: end };
}

function strayLine(kind: string, text: string, at: number): Mutation {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = lineEnd(text, at);
  const indent = /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? '';
  return { kind, text: `${text.slice(0, end)}${indent}}\n${text.slice(end)}`, at: end };
}

/** Drops the line, or the two lines, that open a block, where nothing else stands on them. */
function loseLine(text: string, tokens: readonly Token[], brace: number): Mutation[] {
  let first = brace;
  while (first > 0 && tokens[first - 1]?.tokenType === Word) first--;
  const begin = tokens[first]?.startOffset ?? 0;
  const at = tokens[brace]?.startOffset ?? 0;
  const start = text.lastIndexOf('\n', begin - 1) + 1;
  const end = lineEnd(text, at);
  const around = text.slice(start, begin) + text.slice(at + 1, end).replace(/#.*/, '');
  if (around.trim() !== '' || first === brace) return [];
  return [{ kind: `lost ${tokens[first]?.image} … {`, text: text.slice(0, start) + text.slice(end), at: start }];
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}
