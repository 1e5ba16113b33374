import { printedIpv6 } from '../../schema/values/grammar/url.ts';

/*
 * Messages of the DNS (RFC 1035), as far as a stub resolver needs them. What is wrong with a message is said in nginx's
 * words (ngx_resolver.c), as a text in the place of a result.
 */

/** Types of records (RFC 1035, 2782, 3596, 6672). */
export const recordTypes = { a: 1, cname: 5, aaaa: 28, srv: 33, dname: 39 } as const;

const headerLength = 12;
/** Type, class, TTL and length of a record. */
const recordLength = 10;

/** What stands before the question. */
export interface DnsHeader {
  readonly ident: number;
  readonly flags: number;
  readonly questions: number;
  readonly answers: number;
}

export interface DnsQuestion {
  /** Lower case, no dot at its end. */
  readonly name: string;
  readonly type: number;
  readonly class: number;
  /** Where the answers begin. */
  readonly end: number;
}

/** A record of an answer; its data are `length` bytes from `at` on, if the message has so many. */
export interface DnsRecord {
  readonly type: number;
  readonly class: number;
  /** Seconds, never less than 0. */
  readonly ttl: number;
  readonly at: number;
  readonly length: number;
}

export const shortResponse = 'short DNS response';

/** A question that wants recursion; null when the name cannot be asked for (ngx_resolver_create_name_query). */
export function encodeQuery(ident: number, name: string, type: number): Buffer | null {
  const labels = name.split('.');
  if (labels.some(({ length }) => length === 0 || length > 255)) return null;
  const encoded = labels.map((label) => String.fromCharCode(label.length) + label).join('');
  const query = Buffer.alloc(headerLength + encoded.length + 5);
  query.writeUInt16BE(ident, 0);
  query[2] = 1;
  query[5] = 1;
  query.write(encoded, headerLength, 'latin1');
  query.writeUInt16BE(type, query.length - 4);
  query[query.length - 1] = 1;
  return query;
}

/** The header; null when there are too few bytes for one. */
export function readHeader(message: Buffer): DnsHeader | null {
  if (message.length < headerLength) return null;
  return {
    ident: message.readUInt16BE(0),
    flags: message.readUInt16BE(2),
    questions: message.readUInt16BE(4),
    answers: message.readUInt16BE(6),
  };
}

/** The one question of an answer (ngx_resolver_process_response). */
export function readQuestion(message: Buffer, { answers }: DnsHeader): DnsQuestion | string {
  let at = headerLength;
  for (let size = message[at]; size !== 0; size = message[at]) {
    if (size === undefined) return shortResponse;
    if (size & 0xc0) return 'unexpected compression pointer in DNS response';
    at += 1 + size;
  }
  if (at++ === headerLength) return 'zero-length domain name in DNS response';
  const end = at + 4;
  if (end + answers * (2 + recordLength) > message.length) return shortResponse;
  const name = readName(message, headerLength);
  if ('problem' in name) return name.problem;
  return { name: name.name, type: message.readUInt16BE(at), class: message.readUInt16BE(at + 2), end };
}

/** Names of this many parts and pointers are refused: they may go round for ever. */
const mostParts = 128;

/** A name, its pointers followed; '' for the root (ngx_resolver_copy). */
export function readName(message: Buffer, start: number): { readonly name: string } | { readonly problem: string } {
  const labels: string[] = [];
  let at = start;
  for (let i = 0; i < mostParts; i++) {
    const size = message[at++];
    if (size === 0) return { name: labels.join('.') };
    if (size === undefined) return outside;
    if (size & 0xc0) {
      if ((size & 0xc0) !== 0xc0) return { problem: 'invalid label type in DNS response' };
      const low = message[at];
      if (low === undefined) return outside;
      at = ((size & 0x3f) << 8) + low;
    } else {
      labels.push(message.toString('latin1', at, at + size).toLowerCase());
      at += size;
    }
    if (at >= message.length) return outside;
  }
  return { problem: 'compression pointers loop in DNS response' };
}

const outside = { problem: 'name is out of DNS response' };

/** Hands the records of an answer over in turn; what is wrong with them, or what `visit` finds wrong, ends it. */
export function eachRecord(
  message: Buffer,
  start: number,
  count: number,
  visit: (record: DnsRecord) => string | null,
): string | null {
  let at = start;
  for (let i = 0; i < count; i++) {
    const name = at;
    at = skipName(message, name);
    if (at < 0) return shortResponse;
    if (at - name < 2) return 'invalid name in DNS response';
    if (at + recordLength >= message.length) return shortResponse;
    const record: DnsRecord = {
      type: message.readUInt16BE(at),
      class: message.readUInt16BE(at + 2),
      ttl: Math.max(0, message.readInt32BE(at + 4)),
      length: message.readUInt16BE(at + 8),
      at: at + recordLength,
    };
    const problem = visit(record);
    if (problem !== null) return problem;
    at = record.at + record.length;
  }
  return null;
}

/** The offset behind a name; -1 when the message ends before. */
function skipName(message: Buffer, start: number): number {
  for (let at = start; at < message.length; at += 1 + (message[at] as number)) {
    if ((message[at] as number) & 0xc0) return at + 2;
    if (message[at] === 0) return at + 1;
  }
  return -1;
}

/** The address of an A or AAAA record as a literal, or what is wrong with it. */
export function readAddress(
  message: Buffer,
  { type, at, length }: DnsRecord,
): { readonly host: string } | { readonly problem: string } {
  const size = type === recordTypes.a ? 4 : 16;
  if (length !== size) return { problem: `invalid ${type === recordTypes.a ? 'A' : 'AAAA'} record in DNS response` };
  if (at + size > message.length) return { problem: shortResponse };
  if (size === 4) return { host: message.subarray(at, at + 4).join('.') };
  return { host: printedIpv6(Array.from({ length: 8 }, (_, i) => message.readUInt16BE(at + 2 * i))) };
}

/** The data of an SRV record (RFC 2782). */
export interface ServiceRecord {
  readonly priority: number;
  /** At least 1. */
  readonly weight: number;
  readonly port: number;
  readonly target: string;
}

/** Reads an SRV record, or says what is wrong with it. */
export function readService(message: Buffer, { at }: DnsRecord): ServiceRecord | string {
  if (at + 6 >= message.length) return shortResponse;
  const target = readName(message, at + 6);
  if ('problem' in target) return target.problem;
  return {
    priority: message.readUInt16BE(at),
    weight: message.readUInt16BE(at + 2) || 1,
    port: message.readUInt16BE(at + 4),
    target: target.name,
  };
}
