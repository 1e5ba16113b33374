/*
 * What lies under node:net: sockets as libuv hands them to Node, without the stream classes above them. A request
 * through them costs a third less. They are nobody's public interface, so what is here is looked at once, and anything
 * unexpected means that node:net is used as it is.
 */

/** A request to libuv that may be answered later. */
export interface Pending {
  oncomplete: (this: Pending, status: number, handle: TcpHandle) => void;
}

/** `uv_tcp_t`. Calls return 0, or what is wrong as a negative number. */
export interface TcpHandle {
  onread: (this: TcpHandle) => Buffer | undefined;
  bind(host: string, port: number): number;
  bind6(host: string, port: number, flags: number): number;
  connect(request: Pending, host: string, port: number): number;
  connect6(request: Pending, host: string, port: number): number;
  setNoDelay(on: boolean): number;
  getsockname(out: Place): number;
  getpeername(out: Place): number;
  /** What is read goes into that memory, which somebody must hold; `onread` may return other memory for the next time. */
  useUserBuffer(bytes: Buffer): number;
  readStart(): number;
  readStop(): number;
  writeLatin1String(request: Pending, text: string): number;
  writeBuffer(request: Pending, bytes: Buffer): number;
  /** `all`: the chunks are buffers; otherwise each is followed by its encoding. */
  writev(request: Pending, chunks: readonly unknown[], all: boolean): number;
  shutdown(request: Pending): number;
  close(closed: (this: TcpHandle) => void): void;
  /** Closes with RST. */
  reset(closed: (this: TcpHandle) => void): number;
}

/** Where `getsockname` and `getpeername` put an address. */
export interface Place {
  address?: string;
  port?: number;
}

/** A listening handle. */
export interface ServerHandle {
  onconnection: (error: number, handle: TcpHandle | undefined) => void;
}

/** The constructors, and the numbers that calls leave behind. */
export interface Bindings {
  readonly TCP: new (kind: number) => TcpHandle;
  readonly TCPConnectWrap: new () => Pending;
  readonly WriteWrap: new () => Pending;
  readonly ShutdownWrap: new () => Pending;
  readonly state: Int32Array;
  /** Indices into `state`: the bytes read or an error; whether the last write goes on. */
  readonly readResult: number;
  readonly wroteLater: number;
  /** For `new TCP`: a connection. */
  readonly connection: number;
}

/** Releases of Node on which the tests of this folder have run. */
const known = { oldest: 20, newest: 24 };

const methods = [
  ...['bind', 'bind6', 'connect', 'connect6', 'setNoDelay', 'getsockname', 'getpeername', 'reset', 'close', 'shutdown'],
  ...['useUserBuffer', 'readStart', 'readStop', 'writeLatin1String', 'writeBuffer', 'writev'],
];

let found: Bindings | null | undefined;

/** What this Node has, or null when it is not what we know. `NGINXRUN_SOCKETS=net` does without. */
export function nodeBindings(): Bindings | null {
  if (found === undefined) found = process.env.NGINXRUN_SOCKETS === 'net' || isStrict() ? null : find();
  return found;
}

/** True when Node would complain about it. */
function isStrict(): boolean {
  const { NODE_OPTIONS = '', NODE_PENDING_DEPRECATION = '0' } = process.env;
  const flags = `${process.execArgv.join(' ')} ${NODE_OPTIONS}`;
  return NODE_PENDING_DEPRECATION === '1' || flags.includes('--pending-deprecation') || flags.includes('permission');
}

function find(): Bindings | null {
  const major = Number.parseInt(process.versions.node, 10);
  const { binding } = process as unknown as { binding?: (name: string) => Record<string, unknown> };
  if (!binding || major < known.oldest || major > known.newest || 'bun' in process.versions || 'deno' in process.versions)
    return null;
  try {
    const stream = binding.call(process, 'stream_wrap');
    const tcp = binding.call(process, 'tcp_wrap');
    const { streamBaseState, kReadBytesOrError, kLastWriteWasAsync, WriteWrap, ShutdownWrap } = stream;
    const constants = tcp.constants as { SOCKET?: unknown } | undefined;
    const all = {
      ...{ TCP: tcp.TCP, TCPConnectWrap: tcp.TCPConnectWrap, WriteWrap, ShutdownWrap },
      ...{ state: streamBaseState, readResult: kReadBytesOrError, wroteLater: kLastWriteWasAsync, connection: constants?.SOCKET },
    };
    return isComplete(all) ? all : null;
  } catch {
    return null;
  }
}

function isComplete(all: { [Name in keyof Bindings]: unknown }): all is Bindings {
  const { TCP, TCPConnectWrap, WriteWrap, ShutdownWrap, state, readResult, wroteLater, connection } = all;
  const classes = [TCP, TCPConnectWrap, WriteWrap, ShutdownWrap].every((made) => typeof made === 'function');
  const numbers = [readResult, wroteLater, connection].every((number) => typeof number === 'number');
  if (!classes || !numbers || !(state instanceof Int32Array)) return false;
  const { prototype } = TCP as { prototype: Record<string, unknown> };
  return methods.every((name) => typeof prototype[name] === 'function');
}
