// Two backends that answer every request with the same bytes, as cheaply as Node can; prints their ports.
import { type AddressInfo, createServer } from 'node:net';

const body = 'x'.repeat(64);
const response = (connection: string) =>
  Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: ${connection}\r\n\r\n${body}`);
const closing = response('close');
const keeping = response('keep-alive');

const ports = [0, 0].map(
  () =>
    new Promise<number>((resolve) => {
      const server = createServer({ noDelay: true }, (socket) => {
        socket.on('error', () => {});
        socket.on('data', (chunk) => {
          if (chunk.includes('Connection: close')) socket.end(closing);
          else socket.write(keeping);
        });
      });
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    }),
);
console.log((await Promise.all(ports)).join(' '));
