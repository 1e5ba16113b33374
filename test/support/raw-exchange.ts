import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** Stands behind each request: it is answered when the connection was kept, and ends it. */
const last = 'GET /last HTTP/1.1\r\nHost: last\r\nConnection: close\r\n\r\n';

/**
 * Sends bytes and a last request, and resolves to all that comes back until the server closes. When it is silent for
 * `patience` milliseconds we close our side, so that a server that waits for the rest of a request stops waiting.
 */
export function rawExchange(port: number, bytes: string, patience: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }, () =>
      socket.write(bytes + last, 'latin1'),
    );
    const finish = (how: string) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(received + how);
    };
    let timer: NodeJS.Timeout;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        socket.end();
        received += '<waits>';
        timer = setTimeout(() => finish('<never closed>'), 10_000);
      }, patience);
    };
    timer = setTimeout(() => finish('<not accepted>'), 10_000);
    socket.on('connect', wait);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!received.endsWith('<waits>')) wait();
    });
    socket.on('end', () => finish(''));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') finish('');
      else reject(error);
    });
  });
}

/** A conversation without what may differ: dates, boundaries of parts, how a compressor packs. */
export function comparable(text: string): string {
  const plain = unpacked(text);
  const date = Date.parse(/^Date: (.*)$/m.exec(plain)?.[1] ?? '');
  const relative = plain.replace(/^Expires: (.*)$/gm, (line, expires: string) => {
    const seconds = (Date.parse(expires) - date) / 1000;
    return Math.abs(seconds) < 86_400 ? `Expires: ${seconds} s later` : line;
  });
  return relative.replace(/^Date: .*$/gm, 'Date: …').replace(/\b\d{20}\b/g, 'BOUNDARY');
}

/** Bodies in chunks as one, since where chunks end is chance; what is packed anew for each request, unpacked. */
function unpacked(text: string): string {
  let plain = '';
  let at = 0;
  for (const head of text.matchAll(/^HTTP\/1\.\d \d.*\r\n(?:.+\r\n)*\r\n/gm)) {
    if (head.index < at || /^Content-Length:/m.test(head[0])) continue;
    const from = head.index + head[0].length;
    const chunked = /^Transfer-Encoding: chunked\r$/m.test(head[0]);
    const packed = /^Content-Encoding: gzip\r$/m.test(head[0]);
    if (!chunked && !packed) continue;
    const { body, end } = chunked ? chunksFrom(text, from) : { body: text.slice(from), end: text.length };
    // An answer to HEAD has none.
    const isPacked = packed && body.startsWith('\x1f\x8b');
    plain += `${text.slice(at, from)}<body>${isPacked ? gunzipSync(Buffer.from(body, 'latin1')).toString('latin1') : body}</body>`;
    at = end;
  }
  return plain + text.slice(at);
}

function chunksFrom(text: string, from: number): { body: string; end: number } {
  let body = '';
  let at = from;
  for (;;) {
    const line = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, line), 16);
    if (line < 0 || Number.isNaN(size)) return { body, end: at };
    if (size === 0) return { body, end: line + 2 };
    body += text.slice(line + 2, line + 2 + size);
    at = line + 4 + size;
  }
}
