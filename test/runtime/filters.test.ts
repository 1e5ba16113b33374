import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startEngine } from '../support/engine.ts';

/* Filters that change bodies, with bodies that come in pieces. */

/** An upstream on port 81 that sends these pieces, one after the other; the head is the first. */
async function startWith(settings: string, pieces: readonly string[], fields = '') {
  return startEngine(`server { listen 80; default_type text/html; location / { proxy_pass http://127.0.0.1:81; ${settings} } }`, {
    before: ({ network }) =>
      void network.listen({ kind: 'ip', host: '127.0.0.1', port: 81 }, (socket) => {
        const data = () => {
          socket.write(`HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n${fields}\r\n`);
          for (const piece of pieces) socket.write(Buffer.from(piece, 'latin1'));
          socket.end();
        };
        socket.handler = { data, end: () => socket.end(), closed() {} };
      }),
  });
}

const get = 'GET / HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n';
const body = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);

/** Every way to cut a text into pieces of one length. */
const cuts = (text: string): string[][] =>
  Array.from({ length: text.length }, (_, size) => text.match(new RegExp(`[\\s\\S]{1,${size + 1}}`, 'g')) ?? []);

describe('sub_filter', () => {
  for (const [settings, text, expected] of [
    ['sub_filter_once off; sub_filter abcab X; sub_filter bc Y;', 'abcabcab-bcab-abca', 'Xcab-Yab-abca'],
    ['sub_filter ab X; sub_filter b Y;', 'babab', 'YXab'],
    ['sub_filter_once off; sub_filter </head> <x></head>;', '<h></HEAD></head', '<h><x></head></head'],
    ['sub_filter_once off; sub_filter é e;', '\xe3\xa9\xc3\xa9', '\xe3\xa9e'],
    ['sub_filter_once off; sub_filter aab "";', 'aaaabaab', 'aa'],
  ] as const) {
    test(`${settings} however "${text}" is cut`, async () => {
      for (const pieces of cuts(text)) {
        const ng = await startWith(`proxy_buffering off; ${settings}`, pieces);
        expect(body(await ng.ask(get))).toBe(expected);
      }
    });
  }
});

describe('gzip', () => {
  test('is flushed with proxy_buffering off', async () => {
    const ng = await startEngine(
      'server { listen 80; location / { gzip on; gzip_http_version 1.0; proxy_buffering off; proxy_pass http://127.0.0.1:81; } }',
      {
        before: ({ network }) =>
          void network.listen({ kind: 'ip', host: '127.0.0.1', port: 81 }, (socket) => {
            const data = () => void socket.write('HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\nfirst');
            socket.handler = { data, end() {}, closed() {} };
          }),
      },
    );
    const sent = Buffer.from(body(await ng.ask(get)), 'latin1');
    expect(gunzipSync(sent, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe('first');
  });

  test('large bodies, in pieces, and back again', async () => {
    const pieces = Array.from({ length: 50 }, (_, at) => `${at}`.repeat(5000));
    const ng = await startWith('gzip on; gzip_http_version 1.0;', pieces);
    const answer = await ng.ask(get);
    expect(answer).toContain('Content-Encoding: gzip\r\n');
    expect(gunzipSync(Buffer.from(body(answer), 'latin1')).toString()).toBe(pieces.join(''));
    const packed = gzipSync(pieces.join('')).toString('latin1');
    const back = await startWith('gunzip on;', packed.match(/[\s\S]{1,100}/g) ?? [], 'Content-Encoding: gzip\r\n');
    expect(body(await back.ask('GET / HTTP/1.0\r\n\r\n'))).toBe(pieces.join(''));
  });

  test('$gzip_ratio is for logs', async () => {
    const ng = await startEngine(
      'log_format r "$gzip_ratio"; access_log /log r; default_type text/html; gzip on; server { listen 80; location / { return 200 "twenty bytes or more of a text"; } }',
    );
    await ng.ask('GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n');
    await ng.ask('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    expect(ng.accessLog).toEqual(['0.60', '-']);
  });

  test('what is no gzip ends, and is named', async () => {
    const ng = await startWith('gunzip on;', ['no gzip at all'], 'Content-Encoding: gzip\r\n');
    expect(body(await ng.ask('GET / HTTP/1.0\r\n\r\n'))).toBe('');
    expect(ng.errors.join('\n')).toContain('inflate() failed: incorrect header check');
  });
});

test('parts of large files', async () => {
  const content = Array.from({ length: 100_000 }, (_, at) => `${at} `).join('');
  const ng = await startEngine('server { listen 80; root /www; }', { files: { '/www/a': content } });
  const part = (range: string) => ng.ask(`GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nRange: bytes=${range}\r\n\r\n`);
  expect(body(await part('262140-300000'))).toBe(content.slice(262_140, 300_001));
  expect(body(await part('-3'))).toBe(content.slice(-3));
  const two = await part('0-1,262143-262145');
  expect(two).toContain(`/${content.length}\r\n\r\n0 \r\n--`);
  expect(two).toContain(`/${content.length}\r\n\r\n${content.slice(262_143, 262_146)}\r\n--`);
});

test('trailers', async () => {
  const ng = await startEngine(
    'server { listen 80; add_trailer A $host; add_trailer B $sent_trailer_a; add_trailer C ""; location / { return 200 x; } }',
  );
  const answer = await ng.ask('GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  expect(body(answer)).toBe('1\r\nx\r\n0\r\nA: h\r\nB: h\r\n\r\n');
  expect(body(await ng.ask('GET / HTTP/1.0\r\nHost: h\r\n\r\n'))).toBe('x');
});
