// Two backends that answer as cheaply as Node can, with as many bytes as the path says or 64; prints their ports.
import { type AddressInfo, createServer } from 'node:net';

const made = new Map<string, Buffer>();

function response(request: string): Buffer {
  const size = Number(/^GET \/(\d+)/.exec(request)?.[1] ?? 64);
  const connection = request.includes('Connection: close') ? 'close' : 'keep-alive';
  const key = `${size} ${connection}`;
  let bytes = made.get(key);
  if (!bytes) {
    bytes = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\nConnection: ${connection}\r\n\r\n${'x'.repeat(size)}`);
    made.set(key, bytes);
  }
  return bytes;
}

const ports = [0, 0].map(
  () =>
    new Promise<number>((resolve) => {
      const server = createServer({ noDelay: true }, (socket) => {
        socket.on('error', () => {});
        socket.on('data', (chunk) => {
          const request = chunk.toString('latin1');
          if (request.includes('Connection: close')) socket.end(response(request));
          else socket.write(response(request));
        });
      });
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    }),
);
console.log((await Promise.all(ports)).join(' '));
