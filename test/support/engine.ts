import { bytesOf, sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Address, Socket } from '../../src/host/host.ts';
import { createMemoryHost, type MemoryHost } from '../../src/host/memory.ts';
import { buildModel, type Model } from '../../src/model/build.ts';
import { handlers } from '../../src/modules/handlers.ts';
import type { Event } from '../../src/runtime/events.ts';
import type { HandlerRoom } from '../../src/runtime/hooks.ts';
import { type Nginx, startNginx } from '../../src/runtime/run.ts';

/** A client's connection: what it sends is text of bytes, what it has got is kept. */
export interface Client {
  readonly received: string;
  readonly ended: boolean;
  /** Why the connection broke: `ECONNRESET`; '' while it has not. */
  readonly failure: string;
  send(bytes: string): Promise<void>;
  /** FIN. */
  finish(): Promise<void>;
  reset(): Promise<void>;
}

/** An engine on a machine in memory. */
export interface RunningEngine {
  readonly host: MemoryHost;
  readonly nginx: Nginx;
  readonly errors: readonly string[];
  readonly accessLog: readonly string[];
  readonly events: Event[];
  connect(port?: number): Promise<Client>;
  /** Everything that one connection answers to these bytes. */
  ask(bytes: string, port?: number): Promise<string>;
}

export interface EngineOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly version?: string;
  /** The modules that act; all there are, unless given. */
  readonly rooms?: readonly HandlerRoom[];
  /** Where relative paths begin. */
  readonly prefix?: string;
  readonly before?: (host: MemoryHost) => void;
}

/** The model of a configuration: of the inside of `http`, or of a whole nginx.conf when it has `http` itself. */
export function modelOf(text: string): Model {
  const whole = /\bhttp\s*\{/.test(text) ? text : `events { }\nhttp {\n${text}\n}\n`;
  const { value } = loadConfig({
    source: sourceText('nginx.conf', bytesOf(whole)),
    loader: textsLoader({}),
    prefix: '/etc/nginx/',
  });
  return buildModel(value);
}

/** Starts it; throws what is wrong with the configuration. */
export async function startEngine(text: string, options: EngineOptions = {}): Promise<RunningEngine> {
  const { value, diagnostics, ...rest } = await tryEngine(text, options);
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const events: Event[] = [];
  value.events.listener = (event) => events.push(event);
  const { host } = rest;
  const connect = (port = 80) => openClient(host, { kind: 'ip', host: '127.0.0.1', port });
  return {
    ...rest,
    nginx: value,
    events,
    connect,
    async ask(bytes, port) {
      const client = await connect(port);
      await client.send(bytes);
      return client.received;
    },
  };
}

/** Gives the lines of the access log that have come since the last time. */
export function linesOf({ accessLog }: RunningEngine): () => readonly string[] {
  let from = 0;
  return () => accessLog.slice(from, (from = accessLog.length));
}

/** Starts it, or says why not. */
export async function tryEngine(
  text: string,
  { files = {}, version = '1.28.0', prefix = '/etc/nginx/', rooms = handlers, before }: EngineOptions = {},
) {
  const host = createMemoryHost();
  before?.(host);
  for (const [path, content] of Object.entries(files)) host.files.set(path, content);
  const errors: string[] = [];
  const accessLog: string[] = [];
  const logs = {
    error: (_: string, line: string) => void errors.push(line),
    access: (_: string, lines: string) => void accessLog.push(...lines.split('\n').filter((line) => line !== '')),
  };
  const { value, diagnostics } = await startNginx(modelOf(text), host, { nginxVersion: version, rooms, logs, prefix });
  return { host, errors, accessLog, value, diagnostics: diagnostics as readonly Diagnostic[] };
}

async function openClient(host: MemoryHost, address: Address): Promise<Client> {
  const socket: Socket = host.network.connect(address, {});
  let received = '';
  let ended = false;
  let failure = '';
  socket.handler = {
    connected() {},
    data: (chunk) => void (received += chunk.toString('latin1')),
    end: () => void (ended = true),
    closed(error) {
      ended = true;
      failure = error?.errno ?? '';
    },
  };
  await host.settle();
  return {
    get received() {
      return received;
    },
    get ended() {
      return ended;
    },
    get failure() {
      return failure;
    },
    async send(bytes) {
      socket.write(bytes);
      await host.settle();
    },
    async finish() {
      socket.end();
      await host.settle();
    },
    async reset() {
      socket.reset();
      await host.settle();
    },
  };
}
