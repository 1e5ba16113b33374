import { posixNames } from './posix-names.ts';

/** Where PCRE2 stops, and why; never leaves this folder. */
export class PatternError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A place in a pattern, and what is read the same way inside and outside of character classes. */
export class PatternCursor {
  protected readonly text: string;
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  protected fail(message: string, offset = this.at): never {
    throw new PatternError(message, offset);
  }

  protected peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  protected hexadecimal(): void {
    if (this.peek() !== '{') {
      this.at += /^[0-9a-f]{0,2}/i.exec(this.text.slice(this.at))?.[0].length ?? 0;
      return;
    }
    const [whole, digits = ''] = /^\{([0-9a-f]*)\}/i.exec(this.text.slice(this.at)) ?? [];
    if (whole === undefined) {
      const bad = /^\{[0-9a-f]*/i.exec(this.text.slice(this.at))?.[0].length ?? 0;
      if (this.at + bad >= this.text.length && bad === 1)
        this.fail('digits missing in \\x{} or \\o{} or \\N{U+}', this.text.length);
      this.fail('non-hex character in \\x{} (closing brace missing?)', this.at + bad);
    }
    if (digits === '') this.fail('digits missing in \\x{} or \\o{} or \\N{U+}', this.at + 1);
    if (Number.parseInt(digits, 16) > 0xff)
      this.fail('character code point value in \\x{} or \\o{} is too large', this.at + 1 + digits.length);
    this.at += whole.length;
  }

  protected octal(): void {
    const [whole] = /^\{[0-7]+\}/.exec(this.text.slice(this.at)) ?? [];
    if (this.peek() !== '{') this.fail('missing opening brace after \\o');
    if (whole === undefined) this.fail('non-octal character in \\o{} (closing brace missing?)', this.at + 1);
    this.at += whole.length;
  }

  protected control(): void {
    if (this.peek() === '') this.fail('\\c at end of pattern', this.at);
    if (!/[ -~]/.test(this.peek())) this.fail('\\c must be followed by a printable ASCII character', this.at);
    this.at++;
  }

  protected property(): void {
    const [whole] = /^(?:\{\^?[\w &:=-]+\}|[A-Za-z])/.exec(this.text.slice(this.at)) ?? [];
    if (whole === undefined) this.fail('malformed \\P or \\p sequence', Math.min(this.at + 1, this.text.length));
    if (whole.length === 1 && !'CLMNPSZ'.includes(whole)) this.fail('unknown property after \\P or \\p', this.at + 1);
    this.at += whole.length;
  }

  /** `[…]`: a `]` right after the opening is a literal. */
  protected characterClass(): void {
    const word = /^\[(<|>):\]\]/.exec(this.text.slice(this.at - 1));
    if (word) {
      this.at += 6;
      return;
    }
    if (this.peek() === '^') this.at++;
    let first = true;
    let before: number | null = null;
    for (; ; first = false) {
      const start = this.at;
      const char = this.text.charAt(this.at++);
      if (char === '') this.fail('missing terminating ] for character class', this.text.length);
      if (char === ']' && !first) return;
      if (char === '-' && before !== null && this.peek() !== ']' && this.peek() !== '') {
        this.rangeFrom(before);
        before = null;
        continue;
      }
      before = this.member(char, start);
    }
  }

  /** One member of a class; its code, or null when it is more than one character. */
  private member(char: string, start: number): number | null {
    if (char === '[' && /[:.=]/.test(this.peek())) {
      const named = /^\[([:.=])(\^?)([^\]\\]*?)\1\]/.exec(this.text.slice(start));
      if (named) {
        if (named[1] !== ':') this.fail('POSIX collating elements are not supported', start);
        if (!posixNames.has(named[3] ?? '')) this.fail('unknown POSIX class name', start + 2);
        this.at = start + named[0].length;
        return null;
      }
    }
    return char === '\\' ? this.escapedMember() : char.charCodeAt(0);
  }

  private escapedMember(): number | null {
    const char = this.text.charAt(this.at++);
    if (char === '') this.fail('\\ at end of pattern', this.text.length);
    if (/[dDsSwWhHvVpP]/.test(char)) {
      if (char === 'p' || char === 'P') this.property();
      return null;
    }
    if (/[ABGKRXZkz]/.test(char)) this.fail('escape sequence is invalid in character class', this.at - 1);
    if (/[LlUu]/.test(char)) this.fail('PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u');
    if (/[0-7]/.test(char)) {
      const [digits = ''] = /^[0-7]{1,3}/.exec(this.text.slice(this.at - 1)) ?? [];
      this.at += digits.length - 1;
      return Number.parseInt(digits, 8);
    }
    if (char === 'x') {
      const from = this.at;
      this.hexadecimal();
      return Number.parseInt(this.text.slice(from, this.at).replace(/[{}]/g, '') || '0', 16);
    }
    if (char === 'Q' || char === 'E') return null;
    if (char === 'N') this.fail('\\N is not supported in a class');
    if (/[A-Za-z]/.test(char) && !'abefnrtcog'.includes(char)) this.fail('unrecognized character follows \\', this.at - 1);
    return ({ n: 10, r: 13, t: 9, a: 7, e: 27, f: 12, b: 8 } as Record<string, number>)[char] ?? char.charCodeAt(0);
  }

  private rangeFrom(low: number): void {
    const start = this.at;
    const char = this.text.charAt(this.at++);
    const high = this.member(char, start);
    if (high === null) this.fail('invalid range in character class', this.at);
    if (high < low) this.fail('range out of order in character class', this.at - 1);
  }
}
