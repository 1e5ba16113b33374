/*
 * Everything the engine may ask of the machine. `node.ts` gives it Node's sockets, clock and disk, `memory.ts` a loopback
 * network, a virtual clock and files in memory. Nothing below this room knows which.
 */

export interface Host {
  readonly clock: Clock;
  readonly network: Network;
  readonly files: Files;
  /** Files in memory, for what is not to be written to the disk; missing where all of the disk may be changed. */
  readonly spare?: Files;
  /** The machine's own name, as the system has it. */
  readonly hostname: string;
  /** The number of this process. */
  readonly pid: number;
  /** How many processors the machine has: what `worker_processes auto` asks for. */
  readonly cpus: number;
  /** Uniform in [0, 1). */
  random(): number;
}

export interface Clock {
  /** Wall time in milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that never go back. */
  monotonic(): number;
  /** Calls `run` once, after at least `ms`. Timers never keep a process alive. */
  after(ms: number, run: () => void): Timer;
  /** Calls `run` in a later turn of the event loop. */
  soon(run: () => void): void;
}

export interface Timer {
  cancel(): void;
}

/** `host` is an IP literal without brackets. */
export type Address =
  | { readonly kind: 'ip'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

/** An error of the system by its name: `ECONNREFUSED`, `EADDRINUSE`, `ENOENT` … */
export interface SystemError {
  readonly errno: string;
}

export interface Network {
  /** Resolves when connections are accepted, or to the reason why not. Port 0 picks a free one. */
  listen(address: Address, accept: (socket: Socket) => void): Promise<Listener | SystemError>;
  /** Starts to connect; `connected` or `closed` of the socket's handler tells how it went. */
  connect(address: Address, options: ConnectOptions): Socket;
  /** Opens a UDP socket to one address; what comes from elsewhere is not heard. */
  datagrams(address: Address, handler: DatagramHandler): Datagrams;
  /** IP literals of a host name, in the resolver's order; empty when there are none. */
  resolve(name: string): Promise<readonly string[]>;
  /** True for a name that is itself the host of an address to connect to: no name server is asked for it. */
  isPlaced?(name: string): boolean;
  /** False for an address that is never connected to, whoever is there. */
  mayReach?(address: Address): boolean;
}

/** A UDP socket that talks to one address; what is lost is lost. */
export interface Datagrams {
  send(message: Buffer): void;
  close(): void;
}

export interface DatagramHandler {
  received(message: Buffer): void;
  /** The other side cannot be reached; the socket is closed. */
  failed(error: SystemError): void;
}

export interface ConnectOptions {
  /** Local IP literal to connect from (`proxy_bind`). */
  readonly from?: string;
  /** Local port, with `from`; 0 for any. */
  readonly fromPort?: number;
}

export interface Listener {
  readonly address: Address;
  /** Its number among the open files of this process, where it is one. */
  readonly fd?: number;
  /** Stops accepting; open connections stay. */
  close(): void;
  /** The same, for a socket at which another process goes on listening. */
  leave?(): void;
}

/** A thin stream socket: callbacks, no stream classes. */
export interface Socket {
  readonly local: Address;
  readonly remote: Address;
  /** Receives what happens; set it before the turn ends in which the socket was got. May be replaced at any time. */
  handler: SocketHandler;
  /** Queues bytes (a string is latin1); false when more than the high-water mark is queued: wait for `drained`. */
  write(bytes: Buffer | string): boolean;
  /** Queues several pieces as one. */
  writeAll(pieces: readonly (Buffer | string)[]): boolean;
  /** Sends FIN after what is queued. */
  end(): void;
  /** Closes at once; what is queued may be lost. */
  destroy(): void;
  /** Closes with RST. */
  reset(): void;
  /** Stops and restarts the delivery of data. */
  pause(): void;
  resume(): void;
  /** Bytes written that the system has not taken yet; with 0, nothing that was written is looked at any more. */
  readonly queued: number;
  /** Told while `data` runs that its chunk is not looked at any more: the memory may serve again. */
  recycle?(chunk: Buffer): void;
  /** Makes `local` say something else: for listeners that are not where the configuration has them. */
  relocate?(local: Address): void;
}

export interface SocketHandler {
  connected?(): void;
  /** The chunk belongs to the receiver. */
  data(chunk: Buffer): void;
  /** The other side has sent FIN. */
  end(): void;
  drained?(): void;
  /** Once, last; null after an orderly close. */
  closed(error: SystemError | null): void;
}

/** Paths are byte strings. Synchronous: small files cost less this way than a trip through the thread pool. */
export interface Files extends FileChanges {
  stat(path: string): FileStat | SystemError;
  /** A link itself, not what it leads to: its kind is `other`. */
  statLink(path: string): FileStat | SystemError;
  /** The whole file, or the range of bytes. */
  read(path: string, start?: number, length?: number): Buffer | SystemError;
  /** A file as it is now, whatever takes its place. */
  open(path: string): OpenedFile | SystemError;
  /** Bytes that are free on the file system of a directory. */
  free(path: string): number | SystemError;
  /** Names in a directory, in no order. */
  list(path: string): readonly string[] | SystemError;
  /** The path without links, `.` and `..`: where a file or directory really is. */
  realpath(path: string): string | SystemError;
  /** Adds to the end of a file, creating it. */
  append(path: string, bytes: string): SystemError | undefined;
}

/** What changes the disk. `mode` has permission bits, which the umask does not narrow. */
export interface FileChanges {
  /** Puts a whole file there in one step, in the place of one that is there. */
  write(path: string, bytes: readonly Buffer[], mode: number): SystemError | undefined;
  /** Makes a file that is not there yet, to be written piece by piece. */
  create(path: string, mode: number): NewFile | SystemError;
  /** Puts bytes in the place of those that a file has there. */
  overwrite(path: string, start: number, bytes: Buffer): SystemError | undefined;
  makeDirectory(path: string, mode: number): SystemError | undefined;
  /** Moves a file or directory within one file system. */
  rename(from: string, to: string): SystemError | undefined;
  /** Removes anything but a directory. */
  remove(path: string): SystemError | undefined;
  removeDirectory(path: string): SystemError | undefined;
  /** Says when a file or directory was changed last, in seconds since the epoch. */
  touch(path: string, mtime: number): SystemError | undefined;
}

/** A file that is being written. */
export interface NewFile {
  write(bytes: Buffer): SystemError | undefined;
  close(): void;
}

/** A file that is being read. */
export interface OpenedFile {
  readonly size: number;
  /** Fewer bytes where the file has become shorter, or cannot be read. */
  read(start: number, length: number): Buffer;
  close(): void;
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other';
  readonly size: number;
  /** Whole seconds since the epoch. */
  readonly mtime: number;
  /** Permission bits. */
  readonly mode: number;
  /** The number of the user whose it is. */
  readonly owner: number;
  /** Of `statLink`: it is a link. */
  readonly isLink?: boolean;
}

/** True when a call of the host has failed. */
export function failed(result: unknown): result is SystemError {
  return typeof result === 'object' && result !== null && 'errno' in result;
}

/** One spelling for one address: `127.0.0.1:80`, `[::1]:80`, `unix:/run/x.sock`. */
export function printAddress(address: Address): string {
  if (address.kind === 'unix') return `unix:${address.path}`;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
