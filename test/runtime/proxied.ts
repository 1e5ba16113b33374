import type { Socket } from '../../src/host/host.ts';
import { createMemoryHost, type MemoryHost } from '../../src/host/memory.ts';
import type { Flavor } from '../../src/model/check/target.ts';
import { handlers } from '../../src/modules/handlers.ts';
import { loadSource } from '../../src/run/source.ts';
import type { LogSink } from '../../src/runtime/log.ts';
import { type Nginx, startNginx } from '../../src/runtime/run.ts';

/** Text is sent, numbers are milliseconds to wait. */
export type Answer = string | (string | number | 'close' | 'reset')[];

/** A configuration on a machine in memory, with backends that the test plays. */
export class Scenario {
  readonly host: MemoryHost = createMemoryHost();
  /** What backends were sent, in order: `10.0.0.7:80 GET / …`. */
  readonly asked: string[] = [];
  readonly errors: string[] = [];
  readonly access: string[] = [];
  nginx!: Nginx;

  async start(config: string, nginxVersion = '1.28.0', flavor: Flavor = 'oss'): Promise<this> {
    const { model, errors } = loadSource({ files: { 'nginx.conf': config } }, nginxVersion);
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    const logs: LogSink = {
      error: (_, line) => void this.errors.push(line),
      access: (_, lines) => void this.access.push(lines),
    };
    const { value, diagnostics } = await startNginx(model, this.host, {
      nginxVersion,
      flavor,
      rooms: handlers,
      logs,
      logLevel: 'info',
    });
    if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    this.nginx = value;
    return this;
  }

  /** A backend that gives its answers in turn, the last one for ever. */
  async backend(name: string, ...answers: Answer[]): Promise<void> {
    const colon = name.lastIndexOf(':');
    await this.host.network.listen({ kind: 'ip', host: name.slice(0, colon), port: Number(name.slice(colon + 1)) }, (socket) => {
      socket.handler = {
        data: (chunk) => {
          this.asked.push(`${name} ${chunk.toString('latin1')}`);
          const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
          this.play(socket, typeof answer === 'string' ? [answer] : answer);
        },
        end: () => socket.end(),
        closed() {},
      };
    });
  }

  /** Opens a connection to a port, sends, waits, and returns what came back. */
  async send(text: string, milliseconds = 0, port = 80): Promise<string> {
    const client = this.open(port);
    client.send(text);
    await this.host.advance(milliseconds);
    return client.received;
  }

  /** A client that stays. */
  open(port = 80): { send(text: string): void; received: string; closed: boolean; socket: Socket } {
    const socket = this.host.network.connect({ kind: 'ip', host: '127.0.0.1', port }, {});
    const client = { send: (text: string) => void socket.write(text), received: '', closed: false, socket };
    socket.handler = {
      data: (chunk) => {
        client.received += chunk.toString('latin1');
      },
      end: () => {
        client.closed = true;
        socket.end();
      },
      closed: () => {
        client.closed = true;
      },
    };
    return client;
  }

  private play(socket: Socket, [first, ...rest]: (string | number)[]): void {
    if (first === undefined) return;
    if (typeof first === 'number') {
      this.host.clock.after(first, () => this.play(socket, rest));
      return;
    }
    if (first === 'close') socket.end();
    else if (first === 'reset') socket.reset();
    else socket.write(first);
    this.play(socket, rest);
  }
}

/** A response of HTTP/1.1 with a length. */
export function reply(body: string, fields = '', status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\n${fields}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** A request as browsers write it, on one line. */
export function get(uri: string, fields = ''): string {
  return `GET ${uri} HTTP/1.1\r\nHost: example.com\r\n${fields}\r\n`;
}
