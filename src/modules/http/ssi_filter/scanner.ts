/** A parameter of a command: `name="value"`, backslashes as they stand. */
export interface Parameter {
  readonly name: string;
  value: string;
}

/** What a scan has stopped at: the end of its bytes, a command's end, or the end of a broken one. */
export type Found = 'nothing' | 'command' | 'broken';

type State = (sign: string) => State;

const opening = Buffer.from('<!--#', 'latin1');
const openingSign = 0x3c;
const longestName = 32;

/** Finds commands in a text that comes in pieces (ngx_http_ssi_parse). */
export class CommandScanner {
  /** The last command. */
  command = '';
  parameters: Parameter[] = [];
  private found: Found = 'nothing';
  /** Null between commands. */
  private state: State | null = null;
  /** Bytes of `<!--#` that the chunks before end with. */
  private matched = 0;
  private quote = '';
  private readonly valueLength: number;
  private readonly log: (problem: string) => void;

  constructor(valueLength: number, log: (problem: string) => void) {
    this.valueLength = valueLength;
    this.log = log;
  }

  /** Reads on in a chunk; bytes outside of commands go to `text`. The offset behind what was read, and why it stopped. */
  scan(chunk: Buffer, from: number, text: (bytes: Buffer) => void): { readonly at: number; readonly found: Found } {
    let at = this.state ? from : this.scanText(chunk, from, text);
    this.found = 'nothing';
    while (this.state && at < chunk.length) this.state = this.read(this.state, String.fromCharCode(chunk[at++] as number));
    return { at, found: this.found };
  }

  private read(state: State, sign: string): State | null {
    const next = state(sign);
    return this.found === 'nothing' ? next : null;
  }

  private scanText(chunk: Buffer, from: number, text: (bytes: Buffer) => void): number {
    const start = from - this.matched;
    let { matched } = this;
    let at = from;
    while (at < chunk.length && matched < opening.length) {
      if (matched > 0) matched = chunk[at] === opening[matched] ? matched + 1 : 0;
      else {
        const next = chunk.indexOf(openingSign, at);
        at = next < 0 ? chunk.length : next;
        if (next >= 0) matched = 1;
      }
      if (matched > 0) at++;
    }
    const end = at - matched;
    if (start < 0 && end > start) text(opening.subarray(0, Math.min(-start, end - start)));
    if (end > from) text(chunk.subarray(from, end));
    this.matched = matched;
    if (matched === opening.length) {
      this.matched = 0;
      this.state = this.beforeCommand;
    }
    return at;
  }

  private readonly beforeCommand: State = (sign) => {
    if (isBlank(sign)) return this.beforeCommand;
    this.command = sign;
    this.parameters = [];
    return this.inCommand;
  };

  private readonly inCommand: State = (sign) => {
    if (isBlank(sign)) return this.beforeParameter;
    if (sign === '-') return this.firstDash;
    if (this.command.length === longestName) return this.broken(`the "${this.command}${sign}..." SSI command is too long`);
    this.command += sign;
    return this.inCommand;
  };

  private readonly beforeParameter: State = (sign) => {
    if (isBlank(sign)) return this.beforeParameter;
    if (sign === '-') return this.firstDash;
    let name = sign;
    const inName: State = (next) => {
      if (isBlank(next)) return this.afterName(name);
      if (next === '=') return this.beforeValue(name);
      if (next === '-') return this.unexpected(next, `after "${name}" parameter in "${this.command}" SSI command`);
      if (name.length === longestName)
        return this.broken(`too long "${name}${next}..." parameter in "${this.command}" SSI command`);
      name += next;
      return inName;
    };
    return inName;
  };

  private afterName(name: string): State {
    const state: State = (sign) => {
      if (isBlank(sign)) return state;
      if (sign === '=') return this.beforeValue(name);
      return this.unexpected(sign, `after "${name}" parameter in "${this.command}" SSI command`);
    };
    return state;
  }

  private beforeValue(name: string): State {
    const state: State = (sign) => {
      if (isBlank(sign)) return state;
      if (sign !== '"' && sign !== "'")
        return this.unexpected(sign, `before value of "${name}" parameter in "${this.command}" SSI command`);
      this.quote = sign;
      return this.inValue({ name, value: '' });
    };
    return state;
  }

  private inValue(parameter: Parameter): State {
    const take = (sign: string): boolean => {
      if (parameter.value.length < this.valueLength) {
        parameter.value += sign;
        return true;
      }
      const start = `${parameter.value}${sign}...`;
      this.log(`too long "${start}" value of "${parameter.name}" parameter in "${this.command}" SSI command`);
      return false;
    };
    const plain: State = (sign) => {
      if (sign === this.quote) {
        this.parameters.push(parameter);
        return this.afterValue;
      }
      if (!take(sign)) return this.inBroken;
      return sign === '\\' ? quoted : plain;
    };
    const quoted: State = (sign) => (take(sign) ? plain : this.inBroken);
    return plain;
  }

  private readonly afterValue: State = (sign) => {
    if (isBlank(sign)) return this.beforeParameter;
    if (sign === '-') return this.firstDash;
    const { name, value } = this.parameters.at(-1) as Parameter;
    return this.broken(
      `unexpected "${sign}" symbol after "${value}" value of "${name}" parameter in "${this.command}" SSI command`,
    );
  };

  private readonly firstDash: State = (sign) =>
    sign === '-' ? this.secondDash : this.broken(`unexpected "${sign}" symbol in "${this.command}" SSI command`);

  private readonly secondDash: State = (sign) => {
    if (sign !== '>') return this.broken(`unexpected "${sign}" symbol in "${this.command}" SSI command`);
    this.found = 'command';
    return this.beforeCommand;
  };

  private readonly inBroken: State = (sign) => (sign === '-' ? this.brokenDash : this.inBroken);
  private readonly brokenDash: State = (sign) => (sign === '-' ? this.brokenEnd : this.inBroken);
  private readonly brokenEnd: State = (sign) => {
    if (sign === '>') this.found = 'broken';
    return this.inBroken;
  };

  private unexpected(sign: string, where: string): State {
    this.log(`unexpected "${sign}" symbol ${where}`);
    return sign === '-' ? this.brokenDash : this.inBroken;
  }

  private broken(problem: string): State {
    this.log(problem);
    return this.inBroken;
  }
}

function isBlank(sign: string): boolean {
  return sign === ' ' || sign === '\r' || sign === '\n' || sign === '\t';
}
