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

type Growing = ConfigDirective & {
  children: ConfigDirective[] | null;
  node: Directive & { block: (Block & { close: number }) | null; end: number };
};

/** Nobody nests blocks this deep; what walks the statements may recurse. */
const deepest = 1000;

const none: readonly ConfigDirective[] = [];

const token =
  /[ \t\r\n]+|#[^\n]*|[;{}]|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|(?:\\[\s\S]|\$\{?|[^\s;{}\\$"'#])(?:\\[\s\S]|\$\{?|[^ \t\r\n;{\\$])*/gy;

/** Reads a file (ngx_conf_read_token). `isParameter`: the text of a `-g` option. `isRaw`: names whose blocks hold foreign code. */
export function readAsNginx(source: SourceText, isRaw: (name: string) => boolean = () => false, isParameter = false): Reading {
  return new Reader(source, isRaw, isParameter).read();
}

class Reader {
  readonly #source: SourceText;
  readonly #isRaw: (name: string) => boolean;
  readonly #isParameter: boolean;
  readonly #open: Open[] = [{ statement: null, children: [] }];
  #words: Word[] = [];

  constructor(source: SourceText, isRaw: (name: string) => boolean, isParameter: boolean) {
    this.#source = source;
    this.#isRaw = isRaw;
    this.#isParameter = isParameter;
  }

  read(): Reading {
    const { text } = this.#source;
    const bound = boundOf(text);
    token.lastIndex = 0;
    for (let at = 0; at < text.length; at = token.lastIndex) {
      token.lastIndex = at;
      const error = token.test(text) ? this.#token(at, token.lastIndex) : this.#cut(at);
      if (error) return this.#result(error);
      if (bound && token.lastIndex > bound.at) return this.#result(this.#fail(bound.message, bound.at));
    }
    return this.#result(this.#end());
  }

  #result(error: Unreadable | null): Reading {
    return { statements: this.#open[0]?.children ?? [], error };
  }

  #token(start: number, end: number): Unreadable | null {
    const { text } = this.#source;
    const first = text.charCodeAt(start);
    if (first === 0x20 || first === 0x0a || first === 0x09 || first === 0x0d) return null;
    if (first === 0x23) return end - start >= 4000 ? this.#long(start, end) : null;
    if (end === start + 1) {
      if (first === 0x7d) return this.#close(start);
      if (first === 0x3b || first === 0x7b) return this.#terminate(start, first === 0x7b);
    }
    return this.#word(start, end);
  }

  #word(start: number, end: number): Unreadable | null {
    const { text } = this.#source;
    if (end - start >= 4000) {
      const error = this.#long(start, end);
      if (error) return error;
    }
    const first = text.charAt(start);
    const quote = first === '"' || first === "'" ? first : '';
    this.#words.push({ start, end, value: valueOf(text.slice(start, end)), quote });
    if (!quote || end >= text.length) return null;
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
    if (!name) return this.#fail(say.unexpected(opens ? '{' : ';'), at);
    this.#words = [];
    if (opens && this.#isParameter) return this.#fail(say.blocksNotInOption, at);
    const block = opens ? { open: at, close: -1, directives: [], raw: null } : null;
    const parent = this.#open.at(-1);
    const statement: Growing = {
      name: name.value,
      args: args.map(({ value }) => value),
      source: this.#source,
      children: opens ? [] : null,
      parent: parent?.statement ?? null,
      includedBy: none,
      node: { kind: 'directive', name, args, terminator: at, block, start: name.start, end: at + 1 },
    };
    parent?.children.push(statement);
    if (!opens) return null;
    if (this.#isRaw(name.value)) return this.#skipRaw(statement, at);
    if (this.#open.length > deepest) return this.#fail(`blocks are nested more than ${deepest} deep`, at);
    this.#open.push({ statement, children: statement.children ?? [] });
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
      statement.node = {
        ...statement.node,
        end: brace.lastIndex,
        block: { open, close: match.index, directives: [], raw: { start: open + 1, end: match.index } },
      };
      statement.children = null;
      token.lastIndex = brace.lastIndex;
      return null;
    }
    return this.#fail(say.endOfFileInBlock, text.length);
  }

  #close(at: number): Unreadable | null {
    if (this.#words.length > 0 || this.#open.length === 1) return this.#fail(say.unexpected('}'), at);
    const statement = this.#open.pop()?.statement;
    if (statement?.node.block) {
      statement.node.block.close = at;
      statement.node.end = at + 1;
    }
    return null;
  }

  #end(): Unreadable | null {
    const { length } = this.#source.text;
    if (this.#words.length > 0) return this.#fail(this.#isParameter ? say.endOfParameter : say.endOfFile, length);
    return this.#open.length > 1 ? this.#fail(say.endOfFileInBlock, length) : null;
  }

  #fail(message: string, offset: number): Unreadable {
    return { message, offset, line: lineAt(this.#source, offset) };
  }
}
