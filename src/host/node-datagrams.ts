import { createSocket } from 'node:dgram';
import type { Address, DatagramHandler, Datagrams } from './host.ts';
import { systemError } from './node-socket.ts';

/** A connected UDP socket of Node; it does not keep the process alive. */
export function openDatagrams(address: Address, handler: DatagramHandler): Datagrams {
  const host = address.kind === 'ip' ? address.host : '';
  const family = host.includes(':') ? 6 : 4;
  const socket = createSocket({ type: `udp${family}`, lookup: (name, _, found) => found(null, name, family) }).unref();
  let early: Buffer[] | null = [];
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    socket.close();
  };
  const fail = (error: Error) => {
    if (closed) return;
    close();
    handler.failed(systemError(error));
  };
  const send = (message: Buffer) => socket.send(message, (error) => error && fail(error));
  socket.on('error', fail);
  socket.on('message', (message) => {
    if (!closed) handler.received(message);
  });
  socket.connect(address.kind === 'ip' ? address.port : 0, host, () => {
    if (closed) return;
    for (const message of early ?? []) send(message);
    early = null;
  });
  return {
    send(message) {
      if (closed) return;
      if (early) early.push(message);
      else send(message);
    },
    close,
  };
}

/** What `openDatagrams` gives for an address that may not be reached. */
export function forbiddenDatagrams(handler: DatagramHandler): Datagrams {
  let closed = false;
  setImmediate(() => {
    if (!closed) handler.failed({ errno: 'EPERM' });
  });
  return {
    send() {},
    close() {
      closed = true;
    },
  };
}
