import type { Reading } from '../../../schema/directive.ts';
import { parseNumber } from '../../../schema/values/number.ts';

/** How a peer is checked. */
export type CheckType = 'tcp' | 'http' | 'ssl_hello' | 'mysql' | 'ajp' | 'fastcgi';

/** What `check` says; times in milliseconds. */
export interface Check {
  readonly type: CheckType;
  readonly interval: number;
  readonly timeout: number;
  readonly rise: number;
  readonly fall: number;
  readonly defaultDown: boolean;
  /** 0: the peer's own. */
  readonly port: number;
}

/** A form of the `check_status` page. */
export type PageFormat = 'html' | 'csv' | 'json';

const types: readonly CheckType[] = ['tcp', 'http', 'ssl_hello', 'mysql', 'ajp', 'fastcgi'];
const formats: readonly PageFormat[] = ['html', 'csv', 'json'];

type OpenCheck = { -readonly [K in keyof Check]: Check[K] };

/** ngx_http_upstream_check: a later `check` starts anew, but keeps the type when it names none. */
export function readCheck(words: readonly string[], at: Reading, before?: Check): Check | undefined {
  const check: OpenCheck = {
    type: before?.type ?? 'tcp',
    interval: 30_000,
    timeout: 1000,
    rise: 2,
    fall: 5,
    defaultDown: true,
    port: 0,
  };
  for (const [i, word] of words.entries()) {
    const equals = word.indexOf('=');
    const [name, value] = [word.slice(0, equals), word.slice(equals + 1)];
    if (name === 'default_down' && !/^(true|false)$/i.test(value))
      return at.fail(`invalid value "${word}", it must be "true" or "false"`, i);
    if (!take(check, name, value)) return at.fail(`invalid parameter "${word}"`, i);
  }
  return check;
}

function take(check: OpenCheck, name: string, value: string): boolean {
  if (name === 'default_down') {
    check.defaultDown = value.toLowerCase() === 'true';
    return true;
  }
  if (name === 'type') {
    const type = types.find((known) => known === value);
    if (type) check.type = type;
    return type !== undefined;
  }
  const number = parseNumber(value);
  if (!number) return false;
  if (name !== 'interval' && name !== 'timeout' && name !== 'rise' && name !== 'fall' && name !== 'port') return false;
  check[name] = number;
  return true;
}

/** What `check_status` says; without a format one is inherited. */
export interface StatusPage {
  readonly format: PageFormat | null;
}

/** `check_status`: a later one that names no format leaves the one before. */
export function readStatusPage([word]: readonly string[], at: Reading, before?: StatusPage): StatusPage | undefined {
  if (word === undefined) return before ?? { format: null };
  const format = formatOf(word);
  return format ? { format } : at.fail(`invalid check format "${word}"`, 0);
}

/** The format of that name. */
export function formatOf(word: string): PageFormat | undefined {
  return formats.find((known) => known === word);
}

/** `check_keepalive_requests` */
export function readKeepaliveRequests([word = '']: readonly string[], at: Reading): number | undefined {
  return parseNumber(word) || at.fail(`"${at.name}" directive invalid value`);
}

/** `check_http_expect_alive` */
export function readExpectedClasses(words: readonly string[], at: Reading): readonly number[] | undefined {
  const classes: number[] = [];
  for (const [i, word] of words.entries()) {
    const found = /^http_([2-5])xx$/i.exec(word);
    if (!found) return at.fail(`invalid value "${word}"`, i);
    classes.push(Number(found[1]));
  }
  return classes;
}

/** `check_fastcgi_param` */
export function readCheckParam([name = '', value = '']: readonly string[]): readonly [string, string] {
  return [name, value];
}
