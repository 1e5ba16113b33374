import { type ByteSet, caseless as bothCases, complement, named, setOf, setWhere, union } from './byte-set.ts';
import { posixNames } from './posix-names.ts';
import { propertySet } from './properties.ts';

/** Ends the reading of a pattern; never leaves this folder. */
export class Stop extends Error {
  readonly unsupported: boolean;

  constructor(message: string, unsupported: boolean) {
    super(message);
    this.unsupported = unsupported;
  }
}

/** Ends the reading: PCRE may know it, we don't. */
export function unsupported(what: string): never {
  throw new Stop(what, true);
}

/** Ends the reading: PCRE refuses it. */
export function wrong(what: string): never {
  throw new Stop(what, false);
}

/** A place in a pattern, and what stands for bytes there: escapes and classes. */
export class PatternBytes {
  protected caseless: boolean;
  protected readonly text: string;
  protected at = 0;

  constructor(text: string, caseless: boolean) {
    this.text = text;
    this.caseless = caseless;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  protected get next(): string {
    return this.text.charAt(this.at);
  }

  protected takes(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  protected match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.text);
    if (match) this.at = sticky.lastIndex;
    return match;
  }

  /** `\d` and its like, in and out of brackets. */
  protected setEscape(): ByteSet | undefined {
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
    if (/^N\{(?![0-9]+(?:,[0-9]*)?\})/.test(this.text.slice(this.at - 1)))
      wrong('\\N{U+dddd} is supported only in Unicode (UTF) mode');
    return set ?? this.property();
  }

  /** `\p{N}`, `\PN`, `\p{^N}` */
  protected property(): ByteSet | undefined {
    const [, sign, circumflex, name = '', letter = ''] = this.match(/([pP])(?:\{(\^?)([A-Za-z_& ]+)\}|([A-Z]))/y) ?? [];
    if (sign === undefined) return undefined;
    if (this.caseless && /^L[lut]$/.test(name))
      unsupported(`\\p{${name}} in either case, which differs between releases of PCRE`);
    const set = propertySet(name || letter) ?? unsupported(`\\p{${name || letter}}`);
    return (sign === 'P') !== (circumflex === '^') ? complement(set) : set;
  }

  /** An escape that stands for one byte; the backslash is read. */
  protected byteEscape(): number {
    const hex = this.match(/x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{0,2}))/y);
    if (hex && hex[1] === undefined && this.text.startsWith('x{', hex.index))
      wrong('non-hex character in \\x{} (closing brace missing?)');
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

  protected byte(value: number): number {
    return value > 255 ? wrong('character code point value in \\x{} or \\o{} is too large') : value;
  }

  protected classSet(): ByteSet {
    this.at++;
    const negative = this.takes('^');
    const sets: ByteSet[] = [];
    let first = true;
    while (first || this.next !== ']') {
      if (this.ended) wrong('missing terminating ] for character class');
      const item = this.classItem();
      if (item !== null) first = false;
      if (typeof item === 'number') sets.push(this.range(item));
      else if (item) sets.push(this.withoutRange(item));
    }
    this.at++;
    const set = union(...sets);
    const folded = this.caseless ? bothCases(set) : set;
    return negative ? complement(folded) : folded;
  }

  /** A byte, a set, or nothing (`\E`). */
  protected classItem(): number | ByteSet | null {
    const posix = this.match(/\[:(\^?)([a-z]+):\]/y);
    if (posix) return this.posix(posix[2] as string, posix[1] === '^');
    if (/^\[[.=]/.test(this.text.slice(this.at))) unsupported('a POSIX collating element');
    const char = this.next;
    this.at++;
    if (char !== '\\') return char.charCodeAt(0);
    if (this.takes('N')) return wrong('\\N is not supported in a class');
    if (this.takes('b')) return 8;
    if (this.takes('E')) return null;
    if (this.takes('Q')) return this.quotedSet();
    return this.setEscape() ?? this.octalInClass() ?? this.byteEscape();
  }

  protected octalInClass(): number | undefined {
    const digits = this.match(/[0-7]{1,3}/y)?.[0];
    return digits === undefined ? undefined : Number.parseInt(digits, 8) & 0xff;
  }

  protected quotedSet(): ByteSet {
    const end = this.text.indexOf('\\E', this.at);
    const literal = this.text.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.text.length : end + 2;
    return setOf(literal);
  }

  protected range(from: number): ByteSet {
    this.match(/(?:(?:\\Q)?\\E)+/y);
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
  protected withoutRange(set: ByteSet): ByteSet {
    if (this.next === '-' && this.text.charAt(this.at + 1) !== ']') wrong('invalid range in character class');
    return set;
  }

  protected posix(name: string, negative: boolean): ByteSet {
    if (!posixNames.has(name)) wrong('unknown POSIX class name');
    const set = named[name as keyof typeof named];
    return negative ? complement(set) : set;
  }
}
