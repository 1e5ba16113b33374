import { fieldsOfLine, type HeaderLines, invalidName, underscoreInName } from '../codec/http1-request-headers.ts';
import type { HeadersIn } from './request.ts';

/** Names that the engine itself reads. */
export type KnownName =
  | 'host'
  | 'connection'
  | 'content-length'
  | 'transfer-encoding'
  | 'user-agent'
  | 'expect'
  | 'unique'
  | 'other';

interface Name {
  readonly lower: string;
  readonly known: KnownName;
}

const own: Readonly<Record<string, KnownName>> = {
  host: 'host',
  connection: 'connection',
  'content-length': 'content-length',
  'transfer-encoding': 'transfer-encoding',
  'user-agent': 'user-agent',
  expect: 'expect',
};

/** Fields that may come once only (ngx_http_process_unique_header_line). */
const unique = new Set([
  'if-modified-since',
  'if-unmodified-since',
  'if-match',
  'if-none-match',
  'content-range',
  'if-range',
  'authorization',
  'proxy-authorization',
]);

const names = new Map<string, Name>();
const mostNames = 2000;

function nameOf(text: string): Name {
  const found = names.get(text);
  if (found) return found;
  const lower = text.toLowerCase();
  const name = { lower, known: own[lower] ?? (unique.has(lower) ? 'unique' : 'other') };
  // The key is copied, so that it does not keep a whole request's text alive.
  if (names.size < mostNames) names.set(Buffer.from(text, 'latin1').toString('latin1'), name);
  return name;
}

/** What the engine makes of the fields while it collects them. */
export interface HeaderPolicy {
  readonly ignoreInvalidHeaders: boolean;
  readonly underscoresInHeaders: boolean;
  readonly maxHeaders: number;
}

/** A request's fields. */
export class ReceivedHeaders implements HeadersIn {
  readonly names: string[] = [];
  readonly values: string[] = [];
  readonly lower: string[] = [];
  contentLength = -1;
  chunked = false;
  host: string | undefined = undefined;
  lengthText: string | undefined = undefined;
  encodingText: string | undefined = undefined;
  expect: string | undefined = undefined;
  userAgent: string | undefined = undefined;
  /** Of Connection: `close` wins when both are named. */
  connection: 'none' | 'close' | 'keep-alive' = 'none';

  get(lower: string): string | undefined {
    const at = this.lower.indexOf(lower);
    return at < 0 ? undefined : this.values[at];
  }

  /** Takes line `index` over; false when nginx answers 400 for it, a number for another status. */
  add(lines: HeaderLines, index: number, text: string, base: number, policy: HeaderPolicy): true | number {
    const { offsets } = lines;
    const at = index * fieldsOfLine;
    const marks = offsets[at + 4] as number;
    if (marks !== 0 && policy.ignoreInvalidHeaders && this.drops(marks, policy)) return true;
    if (this.names.length >= policy.maxHeaders) return 494;
    const name = text.slice((offsets[at] as number) - base, (offsets[at + 1] as number) - base);
    const value = text.slice((offsets[at + 2] as number) - base, (offsets[at + 3] as number) - base);
    const { lower, known } = nameOf(name);
    if (known !== 'other' && !this.accepts(known, lower, value)) return 400;
    this.names.push(name);
    this.values.push(value);
    this.lower.push(lower);
    return true;
  }

  private drops(marks: number, policy: HeaderPolicy): boolean {
    return (marks & invalidName) !== 0 || ((marks & underscoreInName) !== 0 && !policy.underscoresInHeaders);
  }

  /** False for a second field of which there may be one. */
  private accepts(known: KnownName, lower: string, value: string): boolean {
    switch (known) {
      case 'host':
        if (this.host !== undefined) return false;
        this.host = value;
        return true;
      case 'content-length':
        if (this.lengthText !== undefined) return false;
        this.lengthText = value;
        return true;
      case 'transfer-encoding':
        if (this.encodingText !== undefined) return false;
        this.encodingText = value;
        return true;
      case 'expect':
        if (this.expect !== undefined) return false;
        this.expect = value;
        return true;
      case 'unique':
        return !this.lower.includes(lower);
      case 'connection':
        this.readConnection(value);
        return true;
      default:
        this.userAgent ??= value;
        return true;
    }
  }

  // ngx_http_process_connection
  private readConnection(value: string): void {
    const lower = value.toLowerCase();
    if (lower.includes('close')) this.connection = 'close';
    else if (lower.includes('keep-alive')) this.connection = 'keep-alive';
  }
}
