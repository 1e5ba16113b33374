/** Names in a directory, in any order and with `.` and `..` left out; null when it is not a directory that can be read. */
export type ListDirectory = (directory: string) => readonly string[] | null;

/** True when nginx hands a file name to glob(3) instead of opening it (ngx_conf_include). */
export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

/**
 * Every existing path that matches a pattern, as glob(3) without flags gives them: no `**`, no leading dot unless it
 * is written, sorted by bytes.
 */
export function expandGlob(pattern: string, list: ListDirectory): string[] {
  const segments = pattern.split('/').filter((part) => part !== '');
  let found = [pattern.startsWith('/') ? '/' : ''];
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    found = found.flatMap((directory) => step(directory, segment, isLast, list));
  }
  return found.sort(byBytes);
}

/** Compares byte strings as strcmp does. */
export function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** True when one name of a path matches one segment of a pattern (fnmatch with FNM_PERIOD). */
export function matchesSegment(name: string, segment: string): boolean {
  if (name.startsWith('.') && !/^\\?\./.test(segment)) return false;
  return segmentPattern(segment).test(name);
}

function step(directory: string, segment: string, isLast: boolean, list: ListDirectory): string[] {
  const prefix = directory === '' || directory.endsWith('/') ? directory : `${directory}/`;
  if (!isLast && !/[*?[\\]/.test(segment)) return [prefix + segment];
  if (segment === '.' || segment === '..') return list(prefix + segment) ? [prefix + segment] : [];
  const names = list(directory === '' ? '.' : directory) ?? [];
  return names.filter((name) => matchesSegment(name, segment)).map((name) => prefix + name);
}

function segmentPattern(segment: string): RegExp {
  let source = '';
  for (let at = 0; at < segment.length; ) {
    const char = segment[at] ?? '';
    const bracket = char === '[' ? bracketAt(segment, at) : null;
    if (bracket) {
      source += bracket.source;
      at = bracket.end;
    } else if (char === '\\' && at + 1 < segment.length) {
      source += literal(segment[at + 1] ?? '');
      at += 2;
    } else {
      source += char === '*' ? '.*' : char === '?' ? '.' : literal(char);
      at++;
    }
  }
  return new RegExp(`^${source}$`, 's');
}

/** `[a-z]`, `[!a]`, `[]x]`, `[[:digit:]]`; null when nothing closes it, and `[` is an ordinary character. */
function bracketAt(segment: string, open: number): { source: string; end: number } | null {
  let at = open + 1;
  const negated = segment[at] === '!' || segment[at] === '^';
  if (negated) at++;
  let members = '';
  for (let first = true; at < segment.length; first = false) {
    if (segment[at] === ']' && !first) {
      return { source: `[${negated ? '^' : ''}${members}]`, end: at + 1 };
    }
    const named = /^\[:(\w+):\]/.exec(segment.slice(at));
    const low = named ? '' : escapedAt(segment, at);
    if (named) {
      members += characterClasses[named[1] ?? ''] ?? '';
      at += named[0].length;
      continue;
    }
    at += low.length;
    const isRange = segment[at] === '-' && at + 1 < segment.length && segment[at + 1] !== ']';
    const high = isRange ? escapedAt(segment, at + 1) : low;
    if (isRange) at += 1 + high.length;
    members += range(low.at(-1) ?? '', high.at(-1) ?? '');
  }
  return null;
}

function escapedAt(segment: string, at: number): string {
  return segment[at] === '\\' && at + 1 < segment.length ? segment.slice(at, at + 2) : (segment[at] ?? '');
}

function range(low: string, high: string): string {
  if (low > high) return '';
  return low === high ? literal(low) : `${literal(low)}-${literal(high)}`;
}

function literal(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

const characterClasses: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: ' \\t\\n\\v\\f\\r',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};
