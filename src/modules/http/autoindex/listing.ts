import type { FileStat } from '../../../host/host.ts';
import { httpDate } from '../../../runtime/engine.ts';
import { escapeHtml, escapeJson, escapeUriComponent } from '../../../runtime/http/escape.ts';

/** One name in a directory. */
export interface Entry extends FileStat {
  readonly name: string;
}

/** How the page for people looks. */
export interface HtmlStyle {
  readonly exactSize: boolean;
  /** Seconds between the times that are shown and UTC. */
  readonly offset: number;
  /** Names count in characters, not in bytes. */
  readonly isUtf8: boolean;
}

const nameWidth = 50;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Directories first, then by bytes (ngx_http_autoindex_cmp_entries). */
export function byKindAndName(one: Entry, other: Entry): number {
  const isDirectory = Number(other.kind === 'directory') - Number(one.kind === 'directory');
  return isDirectory || (one.name < other.name ? -1 : Number(one.name > other.name));
}

/** The page for people (ngx_http_autoindex_html). */
export function htmlOf(uri: string, entries: readonly Entry[], style: HtmlStyle): string {
  const title = `Index of ${escapeHtml(uri)}`;
  const lines = entries.map((entry) => htmlLine(entry, style)).join('');
  const head = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1>`;
  return `${head}<hr><pre><a href="../">../</a>\r\n${lines}</pre><hr></body>\r\n</html>\r\n`;
}

/** `[…]`, or a call of `callback` with it (ngx_http_autoindex_json). */
export function jsonOf(entries: readonly Entry[], callback: string): string {
  const items = entries.map(({ name, kind, mtime, size }) => {
    const common = `"name":"${escapeJson(name)}", "type":"${kind}", "mtime":"${httpDate(mtime)}"`;
    return `\r\n{ ${common}${kind === 'file' ? `, "size":${size}` : ''} }`;
  });
  const list = `[${items.join(',')}\r\n]`;
  return callback === '' ? list : `/* callback */\r\n${callback}(${list});`;
}

/** A `<list>` (ngx_http_autoindex_xml). */
export function xmlOf(entries: readonly Entry[]): string {
  const items = entries.map(({ name, kind, mtime, size }) => {
    const time = `${new Date(mtime * 1000).toISOString().slice(0, 19)}Z`;
    return `<${kind} mtime="${time}"${kind === 'file' ? ` size="${size}"` : ''}>${escapeHtml(name)}</${kind}>\r\n`;
  });
  return `<?xml version="1.0"?>\r\n<list>\r\n${items.join('')}</list>\r\n`;
}

function htmlLine({ name, kind, mtime, size }: Entry, { exactSize, offset, isUtf8 }: HtmlStyle): string {
  const isDirectory = kind === 'directory';
  const href = escapeUriComponent(name) + (isDirectory ? '/' : '');
  const shown = shownName(name, isDirectory, isUtf8);
  const length = isDirectory ? '-'.padStart(exactSize ? 19 : 7) : exactSize ? String(size).padStart(19) : roundedSize(size);
  return `<a href="${href}">${shown} ${minute(mtime + offset)} ${length}\r\n`;
}

/** The name as it is shown, cut or filled to 50 places, with the end of its link. */
function shownName(name: string, isDirectory: boolean, isUtf8: boolean): string {
  const text = isUtf8 ? [...Buffer.from(name, 'latin1').toString('utf8')] : [...name];
  if (text.length > nameWidth) return `${bytesOf(text.slice(0, nameWidth - 3))}..&gt;</a>`;
  const slash = isDirectory && text.length < nameWidth ? '/' : '';
  return `${bytesOf(text)}${slash}</a>${' '.repeat(nameWidth - text.length - slash.length)}`;

  function bytesOf(characters: readonly string[]): string {
    const joined = characters.join('');
    return escapeHtml(isUtf8 ? Buffer.from(joined, 'utf8').toString('latin1') : joined);
  }
}

/** `28-Sep-1970 12:00` */
function minute(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${two(date.getUTCDate())}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

const units = [
  ['G', 1024 ** 3, 1024 ** 3 - 1],
  ['M', 1024 ** 2, 1024 ** 2 - 1],
  ['K', 1024, 9999],
] as const;

/** Seven places: bytes up to 9999, then K, M and G, half and more rounded up. */
function roundedSize(size: number): string {
  const unit = units.find(([, , above]) => size > above);
  if (!unit) return ` ${String(size).padStart(6)}`;
  return `${String(Math.floor((size + unit[1] / 2) / unit[1])).padStart(6)}${unit[0]}`;
}
