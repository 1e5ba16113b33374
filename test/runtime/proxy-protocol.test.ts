import { describe, expect, test } from 'vitest';
import { proxyValue, readProxyHeader } from '../../src/runtime/codec/proxy-protocol.ts';
import { type RunningEngine, startEngine } from '../support/engine.ts';

/* What a socket with `listen … proxy_protocol` takes for its first bytes, and what becomes of them. */

const get = (uri: string) => `GET ${uri} HTTP/1.0\r\n\r\n`;
const signature = '\r\n\r\n\0\r\nQUIT\n';

function binary(command: number, family: number, rest: string): string {
  const head = Buffer.from([command, family, rest.length >> 8, rest.length & 255]);
  return signature + head.toString('latin1') + rest;
}

const value = (type: number, text: string) => String.fromCharCode(type, text.length >> 8, text.length & 255) + text;
const v4 = '\xc0\0\x02\x01\xc0\0\x02\x02\0\x7b\x16\x2e';
const v6 = `\x20\x01\x0d\xb8${'\0'.repeat(11)}\x01\x20\x01\x0d\xb8${'\0'.repeat(11)}\x02\0\x7b\x16\x2e`;

const shown = '$proxy_protocol_addr|$proxy_protocol_port|$proxy_protocol_server_addr|$proxy_protocol_server_port';

function engine(): Promise<RunningEngine> {
  return startEngine(`
    log_format who "$remote_addr:$remote_port"; access_log /log who;
    server {
      listen 80 proxy_protocol;
      set_real_ip_from 127.0.0.1; real_ip_header proxy_protocol;
      location / { return 200 "${shown}"; }
      location /tlv { return 200 "$proxy_protocol_tlv_alpn|$proxy_protocol_tlv_0xae|$proxy_protocol_tlv_ssl_verify|$proxy_protocol_tlv_ssl_cn"; }
      location /odd { return 200 "[$proxy_protocol_tlv_0xzz][$proxy_protocol_tlv_none]"; }
    }`);
}

const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4);

describe('the head', () => {
  test.each([
    ['PROXY TCP4 192.0.2.1 192.0.2.2 123 5678\r\n', '192.0.2.1|123|192.0.2.2|5678', '192.0.2.1:123'],
    ['PROXY TCP6 2001:Db8::1 2001:Db8::2 123 5678\r\n', '2001:Db8::1|123|2001:Db8::2|5678', '2001:db8::1:123'],
    ['PROXY TCP4 192.0.2.1 192.0.2.2 0 1\r\n', '192.0.2.1||192.0.2.2|1', '192.0.2.1:'],
    ['PROXY UNKNOWN\r\n', '|||', '127.0.0.1:50000'],
    ['PROXY UNKNOWN 1 2 3 4 5 6\r\n', '|||', '127.0.0.1:50000'],
    [binary(0x21, 0x11, v4), '192.0.2.1|123|192.0.2.2|5678', '192.0.2.1:123'],
    [binary(0x21, 0x21, v6), '2001:db8::1|123|2001:db8::2|5678', '2001:db8::1:123'],
    [binary(0x20, 0x11, v4), '|||', '127.0.0.1:50000'],
    [binary(0x21, 0x12, v4), '|||', '127.0.0.1:50000'],
    [binary(0x21, 0x31, v4), '|||', '127.0.0.1:50000'],
  ])('%j', async (head, body, who) => {
    const ng = await engine();
    expect(bodyOf(await ng.ask(head + get('/')))).toBe(body);
    expect(ng.accessLog.map((line) => line.replace(/127\.0\.0\.1:\d+$/, '127.0.0.1:50000'))).toEqual([who]);
  });

  test('may come before the request, but only in one piece', async () => {
    const ng = await engine();
    const client = await ng.connect();
    await client.send('PROXY TCP4 192.0.2.1 192.0.2.2 123 5678\r\n');
    expect(client.ended).toBe(false);
    await client.send(get('/'));
    expect(bodyOf(client.received)).toMatch(/^192\.0\.2\.1\|/);
    const slow = await ng.connect();
    await slow.send('PROXY TCP4 192');
    expect([slow.received, slow.ended]).toEqual(['', true]);
  });

  test.each([
    [get('/'), 'broken header: "GET / HTTP/1.0"'],
    ['PROXY TCP5 192.0.2.1 192.0.2.2 123 5678\r\n', 'broken header: "PROXY TCP5 192.0.2.1 192.0.2.2 123 5678"'],
    ['PROXY TCP4 192.0.2.1 192.0.2.2 123 65536\r\n', 'broken header: "PROXY TCP4 192.0.2.1 192.0.2.2 123 65536"'],
    [binary(0x31, 0x11, v4), 'unknown PROXY protocol version: 3'],
    [binary(0x21, 0x11, v4).slice(0, -1), 'header is too large'],
    [binary(0x21, 0x11, v4.slice(1)), undefined],
  ])('is refused: %j', async (bytes, message) => {
    const ng = await engine();
    const client = await ng.connect();
    await client.send(bytes);
    expect([client.received, client.ended, ng.nginx.connections]).toEqual(['', true, 0]);
    const where = ' while reading PROXY protocol, client: 127.0.0.1, server: 127.0.0.1:80';
    const said = ng.errors.map((line) => line.replace(/^.*?\[error\] \S+ \*\d+ /, ''));
    expect(said).toEqual(message === undefined ? [] : [message + where]);
  });

  test('is waited for as long as a request', async () => {
    const ng = await engine();
    const client = await ng.connect();
    await ng.host.advance(59_999);
    expect(client.ended).toBe(false);
    await ng.host.advance(1);
    expect(client.ended).toBe(true);
  });
});

describe('typed values', () => {
  const ssl = `\x01\0\0\0\xff${value(0x22, 'example.com')}`;
  const all = value(1, 'h2') + value(0x20, ssl) + value(0xae, '12345');

  test('by name and by number', async () => {
    const ng = await engine();
    expect(bodyOf(await ng.ask(binary(0x21, 0x11, v4 + all) + get('/tlv')))).toBe('h2|12345|255|example.com');
  });

  test('what nobody knows is empty, and said', async () => {
    const ng = await engine();
    expect(bodyOf(await ng.ask(binary(0x21, 0x11, v4 + all) + get('/odd')))).toBe('[][]');
    expect(ng.errors.join('\n')).toContain('invalid PROXY protocol TLV "0xzz"');
    expect(ng.errors.join('\n')).toContain('unknown PROXY protocol TLV "none"');
  });

  test.each([`\x01\0`, `\x01\0\x05abc`])('a broken list: %j', (values) => {
    const result = readProxyHeader(Buffer.from(binary(0x21, 0x11, v4 + values), 'latin1'));
    if (!('header' in result) || !result.header) throw new Error('no header');
    const said: string[] = [];
    expect(proxyValue(result.header, 'netns', (nginx) => said.push(nginx))).toBeUndefined();
    expect(said).toEqual(['broken PROXY protocol TLV']);
  });
});
