import { encodeRequest, endOfBody, RecordReader } from '../../../runtime/codec/fastcgi.ts';
import type { CheckType } from './settings.ts';

/** What is said to a peer, and how its answer is judged. */
export interface Probe {
  /** Bytes to send once connected; null when nothing is sent or waited for. */
  readonly send: string | null;
  /** True: alive, false: not, undefined: more is needed. */
  readonly judge: (received: Buffer) => boolean | undefined;
}

/** What probes depend on. */
export interface ProbeOptions {
  readonly type: CheckType;
  /** check_http_send */
  readonly send: string;
  /** Classes of statuses that count as alive; none when the configuration names none. */
  readonly classes: readonly number[];
  readonly fastcgiParams: readonly (readonly [string, string])[];
}

/** The probe of a type (ngx_check_types). */
export function probeOf({ type, send, classes, fastcgiParams }: ProbeOptions): Probe {
  switch (type) {
    case 'tcp':
      return { send: null, judge: () => true };
    case 'http':
      return { send, judge: (received) => judgeStatus(received, classes.length > 0 ? classes : [2, 3]) };
    case 'ssl_hello':
      return {
        send: clientHello,
        judge: (received) => (received.length < 11 ? undefined : received[0] === 22 && received[5] === 2),
      };
    case 'mysql':
      return { send: '', judge: (received) => (received.length < 5 ? undefined : received[3] === 0) };
    case 'ajp':
      return {
        send: '\x12\x34\0\x01\x0a',
        judge: (received) => (received.length < 5 ? undefined : received.toString('latin1', 0, 5) === 'AB\0\x01\x09'),
      };
    default:
      return { send: fastcgiRequest(fastcgiParams), judge: (received) => judgeFastcgi(received, classes) };
  }
}

/** ngx_http_upstream_check_parse_status_line */
function judgeStatus(received: Buffer, classes: readonly number[]): boolean | undefined {
  const text = received.toString('latin1', 0, 256);
  const line = text.indexOf('\n');
  if (line < 0) return /^(H(T(T(P(\/.*)?)?)?)?)?$/s.test(text) ? undefined : false;
  const status = /^HTTP\/[1-9]\d*\.\d+ +(\d)\d\d(?:[ .].*)?\r?$/.exec(text.slice(0, line));
  return status !== null && classes.includes(Number(status[1]));
}

const defaultParams = [
  ['REQUEST_METHOD', 'GET'],
  ['REQUEST_URI', '/'],
  ['SCRIPT_FILENAME', 'index.php'],
] as const;

function fastcgiRequest(params: readonly (readonly [string, string])[]): string {
  const pairs = (params.length > 0 ? params : defaultParams).flat();
  return (encodeRequest(pairs, false) ?? '') + endOfBody;
}

/** ngx_http_upstream_check_fastcgi_parse: the first record of STDOUT decides. */
function judgeFastcgi(received: Buffer, classes: readonly number[]): boolean | undefined {
  let output = '';
  let bad = false;
  const verdict = new RecordReader().feed(received, {
    stdout: (piece) => {
      output += piece.toString('latin1');
    },
    stderr: () => {
      bad = true;
    },
    stdoutClosed: () => {
      bad = bad || output === '';
    },
  });
  if (bad || verdict === 'invalid') return false;
  if (!/\r?\n\r?\n/.test(output)) return verdict === 'more' ? undefined : false;
  const status = /(?:^|\n)Status: *(\d)/i.exec(output);
  return status === null || classes.length === 0 || classes.includes(Number(status[1]));
}

/** A ClientHello of TLS 1.2 without a name, 13 suites, as the module sends it; its random bytes are no secret. */
const clientHello =
  '\x16\x03\x01\0\x6f\x01\0\0\x6b\x03\x03\0\0\0\0' +
  'a check sends the same bytes' +
  '\0\0\x1a\xc0\x2b\xc0\x2f\xcc\xa9\xcc\xa8\xc0\x0a\xc0\x09\xc0\x13\xc0\x14\0\x33\0\x39\0\x2f\0\x35\0\x0a\x01\0' +
  '\0\x28\0\x0a\0\x08\0\x06\0\x17\0\x18\0\x19\0\x0d\0\x18\0\x16\x04\x01\x05\x01\x06\x01\x02\x01\x04\x03\x05\x03\x06\x03\x02\x03\x05\x02\x04\x02\x02\x02';
