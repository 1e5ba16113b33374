import { encodeRequest, endOfBody } from '../../../runtime/codec/fastcgi.ts';
import { ResponseHead } from '../../../runtime/codec/http1-response.ts';
import type { CheckType } from './settings.ts';

/** What an answer tells. */
export interface Verdict {
  readonly alive: boolean;
  /** True when the connection is good for another check. */
  readonly usable?: boolean;
  /** Bytes of the answer that are still to come; not finite when that cannot be told. */
  readonly rest?: number;
  /** A line more for the error log, without the peer's name. */
  readonly says?: string;
}

/** What is said to a peer, and how its answer is judged. */
export interface Probe {
  /** Bytes to send once connected; null when nothing is sent or waited for. */
  readonly send: string | null;
  /** True when a connection may be kept after a check that went well (ngx_check_conf_t.need_keepalive). */
  readonly keeps: boolean;
  /** True when the next check uses a kept connection; false when it waits until that is closed. */
  readonly reuses: boolean;
  /** Undefined when more is needed. */
  readonly judge: (received: Buffer) => Verdict | undefined;
}

/** Whose module checks: yaoweibin's for nginx, or the one that came with Tengine. */
export type CheckFlavor = 'yaoweibin' | 'tengine';

/** What probes depend on. */
export interface ProbeOptions {
  readonly type: CheckType;
  /** check_http_send; '' for the type's own. */
  readonly send: string;
  /** Classes of statuses that count as alive; none when the configuration names none. */
  readonly classes: readonly number[];
  readonly fastcgiParams: readonly (readonly [string, string])[];
  /** check_keepalive_requests */
  readonly keepaliveRequests: number;
  readonly flavor: CheckFlavor;
}

/** The probe of a type (ngx_check_types, ngx_http_upstream_check_init_srv_conf). */
export function probeOf(options: ProbeOptions): Probe {
  const { type, send, classes, fastcgiParams, flavor } = options;
  const reuses = flavor === 'tengine';
  const once = (own: string, judge: Probe['judge']): Probe => ({ send: send || own, keeps: false, reuses, judge });
  switch (type) {
    case 'tcp':
      return { send: null, keeps: !reuses, reuses, judge: () => ({ alive: true }) };
    case 'http':
      return { send: send || 'GET / HTTP/1.0\r\n\r\n', keeps: true, reuses, judge: httpJudge(options) };
    case 'ssl_hello':
      return once(
        clientHello,
        atLeast(serverHelloLength, (received) => received[0] === 22 && received[5] === 2),
      );
    case 'mysql':
      return once(
        '',
        atLeast(5, (received) => received[3] === 0),
      );
    case 'ajp':
      return once(
        '\x12\x34\0\x01\x0a',
        atLeast(5, (received) => received.toString('latin1', 0, 5) === 'AB\0\x01\x09'),
      );
    default:
      return once(fastcgiRequest(fastcgiParams), (received) => judgeFastcgi(received, classes));
  }
}

/** ngx_ssl_server_hello_t, with a time of eight bytes. */
const serverHelloLength = 47;

function atLeast(length: number, isAlive: (received: Buffer) => boolean): Probe['judge'] {
  return (received) => (received.length < length ? undefined : { alive: isAlive(received) });
}

/** ngx_http_upstream_check_http_parse; Tengine reads the head whole when it means to keep the connection. */
function httpJudge({ classes, keepaliveRequests, flavor }: ProbeOptions): Probe['judge'] {
  const expected = classes.length > 0 ? classes : [2, 3];
  const head = flavor === 'tengine' && keepaliveRequests > 1 ? new ResponseHead() : null;
  return (received) => {
    const kind = statusClass(received.toString('latin1'));
    if (kind === undefined) return undefined;
    if (kind === null) return { alive: false, says: 'http parse status line error' };
    const alive = expected.includes(kind);
    const usable = kind === 2 || kind === 3;
    if (!head || !alive || !usable) return { alive, usable };
    if (head.parse(received) === 'more') return undefined;
    const rest = head.contentLength < 0 ? Number.POSITIVE_INFINITY : head.length + head.contentLength - received.length;
    return { alive, usable: !head.close, rest };
  };
}

/** The first digit of the status; null when this is none, undefined before the line is whole (ngx_http_upstream_check_parse_status_line). */
function statusClass(text: string): number | null | undefined {
  const end = text.indexOf('\n');
  if (end < 0) return lineBegins.test(text) ? undefined : null;
  const digit = /^HTTP\/[1-9]\d*\.\d+ +(\d) *\d *\d(?:[ .][^\r]*)?\r?$/.exec(text.slice(0, end))?.[1];
  return digit === undefined ? null : Number(digit);
}

const lineBegins =
  /^(?:H?|HT|HTT|HTTP|HTTP\/(?:[1-9]\d*(?:\.(?:\d+(?: +(?:\d *){0,2}| *(?: \d *\d *\d)(?:[ .][^\r]*)?\r?)?)?)?)?)$/;

const defaultParams = [
  ['REQUEST_METHOD', 'GET'],
  ['REQUEST_URI', '/'],
  ['SCRIPT_FILENAME', 'index.php'],
] as const;

function fastcgiRequest(params: readonly (readonly [string, string])[]): string {
  const pairs = (params.length > 0 ? params : defaultParams).flat();
  return (encodeRequest(pairs, false) ?? '') + endOfBody;
}

/**
 * ngx_http_upstream_check_fastcgi_parse: the first record decides. It must be STDOUT, be here whole when its head is, and
 * have something behind it.
 */
function judgeFastcgi(received: Buffer, classes: readonly number[]): Verdict | undefined {
  const [version, type, idHigh, idLow] = received;
  const wrong = [version !== 1, type !== stdout, idHigh !== 0, idLow !== 1].indexOf(true);
  if (wrong >= 0 && wrong < received.length) return { alive: false };
  if (received.length < recordHead) return undefined;
  const length = received.readUInt16BE(4);
  if (length === 0 || received.length <= recordHead + length) return { alive: false };
  const status = statusIn(received.toString('latin1', recordHead, recordHead + length));
  if (status === 'invalid') return { alive: false };
  return { alive: status === null || classes.length === 0 || classes.includes(status) };
}

const recordHead = 8;
const stdout = 6;

const headerLine = /([^\0:\r\n]*)(:? *)([^\0\r\n]*)(\r*\n|\r*$)?/y;

/**
 * The class in the first header whose name begins as `Status` does; null without one. The body is read as headers, too
 * (ngx_http_upstream_check_parse_fastcgi_status).
 */
function statusIn(text: string): number | 'invalid' | null {
  headerLine.lastIndex = 0;
  while (headerLine.lastIndex < text.length) {
    const [, name = '', colon = '', value = '', end] = headerLine.exec(text) ?? [];
    if (colon !== '' && name !== '' && value !== '' && 'status'.startsWith(name.toLowerCase())) {
      if (/^[1-9]\d\d/.test(value)) return Number(value[0]);
      if (end !== '' || !/^[1-9]\d?$/.test(value)) return 'invalid';
    }
    if (end === undefined) return 'invalid';
  }
  return null;
}

/** A ClientHello of TLS 1.2 without a name, 13 suites, as the module sends it; its random bytes are no secret. */
const clientHello =
  '\x16\x03\x01\0\x6f\x01\0\0\x6b\x03\x03\0\0\0\0' +
  'a check sends the same bytes' +
  '\0\0\x1a\xc0\x2b\xc0\x2f\xcc\xa9\xcc\xa8\xc0\x0a\xc0\x09\xc0\x13\xc0\x14\0\x33\0\x39\0\x2f\0\x35\0\x0a\x01\0' +
  '\0\x28\0\x0a\0\x08\0\x06\0\x17\0\x18\0\x19\0\x0d\0\x18\0\x16\x04\x01\x05\x01\x06\x01\x02\x01\x04\x03\x05\x03\x06\x03\x02\x03\x05\x02\x04\x02\x02\x02';
