import { valueOf } from '../../../grammar/words.ts';
import { lineAt, type SourceText } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { boundOf } from '../../syntax/bounds.ts';
import { tooLong } from '../../syntax/limits.ts';
import type { Block, Directive, Word } from '../../syntax/tree.ts';
import type { Unreadable } from './run.ts';

/** A file as nginx's reader cuts it: no recovery, and nothing after the first thing it cannot read. */
export interface Reading {
  readonly statements: readonly ConfigDirective[];
  readonly error: Unreadable | null;
}

interface Open {
  readonly statement: Growing | null;
  readonly children: ConfigDirective[];
}

type Growing = ConfigDirective & { children: ConfigDirective[] | null; node: Node };

/** Nobody nests blocks this deep; what walks the statements may recurse. */
const deepest = 1000;

const none: readonly ConfigDirective[] = [];

const token =
  /[ \t\r\n]+|#[^\n]*|[;{}]|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|(?:\\[\s\S]|\$\{?|[^ \t\r\n;{}\\$"'#])(?:\\[\s\S]|\$\{?|[^ \t\r\n;{\\$])*/gy;

/**
 * A whole statement of a few plain words up to its `;` or `{`, or a `}`, with the blanks and comments before it. Most are
 * such; others are read token by token. The repeats are bounded, so that no text exhausts the engine's stack.
 */
const plain =
  /[ \t\r\n]*(?:#[^\n]*\n[ \t\r\n]*){0,9}(?:\}|([^ \t\r\n;{}\\"'#][^ \t\r\n;{\\]*)(?:[ \t\r\n]+([^ \t\r\n;{}\\"'#][^ \t\r\n;{\\]*))?(?:[ \t\r\n]+([^ \t\r\n;{}\\"'#][^ \t\r\n;{\\]*))?((?:[ \t\r\n]+[^ \t\r\n;{}\\"'#][^ \t\r\n;{\\]*){0,9})[ \t\r\n]*(?:;|(?<!\$)(\{)))/y;

/** Reading stops at the first error, and shorter texts than this are soon read whatever they hold. */
const alwaysRead = 1 << 22;

/** nginx's buffer is 4096 bytes: what is shorter than this is never too long. */
const surelyShort = 4000;

/** The place of a statement; its words are cut again when somebody asks where they are. */
class Node implements Directive {
  readonly terminator: number;
  block: (Block & { close: number }) | null;
  private readonly text: string;
  /** Where to look for its first word. */
  private readonly from: number;

  constructor(text: string, from: number, terminator: number, opens: boolean) {
    this.text = text;
    this.from = from;
    this.terminator = terminator;
    this.block = opens ? { open: terminator, close: -1, directives: [], raw: null } : null;
  }

  get kind(): 'directive' {
    return 'directive';
  }

  get start(): number {
    return this.name.start;
  }

  get end(): number {
    return 1 + (this.block && this.block.close >= 0 ? this.block.close : this.terminator);
  }

  get name(): Word {
    return wordsIn(this.text, this.from, this.terminator)[0] as Word;
  }

  get args(): readonly Word[] {
    return wordsIn(this.text, this.from, this.terminator).slice(1);
  }
}

function wordsIn(text: string, from: number, to: number): readonly Word[] {
  const words: Word[] = [];
  for (let start = from; start < to; start = token.lastIndex) {
    token.lastIndex = start;
    if (!token.test(text)) break;
    if (!' \t\r\n#'.includes(text.charAt(start))) words.push(wordAt(text, start, token.lastIndex));
  }
  return words;
}

function wordAt(text: string, start: number, end: number): Word {
  const first = text.charAt(start);
  return { start, end, value: valueOf(text.slice(start, end)), quote: first === '"' || first === "'" ? first : '' };
}

/** Reads a file (ngx_conf_read_token). `isParameter`: the text of a `-g` option. `isRaw`: names whose blocks hold foreign code. */
export function readAsNginx(source: SourceText, isRaw: (name: string) => boolean = () => false, isParameter = false): Reading {
  return new Reader(source, isRaw, isParameter).read();
}

class Reader {
  readonly #source: SourceText;
  readonly #isRaw: (name: string) => boolean;
  readonly #isParameter: boolean;
  readonly #top: ConfigDirective[] = [];
  /** The block that is read, and those around it. */
  #around: Open = { statement: null, children: this.#top };
  readonly #open: Open[] = [];
  /** True while a statement is read token by token; its words so far, and where the first one starts. */
  #inPieces = false;
  #words: string[] = [];
  #first = 0;

  constructor(source: SourceText, isRaw: (name: string) => boolean, isParameter: boolean) {
    this.#source = source;
    this.#isRaw = isRaw;
    this.#isParameter = isParameter;
  }

  read(): Reading {
    const { text } = this.#source;
    const bound = text.length > alwaysRead ? boundOf(text) : null;
    const end = bound?.at ?? text.length;
    let error: Unreadable | null = null;
    token.lastIndex = 0;
    for (let at = 0; at < text.length && !error; at = token.lastIndex) {
      plain.lastIndex = at;
      const match = this.#inPieces ? null : plain.exec(text);
      if (match && plain.lastIndex - at < surelyShort && plain.lastIndex <= end) error = this.#plain(match, plain.lastIndex);
      else {
        this.#inPieces = true;
        token.lastIndex = at;
        error = token.test(text) ? this.#token(at, token.lastIndex) : this.#cut(at);
      }
      if (bound && token.lastIndex > end) error ??= this.#fail(`this file is not read: ${bound.message}`, end);
    }
    return this.#result(error ?? this.#end());
  }

  #plain(match: RegExpExecArray, end: number): Unreadable | null {
    token.lastIndex = end;
    const name = match[1];
    if (name === undefined) return this.#close(end - 1);
    const [first, second, others] = [match[2], match[3], match[4]];
    const args = first === undefined ? [] : second === undefined ? [first] : [first, second];
    if (others) for (const word of others.match(/[^ \t\r\n]+/g) ?? []) args.push(word);
    return this.#statement(name, args, match.index, end - 1, match[5] !== undefined);
  }

  #result(error: Unreadable | null): Reading {
    return { statements: this.#top, error };
  }

  #token(start: number, end: number): Unreadable | null {
    const { text } = this.#source;
    const first = text.charCodeAt(start);
    if (first === 0x20 || first === 0x0a || first === 0x09 || first === 0x0d) return null;
    if (first === 0x23) return end - start >= surelyShort ? this.#long(start, end) : null;
    if (end === start + 1) {
      if (first === 0x7d) return this.#close(start);
      if (first === 0x3b || first === 0x7b) return this.#terminate(start, first === 0x7b);
    }
    return this.#word(start, end);
  }

  #word(start: number, end: number): Unreadable | null {
    const { text } = this.#source;
    if (end - start >= surelyShort) {
      const error = this.#long(start, end);
      if (error) return error;
    }
    if (this.#words.length === 0) this.#first = start;
    this.#words.push(valueOf(text.slice(start, end)));
    const first = text.charCodeAt(start);
    if ((first !== 0x22 && first !== 0x27) || end >= text.length) return null;
    const next = text.charAt(end);
    return ' \t\r\n;{)'.includes(next) ? null : this.#fail(say.unexpected(next), end);
  }

  /** A quote that nothing closes: everything after it is one word. */
  #cut(at: number): Unreadable | null {
    const { text } = this.#source;
    const error = this.#long(at, text.length);
    if (error) return error;
    return this.#fail(this.#isParameter ? say.endOfParameter : say.endOfFile, text.length);
  }

  #long(start: number, end: number): Unreadable | null {
    const message = tooLong(this.#source.text, start, end);
    return message ? this.#fail(message, start) : null;
  }

  #terminate(at: number, opens: boolean): Unreadable | null {
    const [name, ...args] = this.#words;
    if (name === undefined) return this.#fail(say.unexpected(opens ? '{' : ';'), at);
    this.#words = [];
    this.#inPieces = false;
    return this.#statement(name, args, this.#first, at, opens);
  }

  #statement(name: string, args: readonly string[], from: number, at: number, opens: boolean): Unreadable | null {
    if (opens && this.#isParameter) return this.#fail(say.blocksNotInOption, at);
    const around = this.#around;
    const statement: Growing = {
      name,
      args,
      source: this.#source,
      children: opens ? [] : null,
      parent: around.statement,
      includedBy: none,
      node: new Node(this.#source.text, from, at, opens),
    };
    around.children.push(statement);
    if (!opens) return null;
    if (this.#isRaw(name)) return this.#skipRaw(statement, at);
    if (this.#open.length >= deepest) return this.#fail(`blocks are nested more than ${deepest} deep`, at);
    this.#open.push(around);
    this.#around = { statement, children: statement.children ?? [] };
    return null;
  }

  /** Foreign code: up to the brace that closes it, strings and comments not looked into. */
  #skipRaw(statement: Growing, open: number): Unreadable | null {
    const { text } = this.#source;
    let depth = 1;
    const brace = /[{}]/g;
    brace.lastIndex = open + 1;
    for (let match = brace.exec(text); match; match = brace.exec(text)) {
      depth += match[0] === '{' ? 1 : -1;
      if (depth > 0) continue;
      statement.node.block = { open, close: match.index, directives: [], raw: { start: open + 1, end: match.index } };
      statement.children = null;
      token.lastIndex = brace.lastIndex;
      return null;
    }
    return this.#fail(say.endOfFileInBlock, text.length);
  }

  #close(at: number): Unreadable | null {
    this.#inPieces = false;
    const around = this.#open.pop();
    if (this.#words.length > 0 || !around) return this.#fail(say.unexpected('}'), at);
    const { statement } = this.#around;
    if (statement?.node.block) statement.node.block.close = at;
    this.#around = around;
    return null;
  }

  #end(): Unreadable | null {
    const { length } = this.#source.text;
    if (this.#words.length > 0) return this.#fail(this.#isParameter ? say.endOfParameter : say.endOfFile, length);
    return this.#open.length > 0 ? this.#fail(say.endOfFileInBlock, length) : null;
  }

  #fail(message: string, offset: number): Unreadable {
    return { message, offset, line: lineAt(this.#source, offset) };
  }
}
