import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startEngine } from '../support/engine.ts';

/* What pages cannot show of Server Side Includes: bodies in pieces, slow subrequests, limits, the error log. */

const config = `
  default_type text/html;
  limit_req_zone k zone=z:64k rate=1r/s;
  server { listen 80; root /www; ssi on;
    location /proxy { proxy_buffering off; proxy_pass http://127.0.0.1:82; }
    location /packed { gzip on; gzip_http_version 1.0; gzip_min_length 0; try_files /waits.html =404; }
    location /slow { ssi off; proxy_pass http://127.0.0.1:81; }
    location = /small { subrequest_output_buffer_size 5; return 200 "$args"; }
    location /latin { charset iso-8859-1; try_files /latin.html =404; }
    location /utf8 { charset utf-8; source_charset utf-8; return 200 "é"; }
  }
  charset_map iso-8859-1 utf-8 { E9 C3A9; }
  server { listen 81; location / { limit_req zone=z burst=9; try_files /none @slow; } location @slow { return 200 "<slow>"; } }`;

const files = {
  '/www/part.html': '<!--#echo var="uri" -->',
  '/www/waits.html':
    'a<!--#include virtual="/second.html" -->b<!--#include virtual="/slow" wait="yes" -->c<!--#echo var="set" -->',
  '/www/second.html': '<!--#include virtual="/slow" wait="yes" --><!--#set var="set" value="yes" -->second',
  '/www/small.html': '<!--#include virtual="/small?$args" set="x" --><!--#echo var="x" -->',
  '/www/latin.html': '<!--#include virtual="/utf8" -->',
};

const body = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);

/** The same, with an upstream on port 82 that sends these pieces one after the other and tells how often it had to wait. */
async function startWith(pieces: readonly string[]) {
  const state = { waited: 0 };
  const ng = await startEngine(config, {
    files,
    before: ({ network }) =>
      void network.listen({ kind: 'ip', host: '127.0.0.1', port: 82 }, (socket) => {
        const more = (at: number): void => {
          const piece = pieces[at];
          if (piece === undefined) socket.end();
          else if (socket.write(piece)) more(at + 1);
          else {
            state.waited++;
            socket.handler.drained = () => more(at + 1);
          }
        };
        const data = () => {
          socket.write('HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n');
          more(0);
        };
        socket.handler = { data, end() {}, closed() {} };
      }),
  });
  return { ng, state };
}

describe('ssi', () => {
  const page = [
    '<<!-<!--x<!--#echo var="uri"--><!--# set var="a" value="\\"b" --><!--#echo',
    ' var="a" encoding="none"--><!--#block name="c"--><<!--#echo var="a"--><!--#endblock-->',
    '<!--#include virtual="/none" stub="c" --><!--#bad --y--><!--#include virtual="/part.html"-->.<!--#if expr=""-->no<!--#else -->else<!--#endif--><!-',
  ].join('');
  const expected = '<<!-<!--x/proxy"b<&quot;b[an error occurred while processing the directive]/part.html.else';

  test('a page is the same however it is cut', async () => {
    for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 17, 23, 50, 100, page.length]) {
      const { ng } = await startWith(page.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []);
      expect(body(await ng.ask('GET /proxy HTTP/1.0\r\n\r\n'))).toBe(expected);
    }
  });

  test('a page waits for its subrequest, and its upstream for the page', async () => {
    const { ng, state } = await startWith([
      '<!--#include virtual="/slow" wait="yes" -->',
      ...Array.from({ length: 100 }, () => 'x'.repeat(10_000)),
    ]);
    await ng.ask('GET / HTTP/1.0\r\n\r\n', 81);
    const client = await ng.connect();
    await client.send('GET /proxy HTTP/1.0\r\n\r\n');
    expect(state.waited).toBeGreaterThan(0);
    await ng.host.advance(1000);
    expect(body(client.received)).toBe(`<slow>${'x'.repeat(1_000_000)}`);
  });

  test('a subrequest that waits for another one writes in its place; gzip sees it all', async () => {
    const ng = await startEngine(config, { files });
    await ng.ask('GET / HTTP/1.0\r\n\r\n', 81);
    const client = await ng.connect();
    await client.send('GET /waits.html HTTP/1.0\r\n\r\n');
    const packed = await ng.connect();
    await packed.send('GET /packed HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n');
    await ng.host.advance(4000);
    expect(body(client.received)).toBe('a<slow>secondb<slow>cyes');
    expect(gunzipSync(Buffer.from(body(packed.received), 'latin1')).toString()).toBe('a<slow>secondb<slow>cyes');
  });

  test('what is set is no longer than subrequest_output_buffer_size', async () => {
    const ng = await startEngine(config, { files });
    expect(body(await ng.ask('GET /small.html?12345 HTTP/1.0\r\n\r\n'))).toBe('12345');
    expect(await ng.ask('GET /small.html?123456 HTTP/1.0\r\n\r\n')).toBe('');
    expect(ng.errors.at(-1)).toContain(
      'too big subrequest response: 6, client: 127.0.0.1, server: , request: "GET /small.html?123456 HTTP/1.0", subrequest: "/small"',
    );
  });

  test('subrequests get the charset of the page', async () => {
    const ng = await startEngine(config, { files });
    expect(body(await ng.ask('GET /latin HTTP/1.0\r\n\r\n'))).toBe('\xe9');
  });

  test('mistakes are logged in nginx’s words', async () => {
    const { ng } = await startWith([
      '<!--#x--><!--#echo var="a" y--><!--#echo var="a"b--><!--#echo - --><!--#echo --><!--#if expr="a ~"--><!--#endif-->',
      '<!--#include file="../a"--><!--#set var="a" value="${b"--><!--#if expr="a=/(/" -->',
    ]);
    await ng.ask('GET /proxy HTTP/1.0\r\n\r\n');
    const said = ng.errors.map((line) => line.replace(/^.*?\*\d+ /, '').replace(/, client: .*$/, ''));
    expect(said).toEqual([
      'invalid SSI command: "x"',
      'unexpected "-" symbol after "y" parameter in "echo" SSI command',
      'unexpected "b" symbol after "a" value of "var" parameter in "echo" SSI command',
      'unexpected " " symbol in "echo" SSI command',
      'mandatory "var" parameter is absent in "echo" SSI command',
      'invalid expression in "a ~"',
      'invalid context of SSI command: "endif"',
      'unsafe URI "/../a" was detected',
      'the closing bracket in "b" variable is missing',
      'pcre2_compile() failed: missing closing parenthesis in "("',
    ]);
  });
});
