import { PatternCursor, PatternError } from './pattern-cursor.ts';

/** What pcre2_compile() would say of a pattern. */
export interface PatternCheck {
  /** PCRE2's words and the offset it names; absent when the pattern compiles. */
  readonly error?: { readonly message: string; readonly offset: number };
  /** How many groups capture. */
  readonly groups: number;
  /** Names of groups, sorted as PCRE2 keeps them. */
  readonly names: readonly string[];
}

/** Reads a pattern as PCRE2 10.42 does and reports its first error. */
export function checkPattern(pattern: string): PatternCheck {
  const reader = new PatternReader(pattern);
  try {
    reader.read();
    return { groups: reader.groups, names: [...reader.names].sort() };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { error: { message: error.message, offset: error.offset }, groups: reader.groups, names: [...reader.names].sort() };
  }
}

/** Follows parse_regex() of pcre2_compile.c: one pass, the nesting of parentheses apart. */
class PatternReader extends PatternCursor {
  readonly names = new Set<string>();
  groups = 0;
  #depth = 0;
  /** Whether a quantifier may follow. */
  #canRepeat = false;
  readonly #references: { readonly group: number | string; readonly offset: number }[] = [];

  read(): void {
    while (this.at < this.text.length) this.#step();
    if (this.#depth > 0) this.fail('missing closing parenthesis', this.text.length);
    for (const { group, offset } of this.#references) {
      const isThere = typeof group === 'string' ? this.names.has(group) : group <= this.groups;
      if (!isThere) this.fail('reference to non-existent subpattern', offset);
    }
  }

  #step(): void {
    const char = this.text.charAt(this.at++);
    switch (char) {
      case '\\':
        return this.#escape();
      case '[':
        this.#canRepeat = true;
        return this.characterClass();
      case '(':
        return this.#open();
      case ')':
        return this.#close();
      case '|':
      case '$':
        this.#canRepeat = false;
        return;
      case '^':
        this.#canRepeat = false;
        return;
      case '*':
      case '+':
      case '?':
        return this.#quantifier();
      case '{':
        return this.#braces();
      default:
        this.#canRepeat = true;
    }
  }

  #quantifier(): void {
    if (!this.#canRepeat) this.fail('quantifier does not follow a repeatable item', this.at - 1);
    if (this.peek() === '?' || this.peek() === '+') this.at++;
    this.#canRepeat = false;
  }

  #braces(): void {
    const [whole, low = '', comma, high = ''] = /^(\d+)(,)?(\d*)\}/.exec(this.text.slice(this.at)) ?? [];
    if (whole === undefined || (comma === undefined && high !== '')) {
      this.#canRepeat = true;
      return;
    }
    const start = this.at;
    if (Number(low) > 65535) this.fail('number too big in {} quantifier', start + low.length);
    if (Number(high) > 65535) this.fail('number too big in {} quantifier', start + low.length + 1 + high.length);
    this.at += whole.length;
    if (high !== '' && Number(high) < Number(low)) this.fail('numbers out of order in {} quantifier', this.at - 1);
    this.#quantifier();
  }

  #close(): void {
    if (this.#depth === 0) this.fail('unmatched closing parenthesis', this.at - 1);
    this.#depth--;
    this.#canRepeat = true;
  }

  #open(): void {
    const start = this.at;
    const before = this.#canRepeat;
    this.#canRepeat = false;
    if (this.peek() === '*' && /^\*[A-Za-z:]/.test(this.text.slice(start))) return this.#verb();
    if (this.peek() !== '?') {
      this.#depth++;
      this.groups++;
      return;
    }
    this.at++;
    const char = this.peek();
    if (char === '') this.fail('missing closing parenthesis', this.text.length);
    if (char === '#') return this.#comment(before);
    if (char === 'P' || char === '<' || char === "'") return this.#named(char);
    if (':=!|>'.includes(char)) {
      this.at++;
      this.#depth++;
      return;
    }
    if (char === '(') return this.#condition();
    if (char === 'R' || /\d/.test(char) || ((char === '+' || char === '-') && /\d/.test(this.peek(1)))) return this.#recursion();
    if (char === '&') return this.#call(1);
    if (char === 'C') return this.#callout();
    this.#options();
  }

  #verb(): void {
    const end = this.text.indexOf(')', this.at);
    if (end < 0) this.fail('missing closing parenthesis', this.text.length);
    const name = this.text.slice(this.at + 1, end);
    if (
      !/^(ACCEPT|COMMIT|F|FAIL|PRUNE|SKIP|THEN|MARK|UTF|UCP|CR|LF|CRLF|ANYCRLF|ANY|NUL|BSR_\w+|NO_\w+|LIMIT_\w+=\d+|NOTEMPTY\w*)?(:.*)?$/s.test(
        name,
      )
    ) {
      this.fail('(*VERB) not recognized or malformed', this.at + 1 + (/^\w*/.exec(name)?.[0].length ?? 0));
    }
    this.at = end + 1;
  }

  #comment(before: boolean): void {
    const end = this.text.indexOf(')', this.at);
    if (end < 0) this.fail('missing ) after (?# comment', this.text.length);
    this.at = end + 1;
    this.#canRepeat = before;
  }

  /** `(?<name>`, `(?'name'`, `(?P<name>`, `(?P=name)`, `(?P>name)`, `(?<=`, `(?<!` */
  #named(first: string): void {
    const isP = first === 'P';
    if (isP) this.at++;
    const char = this.peek();
    if (isP && (char === '=' || char === '>')) return this.#call(1, char === '=');
    if (isP && char === '') this.fail('missing closing parenthesis', this.text.length);
    if (isP && char !== '<') this.fail('unrecognized character after (?P', this.at);
    if (!isP && first === '<' && (this.peek(1) === '=' || this.peek(1) === '!')) {
      this.at += 2;
      this.#depth++;
      return;
    }
    this.at++;
    const name = this.#name(char === "'" ? "'" : '>');
    if (this.names.has(name)) this.fail('two named subpatterns have the same name (PCRE2_DUPNAMES not set)');
    this.names.add(name);
    this.groups++;
    this.#depth++;
  }

  #name(end: string): string {
    const start = this.at;
    if (this.peek() === '') this.fail('subpattern name expected', start);
    if (/\d/.test(this.peek())) this.fail('subpattern name must start with a non-digit', start);
    const name = /^\w*/.exec(this.text.slice(start))?.[0] ?? '';
    if (name.length > 32) this.fail('subpattern name is too long (maximum 32 code units)', start + 33);
    this.at += name.length;
    if (name === '') this.fail('subpattern name expected', start);
    if (this.peek() !== end) this.fail(`syntax error in subpattern name (missing terminator?)`, this.at);
    this.at++;
    return name;
  }

  #call(skip: number, isReference = false): void {
    this.at += skip;
    const start = this.at;
    const name = this.#name(')');
    this.#references.push({ group: name, offset: start });
    this.#canRepeat = true;
    if (isReference) return;
  }

  #recursion(): void {
    const start = this.at;
    const [digits = ''] = /^(R|[+-]?\d+)/.exec(this.text.slice(start)) ?? [];
    this.at += digits.length;
    if (this.peek() !== ')')
      this.fail(
        digits === 'R' ? '(?R (recursive pattern call) must be followed by a closing parenthesis' : 'missing closing parenthesis',
      );
    this.at++;
    this.#canRepeat = true;
    if (/^\d+$/.test(digits)) this.#references.push({ group: Number(digits), offset: start + digits.length });
  }

  #callout(): void {
    const [whole] = /^C\d*\)/.exec(this.text.slice(this.at)) ?? [];
    if (whole === undefined) this.fail('closing parenthesis for (?C expected');
    this.at += whole.length;
    this.#canRepeat = true;
  }

  #condition(): void {
    const [whole] =
      /^\((?:\d+|[+-]\d+|R\d*|R&\w+|DEFINE|<\w+>|'\w+'|VERSION>?=[\d.]+|\w+)\)/.exec(this.text.slice(this.at)) ?? [];
    this.#depth++;
    const group = /^\((\d+)\)/.exec(whole ?? '')?.[1];
    if (group !== undefined) this.#references.push({ group: Number(group), offset: this.at });
    if (whole !== undefined) this.at += whole.length;
    else if (!/^\(\?(?:=|!|<=|<!|C)/.test(this.text.slice(this.at))) this.fail('assertion expected after (?( or (?(?C)', this.at);
  }

  /** `(?i)`, `(?i:…)`, `(?^)` */
  #options(): void {
    if (this.peek() === '^') this.at++;
    let minus = false;
    for (; ; this.at++) {
      const char = this.peek();
      if (char === ')') {
        this.at++;
        return;
      }
      if (char === ':') {
        this.at++;
        this.#depth++;
        return;
      }
      if (char === '-' && !minus) minus = true;
      else if (char === '') this.fail('missing closing parenthesis', this.at);
      else if (!'imsxnJU'.includes(char)) this.fail('unrecognized character after (? or (?-', this.at);
    }
  }

  #escape(): void {
    const before = this.#canRepeat;
    this.#canRepeat = true;
    const start = this.at;
    const char = this.text.charAt(this.at++);
    if (char === '') this.fail('\\ at end of pattern', start);
    if (/[1-9]/.test(char)) return this.#backReference(start);
    switch (char) {
      case 'Q':
        return this.#quoted();
      case 'E':
        this.#canRepeat = before;
        return;
      case 'x':
        return this.hexadecimal();
      case 'o':
        return this.octal();
      case 'c':
        return this.control();
      case 'g':
        return this.#g();
      case 'k':
        return this.#k();
      case 'p':
      case 'P':
        return this.property();
      case 'N':
        if (this.peek() === '{' && !/^\{\d+(,\d*)?\}/.test(this.text.slice(this.at)))
          this.fail('\\N{name} is not supported', this.at + 1);
        return;
      case 'L':
      case 'l':
      case 'U':
      case 'u':
        this.fail('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u');
        break;
      case 'A':
      case 'b':
      case 'B':
      case 'G':
      case 'z':
      case 'Z':
      case 'K':
        this.#canRepeat = false;
        return;
      default:
        if (/[A-Za-z]/.test(char) && !'aefnrtdDhHsSvVwWRXC'.includes(char)) this.fail('unrecognized character follows \\', start);
    }
  }

  #backReference(start: number): void {
    const [digits = ''] = /^\d+/.exec(this.text.slice(start)) ?? [];
    const number = Number(digits);
    if (number < 10 || number <= this.groups) {
      this.at = start + digits.length;
      this.#references.push({ group: number, offset: start });
    }
  }

  #quoted(): void {
    const end = this.text.indexOf('\\E', this.at);
    this.at = end < 0 ? this.text.length : end + 2;
  }

  #g(): void {
    const [whole, name = ''] = /^(?:\{([+-]?\w+)\}|[+-]?\d+|<[+-]?\w+>|'[+-]?\w+')/.exec(this.text.slice(this.at)) ?? [];
    if (whole === undefined) this.fail('a numbered reference must not be zero');
    const offset = this.at + (name === '' ? 0 : 1);
    this.at += whole.length;
    if (/^\d+$/.test(name || whole)) this.#references.push({ group: Number(name || whole), offset });
    else if (/^[A-Za-z_]/.test(name)) this.#references.push({ group: name, offset });
  }

  #k(): void {
    const [whole] = /^(?:\{\w+\}|<\w+>|'\w+')/.exec(this.text.slice(this.at)) ?? [];
    if (whole === undefined) this.fail('\\k is not followed by a braced, angle-bracketed, or quoted name', this.at);
    this.#references.push({ group: whole.slice(1, -1), offset: this.at + 1 });
    this.at += whole.length;
  }
}
