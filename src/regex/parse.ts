import { childrenOf, type Node } from './ast.ts';
import { type ByteSet, caseless as bothCases, named, setOf } from './byte-set.ts';
import { PatternBytes, Stop, unsupported, wrong } from './pattern-bytes.ts';
import { lengthOf } from './tree-matcher.ts';

/** A pattern that was read, or why it was not. */
export type Parsed =
  | { readonly node: Node; readonly groups: number; readonly names: ReadonlyMap<string, number> }
  | { readonly error: string }
  | { readonly unsupported: string };

/** Reads a PCRE pattern as bytes. */
export function parsePattern(pattern: string, caseless: boolean): Parsed {
  try {
    const parser = new Parser(pattern, caseless);
    const node = parser.choice();
    if (!parser.ended) return { error: 'unmatched closing parenthesis' };
    parser.checkReferences();
    return { node, groups: parser.groups, names: parser.names };
  } catch (stop) {
    if (stop instanceof Stop) return stop.unsupported ? { unsupported: stop.message } : { error: stop.message };
    throw stop;
  }
}

const most = 65_535;
const wordName = '[A-Za-z_][A-Za-z0-9_]*';
const newline: Node = {
  kind: 'atomic',
  body: {
    kind: 'choice',
    parts: [
      { kind: 'sequence', parts: [...'\r\n'].map((char): Node => ({ kind: 'set', bytes: setOf(char) })) },
      { kind: 'set', bytes: named.vertical },
    ],
  },
};

/** Options that a group may set; they end with it. */
interface Options {
  readonly caseless: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly extended: boolean;
  readonly ungreedy: boolean;
}

class Parser extends PatternBytes {
  groups = 0;
  readonly names = new Map<string, number>();
  private dotAll = false;
  private multiline = false;
  private extended = false;
  private ungreedy = false;
  private lookDepth = 0;
  private readonly references: (number | string)[] = [];

  constructor(text: string, caseless: boolean) {
    super(text, caseless);
    if (text.startsWith('(*')) unsupported(`the verb ${/^\(\*[^)]*\)?/.exec(text)?.[0]}`);
  }

  /** Groups may be referred to before they are there. */
  checkReferences(): void {
    for (const group of this.references) {
      if (typeof group === 'string' ? !this.names.has(group) : group > this.groups) wrong('reference to non-existent subpattern');
    }
  }

  /** `a|b`, up to a closing parenthesis or the end. Options set inside end with it. */
  choice(): Node {
    const { options } = this;
    const parts = [this.sequence()];
    while (this.takes('|')) parts.push(this.sequence());
    Object.assign(this, options);
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'choice', parts };
  }

  private get options(): Options {
    const { caseless, dotAll, multiline, extended, ungreedy } = this;
    return { caseless, dotAll, multiline, extended, ungreedy };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    for (;;) {
      this.skipBlanks();
      if (this.ended || this.next === '|' || this.next === ')') break;
      const atom = this.atom();
      if (atom === null) continue;
      for (const node of Array.isArray(atom) ? atom.slice(0, -1) : []) parts.push(node);
      const last = Array.isArray(atom) ? atom.at(-1) : atom;
      if (last) parts.push(this.quantified(last));
    }
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'sequence', parts };
  }

  /** What stands for nothing: `\Q\E`, and blanks and comments of `(?x)`. */
  private skipBlanks(): void {
    this.match(/(?:(?:\\Q)?\\E)+/y);
    if (this.extended) this.match(/(?:[\t\n\v\f\r ]|#[^\n]*\n?)+/y);
  }

  /** One thing that can be repeated; null for what leaves nothing, several for `\Q…\E`. */
  private atom(): Node | Node[] | null {
    const char = this.next;
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return this.wordEdge() ?? this.set(this.classSet());
      case '.':
        return this.skip({ kind: 'set', bytes: this.dotAll ? named.all : named.notNewline });
      case '^':
        return this.skip(this.multiline ? { kind: 'line', end: false } : { kind: 'anchor', what: 'start' });
      case '$':
        return this.skip(this.multiline ? { kind: 'line', end: true } : { kind: 'anchor', what: 'end' });
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        return wrong('quantifier does not follow a repeatable item');
      default:
        if (this.bounds()) wrong('quantifier does not follow a repeatable item');
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

  /** `[[:<:]]` and `[[:>:]]`: where a word begins and ends. */
  private wordEdge(): Node | undefined {
    const sign = this.match(/\[\[:([<>]):\]\]/y)?.[1];
    if (sign === undefined) return undefined;
    const word: Node = { kind: 'look', behind: sign === '>', negative: false, body: { kind: 'set', bytes: named.word } };
    return { kind: 'sequence', parts: [{ kind: 'anchor', what: 'boundary' }, word] };
  }

  private quantified(node: Node): Node {
    this.skipBlanks();
    const bounds = this.bounds();
    if (!bounds) return node;
    if (['anchor', 'look', 'line', 'keep'].includes(node.kind)) unsupported('a repeated assertion');
    this.skipBlanks();
    const possessive = this.takes('+');
    const lazy = !possessive && this.takes('?') !== this.ungreedy;
    const repeated: Node = { kind: 'repeat', ...bounds, lazy, body: node };
    this.skipBlanks();
    // What follows a quantifier cannot be another one.
    if (/^(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})/.test(this.text.slice(this.at))) unsupported('a quantifier behind a quantifier');
    return possessive ? { kind: 'atomic', body: repeated } : repeated;
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
    if (this.takes('>')) return this.closed((body) => ({ kind: 'atomic', body }));
    if (this.next === '(') return this.conditional();
    const name = this.match(new RegExp(`(?:P?<(${wordName})>|'(${wordName})')`, 'y'));
    if (name) return this.capture(name[1] ?? name[2]);
    const reference = this.match(new RegExp(`P=(${wordName})\\)`, 'y'));
    if (reference) return this.same(reference[1] as string);
    const call = this.match(new RegExp(`(?:R|([+-]?[0-9]+)|(?:&|P>)(${wordName}))\\)`, 'y'));
    if (call) return this.call(call[2] ?? (call[1] === undefined ? 0 : this.numbered(call[1])));
    if (/^<?[=!]/.test(this.text.slice(this.at))) return this.look();
    const options = this.match(/(\^?)([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/y);
    if (!options) return unsupported(`(?${this.next}`);
    return this.optioned(options);
  }

  private look(): Node {
    const [sign = ''] = this.match(/<?[=!]/y) ?? [];
    const behind = sign.startsWith('<');
    this.lookDepth++;
    const look = this.closed((body): Node => ({ kind: 'look', behind, negative: sign.endsWith('!'), body }));
    this.lookDepth--;
    if (look.kind === 'look' && behind) checkLengths(look.body);
    return look;
  }

  /** `(?(1)yes|no)`, `(?(<name>)…)`, `(?(?=…)…)`, `(?(DEFINE)…)` */
  private conditional(): Node {
    const test = this.condition();
    const body = this.choice();
    if (!this.takes(')')) wrong('missing closing parenthesis');
    const ways = body.kind === 'choice' ? body.parts : [body];
    if (ways.length > (test === 'never' ? 1 : 2)) wrong('conditional subpattern contains more than two branches');
    const [yes, no = { kind: 'sequence', parts: [] }] = ways as [Node, Node?];
    return { kind: 'conditional', test, yes, no };
  }

  private condition(): number | string | Node | 'never' {
    if (this.match(/\(\?(?=<?[=!])/y)) return this.look();
    if (this.takes('(DEFINE)')) return 'never';
    const [whole, number, name] = this.match(new RegExp(`\\((?:([+-]?[0-9]+)|<(${wordName})>)\\)`, 'y')) ?? [];
    if (whole === undefined) return unsupported('a condition of this kind');
    return this.referred(name ?? this.numbered(number as string));
  }

  /** `(?i)` to the end of the group it stands in, `(?i:…)` for a group of its own, `(?^)` for none. */
  private optioned([, none, on = '', off = '', end]: RegExpExecArray): Node | null {
    const { options } = this;
    if (/[^ismxU]/.test(on + off) || /xx/.test(on)) unsupported(`the option ${on}${off ? `-${off}` : ''}`);
    if (none && off) unsupported('(?^-');
    const has = (letter: string, before: boolean) => (on.includes(letter) || (before && !none)) && !off.includes(letter);
    this.caseless = has('i', options.caseless);
    this.dotAll = has('s', options.dotAll);
    this.multiline = has('m', options.multiline);
    this.extended = has('x', options.extended);
    this.ungreedy = on.includes('U') || (options.ungreedy && !off.includes('U'));
    if (end === ')') return null;
    const group = this.closed((body) => ({ kind: 'group', number: 0, body }));
    Object.assign(this, options);
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
    const simple = this.simpleEscape() ?? this.reference();
    if (simple) return simple;
    return this.set(setOf(String.fromCharCode(this.byteEscape())));
  }

  /** Escapes of one letter that stand for no byte of the class kind. */
  private simpleEscape(): Node | undefined {
    const node = this.nodeOf(this.next);
    if (node) this.at++;
    return node;
  }

  private nodeOf(letter: string): Node | undefined {
    switch (letter) {
      // Matching always begins at the start.
      case 'A':
      case 'G':
        return { kind: 'anchor', what: 'start' };
      case 'Z':
        return { kind: 'anchor', what: 'end' };
      case 'z':
        return { kind: 'anchor', what: 'very-end' };
      case 'b':
        return { kind: 'anchor', what: 'boundary' };
      case 'B':
        return { kind: 'anchor', what: 'not-boundary' };
      case 'R':
        return newline;
      case 'C':
        return { kind: 'set', bytes: named.all };
      case 'K':
        return this.lookDepth > 0
          ? wrong('\\K is not allowed in lookarounds (but see PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK)')
          : { kind: 'keep' };
      default:
        return undefined;
    }
  }

  /** `\1`, `\g{-1}`, `\k<name>`, `\g<1>`; digits may be an octal number instead. */
  private reference(): Node | undefined {
    const call = this.match(new RegExp(`g(?:<([+-]?[0-9]+|${wordName})>|'([+-]?[0-9]+|${wordName})')`, 'y'));
    if (call) return this.call(this.groupOf(call[1] ?? call[2] ?? ''));
    const named = this.match(
      new RegExp(`(?:k(?:<(${wordName})>|'(${wordName})'|\\{(${wordName})\\})|g\\{(${wordName})\\})`, 'y'),
    );
    if (named) return this.same(named[1] ?? named[2] ?? named[3] ?? named[4] ?? '');
    const numbered = this.match(/g(?:\{([+-]?[0-9]+)\}|([+-]?[0-9]+))/y);
    if (numbered) return this.same(this.numbered(numbered[1] ?? numbered[2] ?? ''));
    if (/^[gk]/.test(this.next)) return unsupported(`\\${this.next}`);
    const digits = /^[1-9][0-9]*/.exec(this.text.slice(this.at))?.[0];
    if (digits === undefined) return undefined;
    if (Number(digits) < 10 || Number(digits) <= this.groups) {
      this.at += digits.length;
      return this.same(Number(digits));
    }
    const octal = this.match(/[0-7]{1,3}/y)?.[0];
    if (octal === undefined) return undefined;
    return this.set(setOf(String.fromCharCode(this.byte(Number.parseInt(octal, 8)))));
  }

  private groupOf(text: string): number | string {
    return /^[+-]?[0-9]/.test(text) ? this.numbered(text) : text;
  }

  /** A group's number, counted from here when it has a sign. */
  private numbered(text: string): number {
    const number = Number(text);
    if (text.startsWith('+')) return number === 0 ? wrong('a relative value of zero is not allowed') : this.groups + number;
    if (!text.startsWith('-')) return number;
    const before = this.groups + 1 + number;
    if (number === 0) wrong('a relative value of zero is not allowed');
    return before > 0 ? before : wrong('reference to non-existent subpattern');
  }

  private same(group: number | string): Node {
    if (group === 0) wrong('a numbered reference must not be zero');
    return { kind: 'same', group: this.referred(group), caseless: this.caseless };
  }

  private call(group: number | string): Node {
    return { kind: 'call', group: this.referred(group) };
  }

  private referred(group: number | string): number | string {
    this.references.push(group);
    return group;
  }

  private quoted(): Node[] | null {
    const end = this.text.indexOf('\\E', this.at);
    const literal = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length : end + 2;
    return literal === '' ? null : [...literal].map((char) => this.set(setOf(char)));
  }
}

/** Each way of a lookbehind has one length. */
function checkLengths(body: Node): void {
  for (const way of body.kind === 'choice' ? body.parts : [body]) {
    if (lengthOf(way) !== undefined) continue;
    if (hasReference(way)) unsupported('a reference in a lookbehind');
    wrong('lookbehind assertion is not fixed length');
  }
}

function hasReference(node: Node): boolean {
  return node.kind === 'same' || node.kind === 'call' || childrenOf(node).some(hasReference);
}
