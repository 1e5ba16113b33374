import { beforeEach, describe, expect, it } from 'vitest';
import type { Socket } from '../../../src/host/host.ts';
import { createMemoryHost, type MemoryHost } from '../../../src/host/memory.ts';
import { nextReasons } from '../../../src/runtime/http/next-reasons.ts';
import { Http1UpstreamRequest } from '../../../src/runtime/http/upstream-http1.ts';
import type { UpstreamConf } from '../../../src/runtime/http/upstream-plan.ts';
import { KeepalivePool } from '../../../src/runtime/upstream/keepalive.ts';
import { makePeer } from '../../../src/runtime/upstream/peer.ts';
import { roundRobin } from '../../../src/runtime/upstream/round-robin.ts';
import type { Upstream } from '../../../src/runtime/upstream/upstream.ts';
import { FakeRequest } from './fake-request.ts';

const defaults: UpstreamConf = {
  family: 'proxy',
  cache: null,
  scheme: 'http://',
  connectTimeout: 60_000,
  sendTimeout: 60_000,
  readTimeout: 60_000,
  nextUpstream: nextReasons.error | nextReasons.timeout,
  nextUpstreamTries: 0,
  nextUpstreamTimeout: 0,
  bufferSize: 4096,
  buffers: { number: 8, size: 4096 },
  maxTempFileSize: 1024 ** 3,
  buffering: true,
  limitRate: () => '',
  ignoreClientAbort: false,
  passRequestHeaders: true,
  passRequestBody: true,
  interceptErrors: false,
  intercept404: false,
  forceRanges: false,
  localAddress: null,
  hiddenHeaders: new Set(['server', 'date']),
  ignoredHeaders: new Set(),
  rewriteRedirect: null,
  rewriteCookie: null,
  absoluteRedirect: true,
  joinsFields: true,
  missingStaysMissing: true,
  earlyHints: true,
  bareLfInChunks: true,
};

/** What a backend does: text is sent when a request has come; numbers are milliseconds to wait. */
type Script = (string | number | 'close' | 'reset')[];

let host: MemoryHost;
let asked: string[];
beforeEach(() => {
  host = createMemoryHost();
  asked = [];
});

async function backend(name: string, ...answers: Script[]): Promise<void> {
  const [hostName = '', port = ''] = name.split(':');
  await host.network.listen({ kind: 'ip', host: hostName, port: Number(port) }, (socket) => {
    socket.handler = {
      data(chunk) {
        asked.push(`${name} ${chunk.toString('latin1')}`);
        play(socket, answers.length > 1 ? (answers.shift() as Script) : (answers[0] as Script));
      },
      end: () => socket.end(),
      closed() {},
    };
  });
}

function play(socket: Socket, [first, ...rest]: Script): void {
  if (first === undefined) return;
  if (typeof first === 'number') {
    host.clock.after(first, () => play(socket, rest));
    return;
  }
  if (first === 'close') socket.end();
  else if (first === 'reset') socket.reset();
  else socket.write(first);
  play(socket, rest);
}

function upstreamOf(names: string[], keepalive = 0): Upstream {
  const peers = names.map((name) => {
    const [at = '', port = ''] = name.split(':');
    return makePeer({ name, address: { kind: 'ip', host: at, port: Number(port) } });
  });
  const group = { upstream: 'u', primaries: peers, backups: [] };
  const pool = keepalive
    ? new KeepalivePool({ connections: keepalive, local: false, requests: 1000, time: 3_600_000, timeout: 60_000 })
    : null;
  return { name: 'u', group, balancer: roundRobin(group), key: () => '', implicit: false, keepalive: pool, sticky: null };
}

const one = ['10.0.0.1:80'];
const two = ['10.0.0.1:80', '10.0.0.2:80'];
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

function start(r: FakeRequest, upstream: Upstream, conf: Partial<UpstreamConf> = {}): Http1UpstreamRequest {
  const env = {
    clock: host.clock,
    network: host.network,
    events: { listener: null, detail: null },
    resolver: null,
    resolverTimeout: 30_000,
    random: () => 0,
  };
  const u = new Http1UpstreamRequest(r.asRequest(), { ...defaults, ...conf }, env);
  u.message = { uri: r.uri, head: `${r.method} ${r.uri} HTTP/1.1\r\n\r\n`, headOnly: r.method === 'HEAD', chunked: false };
  r.readBody((body) => u.start(upstream, body));
  return u;
}

async function run(r: FakeRequest, upstream: Upstream, conf: Partial<UpstreamConf> = {}, milliseconds = 0): Promise<FakeRequest> {
  start(r, upstream, conf);
  await host.advance(milliseconds);
  return r;
}

function attempts(r: FakeRequest): string {
  return (r.upstreamAttempts as { addr: string; status: number }[]).map(({ addr, status }) => `${addr} ${status}`).join(', ');
}

describe('framing', () => {
  const cases: [string, string, Script, number, string, (number | string)[]][] = [
    ['length', 'GET /', [ok], 200, 'hi', ['body', 0]],
    [
      'length in pieces',
      'GET /',
      ['HTTP/1.1 200 OK\r\nConte', 5, 'nt-Length: 4\r', 5, '\n\r\nab', 5, 'cd'],
      200,
      'abcd',
      ['body', 0],
    ],
    ['until close', 'GET /', ['HTTP/1.0 200 OK\r\n\r\nab', 5, 'cd', 'close'], 200, 'abcd', ['body', 0]],
    [
      'chunked',
      'GET /',
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\nT: v\r\n\r\n'],
      200,
      'abcde',
      ['body', 0],
    ],
    [
      'chunks byte by byte',
      'GET /',
      [...'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n'].flatMap((c) => [c, 1]),
      200,
      'abcde',
      ['body', 0],
    ],
    ['no content', 'GET /', ['HTTP/1.1 204 No Content\r\n\r\n'], 204, '', [0]],
    ['not modified', 'GET /', ['HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'], 304, '', [0]],
    ['HEAD', 'HEAD /', ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'], 200, '', [0]],
    ['empty', 'GET /', ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'], 200, '', ['body', 0]],
    ['bare line feeds', 'GET /', ['HTTP/1.1 200 OK\nContent-Length: 2\n\nhi'], 200, 'hi', ['body', 0]],
    ['early hints are passed over', 'GET /', [`HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${ok}`], 200, 'hi', ['body', 0]],
    ['more than was said', 'GET /', [`${ok}more`], 200, 'hi', ['body', 0]],
    ['no HTTP at all', 'GET /', ['plain text', 'close'], 0, 'plain text', ['body', 0]],
    ['cut short', 'GET /', ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab', 'close'], 200, 'ab', [-1]],
    ['chunks cut short', 'GET /', ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab', 'close'], 200, 'ab', [-1]],
    ['broken chunks', 'GET /', ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz'], 200, '', [-1]],
  ];
  for (const [name, line, script, status, body, ended] of cases) {
    it(name, async () => {
      await backend('10.0.0.1:80', script);
      const r = await run(new FakeRequest(line), upstreamOf(one), {}, 1000);
      expect({ status: r.status, body: r.body, ended: r.ended }).toEqual({ status, body, ended });
      expect(host.network.openSockets).toBe(0);
    });
  }
});

describe('heads that cannot be used', () => {
  const cases: [string, string, string][] = [
    ['two lengths', 'Content-Length: 1\r\nContent-Length: 1', 'duplicate header line'],
    ['length and chunked', 'Content-Length: 1\r\nTransfer-Encoding: chunked', 'at the same time'],
    ['unknown encoding', 'Transfer-Encoding: gzip', 'unknown "Transfer-Encoding": "gzip"'],
    ['length that is no number', 'Content-Length: 1x', 'invalid "Content-Length"'],
    ['a blank in a name', 'a b: c', 'upstream sent invalid header: "a\\x20..."'],
    ['a NUL in a value', 'a: b\0', 'upstream sent invalid header'],
    ['too big', `a: ${'x'.repeat(5000)}`, 'upstream sent too big header while reading response header from upstream'],
  ];
  for (const [name, fields, words] of cases) {
    it(name, async () => {
      await backend('10.0.0.1:80', [`HTTP/1.1 200 OK\r\n${fields}\r\n\r\n`]);
      const r = await run(new FakeRequest('GET /'), upstreamOf(one));
      expect(r.ended).toEqual([502]);
      expect(r.logs.join()).toContain(words);
    });
  }
});

describe('the next upstream', () => {
  const cases: [string, string, Script, Partial<UpstreamConf>, string, number | string][] = [
    ['refused', 'GET /', [], {}, '10.0.0.9:80 502, 10.0.0.2:80 200', 0],
    ['closes at once', 'GET /', ['close'], {}, '10.0.0.1:80 502, 10.0.0.2:80 200', 0],
    ['resets', 'GET /', ['reset'], {}, '10.0.0.1:80 502, 10.0.0.2:80 200', 0],
    ['says nothing', 'GET /', [], {}, '10.0.0.1:80 504, 10.0.0.2:80 200', 0],
    ['says nothing, off', 'GET /', [], { nextUpstream: 0 }, '10.0.0.1:80 504', 504],
    ['says nothing, one try', 'GET /', [], { nextUpstreamTries: 1 }, '10.0.0.1:80 504', 504],
    ['says nothing for too long', 'GET /', [], { nextUpstreamTimeout: 30_000 }, '10.0.0.1:80 504', 504],
    ['POST is not repeated', 'POST /', ['close'], {}, '10.0.0.1:80 502', 502],
    [
      'POST is, when asked',
      'POST /',
      ['close'],
      { nextUpstream: nextReasons.error | nextReasons.non_idempotent },
      '10.0.0.1:80 502, 10.0.0.2:80 200',
      0,
    ],
    ['503 is passed on', 'GET /', ['HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n'], {}, '10.0.0.1:80 503', 0],
    [
      '503 is tried again',
      'GET /',
      ['HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n'],
      { nextUpstream: nextReasons.http_503 },
      '10.0.0.1:80 503, 10.0.0.2:80 200',
      0,
    ],
    [
      '404 is tried again',
      'GET /',
      ['HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'],
      { nextUpstream: nextReasons.http_404 },
      '10.0.0.1:80 404, 10.0.0.2:80 200',
      0,
    ],
    ['an invalid head is not', 'GET /', ['HTTP/1.1 200 OK\r\n:\r\n\r\n'], {}, '10.0.0.1:80 502', 502],
    [
      'an invalid head is, when asked',
      'GET /',
      ['HTTP/1.1 200 OK\r\n:\r\n\r\n'],
      { nextUpstream: nextReasons.invalid_header },
      '10.0.0.1:80 502, 10.0.0.2:80 200',
      0,
    ],
  ];
  for (const [name, line, script, conf, expected, end] of cases) {
    it(name, async () => {
      await backend('10.0.0.1:80', script);
      await backend('10.0.0.2:80', [ok]);
      const first = name === 'refused' ? '10.0.0.9:80' : '10.0.0.1:80';
      const upstream = upstreamOf([first, '10.0.0.2:80']);
      const r = await run(new FakeRequest(line, {}, line.startsWith('POST') ? 'x' : ''), upstream, conf, 130_000);
      expect(attempts(r)).toBe(expected);
      expect(r.ended.at(-1)).toBe(end);
      const [peer] = upstream.group.primaries;
      const counted = /refused|closes|resets|nothing|POST|invalid|503 is tried/.test(name) ? 1 : 0;
      expect(peer?.fails).toBe(counted);
      expect(peer?.conns).toBe(0);
    });
  }

  it('the last 503 is passed on and not counted', async () => {
    for (const name of two) await backend(name, ['HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n']);
    const upstream = upstreamOf(two);
    const r = await run(new FakeRequest('GET /'), upstream, { nextUpstream: nextReasons.http_503 });
    expect(attempts(r)).toBe('10.0.0.1:80 503, 10.0.0.2:80 503');
    expect(r.status).toBe(503);
    expect(upstream.group.primaries.map(({ fails }) => fails)).toEqual([1, 0]);
  });

  it('no live upstreams', async () => {
    const upstream = upstreamOf(two);
    await run(new FakeRequest('GET /'), upstream);
    const r = await run(new FakeRequest('GET /'), upstream);
    expect(r.ended).toEqual([502]);
    expect(attempts(r)).toBe('u 502');
    expect(r.logs).toEqual(['[error] no live upstreams while connecting to upstream']);
  });

  it('a black hole is left after the connect timeout', async () => {
    host.network.fault('10.0.0.1:80', 'black-hole');
    await backend('10.0.0.2:80', [ok]);
    const r = await run(new FakeRequest('GET /'), upstreamOf(two), { connectTimeout: 30_000 }, 29_999);
    expect(r.ended).toEqual([]);
    await host.advance(2);
    expect(attempts(r)).toBe('10.0.0.1:80 504, 10.0.0.2:80 200');
    expect(r.logs[1]).toBe('[error] upstream timed out (110: Connection timed out) while connecting to upstream');
  });
});

describe('keepalive', () => {
  it('uses a connection again', async () => {
    await backend('10.0.0.1:80', [ok]);
    const upstream = upstreamOf(one, 2);
    for (let i = 0; i < 3; i++) await run(new FakeRequest('GET /'), upstream);
    expect(host.network.openSockets).toBe(2);
    upstream.keepalive?.stop();
    await host.settle();
    expect(host.network.openSockets).toBe(0);
  });

  it('tries once more for nothing when a kept connection has died', async () => {
    await backend('10.0.0.1:80', [ok], ['close'], [ok]);
    const upstream = upstreamOf(one, 2);
    await run(new FakeRequest('GET /'), upstream);
    const r = await run(new FakeRequest('GET /'), upstream);
    expect(attempts(r)).toBe('10.0.0.1:80 502, 10.0.0.1:80 200');
  });

  it('closes what the upstream wants closed, and what idles too long', async () => {
    await backend('10.0.0.1:80', ['HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'], [ok]);
    const upstream = upstreamOf(one, 2);
    await run(new FakeRequest('GET /'), upstream);
    expect(host.network.openSockets).toBe(0);
    await run(new FakeRequest('GET /'), upstream);
    expect(host.network.openSockets).toBe(2);
    await host.advance(60_001);
    expect(host.network.openSockets).toBe(0);
  });
});

describe('the client', () => {
  it('goes away: 499, and the upstream is closed', async () => {
    await backend('10.0.0.1:80', []);
    const r = await run(new FakeRequest('GET /'), upstreamOf(one));
    r.onClientAbort?.();
    await host.settle();
    expect(r.ended).toEqual([499]);
    expect(host.network.openSockets).toBe(0);
  });

  for (const buffering of [true, false]) {
    it(`is slow, buffering ${buffering ? 'on' : 'off'}`, async () => {
      const piece = 'x'.repeat(30_000);
      await backend('10.0.0.1:80', [`HTTP/1.1 200 OK\r\nContent-Length: 120000\r\n\r\n${piece}`, 1, piece, 1, piece, 1, piece]);
      const r = new FakeRequest('GET /');
      r.slow = true;
      await run(r, upstreamOf(one), { buffering }, 100);
      const atFirst = r.body.length;
      expect(atFirst).toBeLessThan(120_000 + (buffering ? 1 : 0) * 1);
      for (let i = 0; i < 10; i++) {
        r.slow = false;
        r.onWritable?.();
        await host.advance(10);
      }
      expect(r.body.length).toBe(120_000);
      expect(r.ended).toEqual(['body', 0]);
    });
  }

  it('may be slower than the upstream is allowed to be', async () => {
    await backend('10.0.0.1:80', ['HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab', 10, 'cd']);
    const r = new FakeRequest('GET /');
    r.slow = true;
    await run(r, upstreamOf(one), { buffering: false, readTimeout: 1000 }, 5000);
    expect(r.ended).toEqual([]);
    r.slow = false;
    r.onWritable?.();
    await host.advance(100);
    expect(r.ended).toEqual(['body', 0]);
    expect(r.body).toBe('abcd');
  });

  it('gets what an error page says', async () => {
    await backend('10.0.0.1:80', ['HTTP/1.1 404 Nope\r\nContent-Length: 2\r\n\r\nhi']);
    const r = new FakeRequest('GET /');
    r.errorPages.add(404);
    await run(r, upstreamOf(one), { interceptErrors: true });
    expect(r.ended).toEqual([404]);
  });

  it('is sent elsewhere by X-Accel-Redirect', async () => {
    await backend('10.0.0.1:80', [
      'HTTP/1.1 200 OK\r\nX-Accel-Redirect: /file%20a?b=c\r\nSet-Cookie: a=b\r\nX-Else: y\r\nContent-Length: 0\r\n\r\n',
    ]);
    const r = await run(new FakeRequest('GET /'), upstreamOf(one));
    expect(r.ended).toEqual(['redirect /file a?b=c']);
    expect(r.headersOut.list).toEqual(['Set-Cookie', 'a=b']);
  });
});

it('measures each attempt', async () => {
  await backend('10.0.0.1:80', [20, 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab', 30, 'cd']);
  const r = await run(new FakeRequest('GET /'), upstreamOf(one), {}, 100);
  expect(r.upstreamAttempts).toEqual([
    {
      addr: '10.0.0.1:80',
      status: 200,
      connectTime: 0,
      headerTime: 20,
      responseTime: 50,
      responseLength: 4,
      bytesSent: 18,
      bytesReceived: 42,
    },
  ]);
});
