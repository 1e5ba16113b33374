import type { Node } from './ast.ts';
import { type ByteSet, caseless as bothCases, complement, named, setOf, setWhere, union } from './byte-set.ts';

/** A pattern that was read, or why it was not. */
export type Parsed =
  | { readonly node: Node; readonly groups: number; readonly names: ReadonlyMap<string, number> }
  | { readonly error: string }
  | { readonly unsupported: string };

/** Reads a PCRE pattern as bytes. */
export function parsePattern(pattern: string, caseless: boolean): Parsed {
  const parser = new Parser(pattern, caseless);
  try {
    const node = parser.choice();
    if (!parser.ended) return { error: 'unmatched closing parenthesis' };
    return { node, groups: parser.groups, names: parser.names };
  } catch (stop) {
    if (stop instanceof Stop) return stop.unsupported ? { unsupported: stop.message } : { error: stop.message };
    throw stop;
  }
}

/** Leaves the recursion; never leaves this file. */
class Stop extends Error {
  readonly unsupported: boolean;

  constructor(message: string, unsupported: boolean) {
    super(message);
    this.unsupported = unsupported;
  }
}

function unsupported(what: string): never {
  throw new Stop(what, true);
}

function wrong(what: string): never {
  throw new Stop(what, false);
}

const most = 65_535;
const posixNames = new Set([
  'alpha',
  'lower',
  'upper',
  'alnum',
  'ascii',
  'blank',
  'cntrl',
  'digit',
  'graph',
  'print',
  'punct',
  'space',
  'word',
  'xdigit',
]);

class Parser {
  groups = 0;
  readonly names = new Map<string, number>();
  private readonly text: string;
  private caseless: boolean;
  private dotAll = false;
  private at = 0;

  constructor(text: string, caseless: boolean) {
    this.text = text;
    this.caseless = caseless;
    if (text.startsWith('(*')) unsupported(`the verb ${/^\(\*[^)]*\)?/.exec(text)?.[0]}`);
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** `a|b`, up to a closing parenthesis or the end. Options set inside end with it. */
  choice(): Node {
    const { caseless, dotAll } = this;
    const parts = [this.sequence()];
    while (this.takes('|')) parts.push(this.sequence());
    this.caseless = caseless;
    this.dotAll = dotAll;
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (!this.ended && this.next !== '|' && this.next !== ')') {
      const atom = this.atom();
      if (atom === null) continue;
      for (const node of Array.isArray(atom) ? atom.slice(0, -1) : []) parts.push(node);
      const last = Array.isArray(atom) ? atom.at(-1) : atom;
      if (last) parts.push(this.quantified(last));
    }
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'sequence', parts };
  }

  private get next(): string {
    return this.text.charAt(this.at);
  }

  private takes(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  private match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.text);
    if (match) this.at = sticky.lastIndex;
    return match;
  }

  /** One thing that can be repeated; null for what leaves nothing, several for `\Q…\E`. */
  private atom(): Node | Node[] | null {
    const char = this.next;
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return this.set(this.classSet());
      case '.':
        return this.skip({ kind: 'set', bytes: this.dotAll ? named.all : named.notNewline });
      case '^':
        return this.skip({ kind: 'anchor', what: 'start' });
      case '$':
        return this.skip({ kind: 'anchor', what: 'end' });
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        return wrong('quantifier does not follow a repeatable item');
      default:
        this.at++;
        return this.set(setOf(char));
    }
  }

  private skip(node: Node): Node {
    this.at++;
    return node;
  }

  private set(bytes: ByteSet): Node {
    return { kind: 'set', bytes: this.caseless ? bothCases(bytes) : bytes };
  }

  private quantified(node: Node): Node {
    const bounds = this.bounds();
    if (!bounds) return node;
    if (node.kind === 'anchor' || node.kind === 'look') unsupported('a repeated assertion');
    if (this.takes('+')) unsupported('a possessive quantifier');
    const lazy = this.takes('?');
    const repeated: Node = { kind: 'repeat', ...bounds, lazy, body: node };
    // What follows a quantifier cannot be another one.
    if (/^(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})/.test(this.text.slice(this.at))) unsupported('a quantifier behind a quantifier');
    return repeated;
  }

  private bounds(): { min: number; max: number } | undefined {
    if (this.takes('*')) return { min: 0, max: Infinity };
    if (this.takes('+')) return { min: 1, max: Infinity };
    if (this.takes('?')) return { min: 0, max: 1 };
    if (/^\{ *,/.test(this.text.slice(this.at))) unsupported('{,n}, which means different things to different releases of PCRE');
    const match = this.match(/\{([0-9]+)(?:(,)([0-9]*))?\}/y);
    if (!match) return undefined;
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === '' ? Infinity : Number(match[3]);
    if (min > most || (max > most && max !== Infinity)) wrong('number too big in {} quantifier');
    if (max < min) wrong('numbers out of order in {} quantifier');
    return { min, max };
  }

  private group(): Node | null {
    this.at++;
    if (this.takes('*')) unsupported('a verb');
    if (!this.takes('?')) return this.capture(undefined);
    if (this.match(/#[^)]*\)/y)) return null;
    const name = this.match(/(?:P?<([A-Za-z_][A-Za-z0-9_]*)>|'([A-Za-z_][A-Za-z0-9_]*)')/y);
    if (name) return this.capture(name[1] ?? name[2]);
    const look = this.match(/<?[=!]/y)?.[0];
    if (look) return this.closed((body) => ({ kind: 'look', behind: look.startsWith('<'), negative: look.endsWith('!'), body }));
    const options = this.match(/(?:\^)?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/y);
    if (!options || this.text.charAt(this.at - options[0].length) === '^') unsupported(`(?${this.next}`);
    return this.optioned(options);
  }

  /** `(?i)` to the end of the group it stands in, `(?i:…)` for a group of its own. */
  private optioned([, on = '', off = '', end]: RegExpExecArray): Node | null {
    const { caseless, dotAll } = this;
    if (/[^is]/.test(on + off)) unsupported(`the option ${on}${off ? `-${off}` : ''}`);
    if (on.includes('i')) this.caseless = true;
    if (off.includes('i')) this.caseless = false;
    if (on.includes('s')) this.dotAll = true;
    if (off.includes('s')) this.dotAll = false;
    if (end === ')') return null;
    const group = this.closed((body) => ({ kind: 'group', number: 0, body }));
    this.caseless = caseless;
    this.dotAll = dotAll;
    return group;
  }

  private capture(name: string | undefined): Node {
    const number = ++this.groups;
    if (name !== undefined) {
      if (this.names.has(name)) wrong('two named subpatterns have the same name (PCRE2_DUPNAMES not set)');
      this.names.set(name, number);
    }
    return this.closed((body) => ({ kind: 'group', number, body }));
  }

  private closed(make: (body: Node) => Node): Node {
    const body = this.choice();
    if (!this.takes(')')) wrong('missing closing parenthesis');
    return make(body);
  }

  private escape(): Node | Node[] | null {
    this.at++;
    if (this.ended) wrong('\\ at end of pattern');
    if (this.takes('Q')) return this.quoted();
    if (this.takes('E')) return null;
    const set = this.setEscape();
    if (set) return this.set(set);
    const char = this.next;
    this.at++;
    switch (char) {
      case 'A':
        return { kind: 'anchor', what: 'start' };
      case 'Z':
        return { kind: 'anchor', what: 'end' };
      case 'z':
        return { kind: 'anchor', what: 'very-end' };
      case 'b':
        return { kind: 'anchor', what: 'boundary' };
      case 'B':
        return { kind: 'anchor', what: 'not-boundary' };
      default:
    }
    this.at--;
    return this.set(setOf(String.fromCharCode(this.byteEscape())));
  }

  private quoted(): Node[] | null {
    const end = this.text.indexOf('\\E', this.at);
    const literal = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length : end + 2;
    return literal === '' ? null : [...literal].map((char) => this.set(setOf(char)));
  }

  /** `\d` and its like, in and out of brackets. */
  private setEscape(): ByteSet | undefined {
    const sets: Readonly<Record<string, ByteSet>> = {
      d: named.digit,
      D: complement(named.digit),
      w: named.word,
      W: complement(named.word),
      s: named.space,
      S: complement(named.space),
      h: named.horizontal,
      H: complement(named.horizontal),
      v: named.vertical,
      V: complement(named.vertical),
      N: named.notNewline,
    };
    const set = Object.hasOwn(sets, this.next) ? sets[this.next] : undefined;
    if (set) this.at++;
    return set;
  }

  /** An escape that stands for one byte; the backslash is read. */
  private byteEscape(): number {
    const hex = this.match(/x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{0,2}))/y);
    if (hex) return this.byte(Number.parseInt(hex[1] ?? (hex[2] || '0'), 16));
    const octal = this.match(/(?:o\{([0-7]+)\}|(0[0-7]{0,2}))/y);
    if (octal) return this.byte(Number.parseInt(octal[1] ?? octal[2] ?? '0', 8));
    const control = this.match(/c([\x20-\x7e])/y)?.[1];
    if (control !== undefined) return control.toUpperCase().charCodeAt(0) ^ 0x40;
    const char = this.next;
    this.at++;
    const simple: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };
    if (Object.hasOwn(simple, char)) return simple[char] as number;
    if (/[0-9A-Za-z]/.test(char)) unsupported(`\\${char}`);
    return char.charCodeAt(0);
  }

  private byte(value: number): number {
    return value > 255 ? wrong('character code point value in \\x{} or \\o{} is too large') : value;
  }

  private classSet(): ByteSet {
    this.at++;
    const negative = this.takes('^');
    const sets: ByteSet[] = [];
    let first = true;
    while (first || this.next !== ']') {
      if (this.ended) wrong('missing terminating ] for character class');
      first = false;
      const item = this.classItem();
      if (typeof item === 'number') sets.push(this.range(item));
      else if (item) sets.push(this.withoutRange(item));
    }
    this.at++;
    const set = union(...sets);
    const folded = this.caseless ? bothCases(set) : set;
    return negative ? complement(folded) : folded;
  }

  /** A byte, a set, or nothing (`\E`). */
  private classItem(): number | ByteSet | null {
    const posix = this.match(/\[:(\^?)([a-z]+):\]/y);
    if (posix) return this.posix(posix[2] as string, posix[1] === '^');
    if (/^\[[.=]/.test(this.text.slice(this.at))) unsupported('a POSIX collating element');
    const char = this.next;
    this.at++;
    if (char !== '\\') return char.charCodeAt(0);
    if (this.takes('b')) return 8;
    if (this.takes('E')) return null;
    if (this.takes('Q')) return this.quotedSet();
    return this.setEscape() ?? this.octalInClass() ?? this.byteEscape();
  }

  private octalInClass(): number | undefined {
    const digits = this.match(/[0-7]{1,3}/y)?.[0];
    return digits === undefined ? undefined : Number.parseInt(digits, 8) & 0xff;
  }

  private quotedSet(): ByteSet {
    const end = this.text.indexOf('\\E', this.at);
    const literal = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length : end + 2;
    return setOf(literal);
  }

  private range(from: number): ByteSet {
    if (this.next !== '-' || this.text.charAt(this.at + 1) === ']') return setWhere((byte) => byte === from);
    this.at++;
    const to = this.classItem();
    if (to instanceof Uint8Array) wrong('invalid range in character class');
    if (typeof to !== 'number')
      return union(
        setOf('-'),
        setWhere((byte) => byte === from),
        to ?? setOf(''),
      );
    if (to < from) wrong('range out of order in character class');
    return setWhere((byte) => byte >= from && byte <= to);
  }

  /** A set can begin no range; a hyphen behind it stands for itself only at the end. */
  private withoutRange(set: ByteSet): ByteSet {
    if (this.next === '-' && this.text.charAt(this.at + 1) !== ']') wrong('invalid range in character class');
    return set;
  }

  private posix(name: string, negative: boolean): ByteSet {
    if (!posixNames.has(name)) wrong('unknown POSIX class name');
    const set = named[name as keyof typeof named];
    return negative ? complement(set) : set;
  }
}
