import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns';
import { isIP } from 'node:net';

/** Sends single messages to one address and hears nothing; what is lost is lost. */
export interface DatagramSender {
  send(message: Buffer): void;
  close(): void;
}

/** More messages than these do not wait for a name to be looked up. */
const mostWaiting = 1000;

/** A sender to a UDP port; `host` is an IP literal without brackets, or a name that is looked up once. */
export function openDatagrams(host: string, port: number): DatagramSender {
  let address = isIP(host) ? host : null;
  let socket: Socket | null = null;
  const waiting: Buffer[] = [];
  const sendNow = (message: Buffer, to: string): void => {
    if (!socket) {
      const opened = createSocket(isIP(to) === 6 ? 'udp6' : 'udp4').unref();
      opened.on('error', () => {
        opened.close();
        socket = null;
      });
      socket = opened;
    }
    socket.send(message, port, to, () => undefined);
  };
  if (address === null) {
    lookup(host, (_, found) => {
      address = found ?? null;
      if (address !== null) for (const message of waiting.splice(0)) sendNow(message, address);
    });
  }
  return {
    send(message) {
      if (address !== null) sendNow(message, address);
      else if (waiting.length < mostWaiting) waiting.push(message);
    },
    close() {
      socket?.close();
      socket = null;
    },
  };
}
