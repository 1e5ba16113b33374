/** A word of a HAProxy configuration line, quoted where it must be (configuration.txt 2.2): strong quotes, escapes for control characters. */
export function word(text: string): string {
  if (text === '') return "''";
  if (/[\0-\x1f\x7f]/.test(text)) return text.replace(/[\0-\x20\x7f#\\"']/g, (char) => escapes[char] ?? `\\x${hex(char)}`);
  return /[ #\\"']/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : text;
}

const escapes: Readonly<Record<string, string>> = { ' ': '\\ ', '#': '\\#', '\\': '\\\\', '"': '\\"', "'": "\\'" };

function hex(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(2, '0');
}

/** An argument of a converter or sample fetch, in double quotes; the word around it is quoted besides. */
export function argument(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

/** Literal text in a log-format string. */
export function literal(text: string): string {
  return text.replaceAll('%', '%%');
}

/** A name of a section, server or ACL: letters, digits, `-`, `_`, `.`, `:` only (configuration.txt 2.1). */
export function nameFor(text: string): string {
  const name = text.replace(/[^\w.:-]+/g, '-').replace(/^-+|-+$/g, '');
  return name === '' ? 'root' : name;
}

/** Gives names that nothing else has: the second `a` is `a.2`. */
export class Names {
  readonly #taken = new Set<string>();

  /** True when a name is given away already. */
  has(name: string): boolean {
    return this.#taken.has(name);
  }

  take(wanted: string): string {
    const base = nameFor(wanted);
    let name = base;
    for (let number = 2; this.#taken.has(name); number++) name = `${base}.${number}`;
    this.#taken.add(name);
    return name;
  }
}

/** Milliseconds as HAProxy writes times. */
export function time(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** A pattern that matches this text. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
