import type { Address, Socket, SystemError } from '../../host/host.ts';
import { type BackendServer, listenAsBackend, type Machine } from './backend-server.ts';
import type { BackendHandler, BackendReply, BackendRequest } from './http-server.ts';

/** A stand-in for the memcached called `peer`: has a value for every key, which says so. */
export function mockMemcachedBackend(peer: string): BackendHandler {
  return ({ uri }) =>
    `nginxrun answers in place of the memcached ${peer}, which cannot be reached from here.\nIt was asked for the key ${uri}\n`;
}

/**
 * Serves `get` of memcached's text protocol with a handler, which sees the key as the URI. A status of 404 is a key that
 * is not there; a header `flags` goes before the value.
 */
export function serveMemcached(
  machine: Machine,
  address: Address,
  handler: BackendHandler,
): Promise<BackendServer | SystemError> {
  return listenAsBackend(machine, address, (socket, gone) => {
    let text = '';
    let turn: Promise<void> = Promise.resolve();
    socket.handler = {
      data(chunk) {
        const lines = (text + chunk.toString('latin1')).split('\r\n');
        text = lines.pop() ?? '';
        for (const line of lines) turn = turn.then(() => answer(socket, line, handler));
      },
      end: () => socket.end(),
      closed: gone,
    };
  });
}

async function answer(socket: Socket, line: string, handler: BackendHandler): Promise<void> {
  const [command = '', key = ''] = line.split(' ');
  if (command !== 'get') {
    socket.write('ERROR\r\n');
    return;
  }
  const reply = await handler(requestOf(line, key));
  if (reply === null) socket.destroy();
  else socket.write(responseOf(key, typeof reply === 'string' ? { body: reply } : reply));
}

function requestOf(line: string, key: string): BackendRequest {
  return { method: 'get', uri: key, requestLine: line, headers: [], header: () => undefined, body: Buffer.alloc(0) };
}

function responseOf(key: string, { status = 200, headers = {}, body = '', raw }: BackendReply): Buffer {
  if (raw !== undefined) return Buffer.from(raw as string, 'latin1');
  if (status !== 200) return Buffer.from('END\r\n', 'latin1');
  const value = Buffer.from(body as string);
  const flags = new Map(Array.isArray(headers) ? headers : Object.entries(headers)).get('flags') ?? '0';
  return Buffer.concat([
    Buffer.from(`VALUE ${key} ${flags} ${value.length}\r\n`, 'latin1'),
    value,
    Buffer.from('\r\nEND\r\n', 'latin1'),
  ]);
}
