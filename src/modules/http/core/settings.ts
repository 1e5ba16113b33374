import type { Reading } from '../../../schema/directive.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { severities } from '../../../schema/values/syslog.ts';
import { parseTime } from '../../../schema/values/time.ts';

/** Where files are: `root` puts the whole URI behind the path, `alias` what follows the location's name. */
export interface Root {
  readonly kind: 'root' | 'alias';
  /** May have variables. */
  readonly path: string;
}

/** One `error_log` line. */
export interface ErrorLog {
  /** A file's name, `stderr`, `syslog:…` or `memory:…`. */
  readonly path: string;
  /** Of the least grave messages, by their place in `severities`. */
  readonly severity: number;
}

/** One `error_page` line. */
export interface ErrorPage {
  readonly codes: readonly number[];
  /** The status to answer with: a number, 0 for the target's own (`=`), -1 to keep the error's. */
  readonly overwrite: number;
  /** A path, `@name` or any other text, which becomes a redirect; may have variables. */
  readonly target: string;
}

/** `keepalive_timeout`: milliseconds, and the seconds told in a Keep-Alive field, 0 for none. */
export interface Keepalive {
  readonly timeout: number;
  readonly header: number;
}

/** One line of `types`. */
export interface MediaType {
  readonly type: string;
  readonly extensions: readonly string[];
}

/** When answers to proxies (requests with Via) are compressed. */
export const gzipProxied = [
  'off',
  'expired',
  'no-cache',
  'no-store',
  'private',
  'no_last_modified',
  'no_etag',
  'auth',
  'any',
] as const;
export type GzipProxied = (typeof gzipProxied)[number];

/** What nginx knows when there is no `types` block. */
export const defaultTypes: readonly MediaType[] = [
  { type: 'text/html', extensions: ['html'] },
  { type: 'image/gif', extensions: ['gif'] },
  { type: 'image/jpeg', extensions: ['jpg'] },
];

/** Reads `error_log` (ngx_log_set_log): without a level only errors and worse; all of `debug_…` is debug. */
export function readErrorLog([path = '', level = 'error']: readonly string[]): ErrorLog {
  return { path, severity: severities.indexOf(level.startsWith('debug_') ? 'debug' : level) };
}

/** Reads `root`. */
export function readRoot([path = '']: readonly string[], at: Reading): Root | undefined {
  return rootOf('root', path, at);
}

/** Reads `alias`. */
export function readAlias([path = '']: readonly string[], at: Reading): Root | undefined {
  return rootOf('alias', path, at);
}

/** Reads `error_page` (ngx_http_core_error_page). */
export function readErrorPage(args: readonly string[], at: Reading): ErrorPage | undefined {
  const target = args.at(-1) ?? '';
  const marked = args.at(-2)?.startsWith('=') ? args.at(-2) : undefined;
  const overwrite = marked === undefined ? -1 : marked === '=' ? 0 : parseNumber(marked.slice(1));
  if (overwrite === undefined) return at.fail(`invalid value "${marked}"`, args.length - 2);
  const codes: number[] = [];
  for (const [index, word] of args.slice(0, marked === undefined ? -1 : -2).entries()) {
    const code = parseNumber(word);
    if (code === undefined || code === 499) return at.fail(`invalid value "${word}"`, index);
    if (code < 300 || code > 599) return at.fail(`value "${word}" must be between 300 and 599`, index);
    codes.push(code);
  }
  return { codes, overwrite, target };
}

/** Reads `keepalive_timeout` (ngx_http_core_keepalive). */
export function readKeepalive([first = '', second]: readonly string[], at: Reading): Keepalive | undefined {
  const timeout = parseTime(first);
  if (timeout === undefined) return at.fail(`"${at.name}" directive invalid value`, 0);
  const header = second === undefined ? 0 : parseTime(second, 's');
  if (header === undefined) return at.fail(`"${at.name}" directive invalid value`, 1);
  return { timeout, header };
}

/** Reads a `types` block; extensions count without regard to case. */
export function readTypes(_: readonly string[], at: Reading): readonly MediaType[] {
  return at.lines.map(([type = '', ...extensions]) => ({ type, extensions: extensions.map((name) => name.toLowerCase()) }));
}

function rootOf(kind: Root['kind'], path: string, at: Reading): Root | undefined {
  if (/\$\{?(document_root|realpath_root)\b/.test(path))
    return at.fail(`the $document_root variable cannot be used in the "${at.name}" directive`, 0);
  return { kind, path: kind === 'root' && path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path };
}

/** `disable_symlinks` (ngx_http_disable_symlinks). */
export interface DisableSymlinks {
  readonly mode: 'off' | 'on' | 'if_not_owner';
  /** With variables; '' when links are looked for from the root on. */
  readonly from: string;
}

/** Reads it; what is wrong with it is said elsewhere. */
export function readDisableSymlinks(words: readonly string[]): DisableSymlinks {
  const mode = words.find((word) => word === 'on' || word === 'if_not_owner') ?? 'off';
  const from = words.find((word) => word.startsWith('from='))?.slice('from='.length) ?? '';
  return { mode: mode as DisableSymlinks['mode'], from };
}
