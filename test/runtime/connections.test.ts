import { describe, expect, test } from 'vitest';
import { modelOf, startEngine, tryEngine } from '../support/engine.ts';

const ok = 'server { listen 80; location / { return 200 "$connection_requests\\n"; } }';
const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

/** How many responses a text holds. */
const count = (text: string) => text.split('HTTP/1.1 ').length - 1;

describe('connections', () => {
  test('live on for keepalive_timeout', async () => {
    const { connect, host } = await startEngine(ok);
    const client = await connect();
    await client.send(get);
    await host.advance(74_000);
    await client.send(get);
    await host.advance(74_999);
    expect([count(client.received), client.ended]).toEqual([2, false]);
    await host.advance(1);
    expect(client.ended).toBe(true);
  });

  test('are closed after keepalive_requests', async () => {
    const { connect } = await startEngine(`keepalive_requests 2; ${ok}`);
    const client = await connect();
    await client.send(get + get + get);
    expect([count(client.received), client.ended]).toEqual([2, true]);
    expect(client.received).toContain('Connection: close');
  });

  test.each([
    ['nothing', '', 0],
    ['half a head', 'GET / HT', 408],
  ])('that send %s are closed after client_header_timeout, without an answer', async (_, bytes, status) => {
    const { connect, host, events } = await startEngine(`client_header_timeout 7s; ${ok}`);
    const client = await connect();
    await client.send(bytes);
    await host.advance(6999);
    expect(client.ended).toBe(false);
    await host.advance(1);
    expect([client.ended, client.received]).toEqual([true, '']);
    expect(events.flatMap((event) => (event.type === 'done' ? [event.status] : []))).toEqual(status === 0 ? [] : [status]);
  });

  test('take a head byte by byte, and several at once', async () => {
    const { connect } = await startEngine(ok);
    const client = await connect();
    for (const byte of get) await client.send(byte);
    await client.send(get.slice(0, 10));
    await client.send(get.slice(10) + get + get.slice(0, 5));
    await client.send(get.slice(5));
    expect(client.received.match(/^\d$/gm)).toEqual(['1', '2', '3', '4']);
  });

  test('throw away a body that nobody reads, and go on behind it', async () => {
    const { connect } = await startEngine(ok);
    const client = await connect();
    await client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc');
    await client.send(`def${get}`);
    await client.send('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n');
    await client.send(`0\r\nTrailer: x\r\n\r\n${get}`);
    expect(client.received.match(/^\d$/gm)).toEqual(['1', '2', '3', '4']);
  });

  test('that stay silent in the middle of such a body are closed', async () => {
    const { connect, host } = await startEngine(`lingering_timeout 3s; ${ok}`);
    const client = await connect();
    await client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc');
    await host.advance(3000);
    expect(client.ended).toBe(true);
  });

  test.each([
    ['keepalive_requests 4; keepalive_timeout 60;', 'GET', 'keep-alive'],
    ['keepalive_requests 4;', 'GET', 'close'],
    ['keepalive_timeout 60;', 'GET', 'close'],
    ['keepalive_requests 4; keepalive_timeout 60;', 'POST', 'close'],
    ['keepalive_requests 4; keepalive_timeout 60; keepalive_disable none;', 'POST', 'keep-alive'],
  ])('live on as their location says: %s %s', async (lines, method, says) => {
    const { ask } = await startEngine(
      `server { listen 80; keepalive_requests 1; keepalive_timeout 0; location / { ${lines} return 200 x; } }`,
    );
    const request = `${method} / HTTP/1.1\r\nHost: a\r\nUser-Agent: MSIE 5.0\r\n\r\n`;
    expect(await ask(request)).toContain(`\r\nConnection: ${says}\r\n`);
  });

  test.each([
    ['1.28.0', 'a:80', 400],
    ['1.28.0', '/', 405],
    ['1.30.0', 'a:80', 405],
    ['1.30.0', 'a:', 405],
    ['1.30.0', 'a', 400],
    ['1.30.0', '/', 400],
    ['1.31.5', '[::1]:80', 405],
    ['1.31.5', 'a:', 400],
  ])('nginx %s answers CONNECT %s with %i', async (version, target, status) => {
    const { ask } = await startEngine(ok, { version });
    expect(await ask(`CONNECT ${target} HTTP/1.1\r\nHost: a\r\n\r\n`)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test.each([
    ['is closed at once', '', get.replace('1.1', '1.0'), 0],
    ['waits for the rest of what the client sends', '', `POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\nx${get}`, 5000],
    ['waits lingering_timeout', 'lingering_timeout 2s;', `POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\nx`, 2000],
    ['never waits with lingering_close off', 'lingering_close off;', `POST / HTTP/1.0\r\nContent-Length: 1\r\n\r\nx`, 0],
    ['always waits with lingering_close always', 'lingering_close always;', get.replace('1.1', '1.0'), 5000],
  ])('that %s after the last response', async (_, lines, bytes, milliseconds) => {
    const { connect, host, nginx } = await startEngine(lines + ok);
    const client = await connect();
    await client.send(bytes);
    expect([count(client.received), client.ended]).toEqual([1, true]);
    if (milliseconds > 0) {
      await host.advance(milliseconds - 1);
      expect(nginx.connections).toBe(1);
      await host.advance(1);
    }
    expect(nginx.connections).toBe(0);
  });

  test('with a broken body that nobody reads get 400', async () => {
    const { ask } = await startEngine(ok);
    const post = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(await ask(`${post}4\r\nSEE-THIS\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await ask(`${post}4\r\nSEE-\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('end when the client ends them', async () => {
    const { connect, nginx } = await startEngine(ok);
    const client = await connect();
    await client.send(get);
    expect(nginx.connections).toBe(1);
    await client.finish();
    expect([client.ended, nginx.connections]).toEqual([true, 0]);
  });
});

describe('reload', () => {
  test('closes idle connections and answers with the new configuration', async () => {
    const { connect, nginx, ask, host } = await startEngine('server { listen 80; return 200 old; }');
    const client = await connect();
    await client.send(get);
    expect(await nginx.reload(modelOf('server { listen 80; return 200 new; } server { listen 81; return 200 more; }'))).toEqual(
      [],
    );
    await host.settle();
    expect(client.ended).toBe(true);
    expect(await ask(get)).toContain('new');
    expect(await ask(get, 81)).toContain('more');
  });

  test('lets connections that have not asked anything ask once', async () => {
    const { connect, nginx } = await startEngine(ok);
    const client = await connect();
    await nginx.reload(modelOf(ok));
    await client.send(get + get);
    expect([count(client.received), client.ended]).toEqual([1, true]);
  });

  test('leaves idle connections open for keepalive_min_timeout, and takes one request more', async () => {
    const text = 'keepalive_min_timeout 3s; server { listen 80; return 200 x; location / { return 200 x; } }';
    const { connect, nginx, host } = await startEngine(text);
    const [silent, talking] = [await connect(), await connect()];
    await silent.send(get);
    await talking.send(get);
    await host.advance(1000);
    await nginx.reload(modelOf(text));
    await host.advance(1999);
    expect([silent.ended, talking.ended]).toEqual([false, false]);
    await talking.send(get);
    expect([count(talking.received), talking.ended]).toEqual([2, true]);
    expect(talking.received.match(/Connection: .*/g)).toEqual(['Connection: keep-alive', 'Connection: close']);
    await host.advance(1);
    expect(silent.ended).toBe(true);
  });

  test('tells when the connections that it found are gone, or cuts them after worker_shutdown_timeout', async () => {
    const text = 'server { listen 80; location / { auth_delay 10s; auth_basic x; auth_basic_user_file u; } }';
    const { connect, nginx, host } = await startEngine(text, { files: { '/etc/nginx/u': '' } });
    const told: string[] = [];
    const reload = (name: string, timeout: number | null) =>
      nginx.reload(modelOf(text), { timeout, retired: () => void told.push(name) });
    const first = await connect();
    await first.send(get);
    await reload('finishes', null);
    const second = await connect();
    await second.send(get);
    await reload('is cut', 2000);
    await reload('had none', null);
    expect(told).toEqual(['had none']);
    await host.advance(2000);
    expect([told, second.ended, second.received]).toEqual([['had none', 'is cut'], true, '']);
    await host.advance(8000);
    expect(told).toEqual(['had none', 'is cut', 'finishes']);
    expect(first.received).toMatch(/^HTTP\/1\.1 401 /);
    expect(first.received).toContain('\r\nConnection: close\r\n');
  });

  test('keeps the old configuration when the new one cannot be run', async () => {
    const { nginx, ask } = await startEngine('server { listen 80; return 200 old; }');
    const [first] = await nginx.reload(modelOf('server { listen 80; return 200 $nothing_of_that_name; }'));
    expect(first?.message).toBe('unknown "nothing_of_that_name" variable');
    expect(await ask(get)).toContain('old');
  });
});

describe('listening', () => {
  test('an address of its own shares the socket of the wildcard', async () => {
    const { nginx, connect } = await startEngine(
      'server { listen 80; return 200 any; } server { listen 127.0.0.1:80; return 200 loopback; } server { listen 10.0.0.1:81; return 200 other; }',
      { before: (host) => void host.network.localAddresses.add('10.0.0.1') },
    );
    expect(nginx.listeners.map(({ configured }) => configured)).toEqual([
      { kind: 'ip', host: '0.0.0.0', port: 80 },
      { kind: 'ip', host: '10.0.0.1', port: 81 },
    ]);
    const client = await connect();
    await client.send(get);
    expect(client.received).toContain('loopback');
  });

  test('says why it cannot', async () => {
    const { value, diagnostics } = await tryEngine('server { listen 80; return 200 x; }', {
      before: (host) => void host.network.listen({ kind: 'ip', host: '0.0.0.0', port: 80 }, () => {}),
    });
    expect(value).toBeNull();
    expect(diagnostics.map(({ message }) => message)).toEqual(['bind() to 0.0.0.0:80 failed (98: Address already in use)']);
  });
});

test('what is not run is named', async () => {
  const { nginx } = await startEngine(
    'worker_processes 4;\nevents { worker_connections 10; }\nhttp { geoip_proxy 10.0.0.1; sendfile on; server { listen 80 ssl; location / { auth_basic x; nonsense 1; root /; } } }\nstream { server { listen 1; } }',
  );
  expect(nginx.notRun.map(({ directive, why }) => `${directive.name}: ${why}`).sort()).toMatchInlineSnapshot(`
    [
      "geoip_proxy: its module is known, but not run",
      "listen: ssl is not run: nothing listens at 0.0.0.0:80",
      "nonsense: no module that is known has it",
      "sendfile: has no effect here",
      "stream: its module is known, but not run",
      "worker_connections: has no effect here",
      "worker_processes: has no effect here",
    ]
  `);
});

test('events tell the story of a request', async () => {
  const { ask, events } = await startEngine('server { listen 80; server_name a; location /x { return 404; } }');
  await ask('GET /x HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(events.map(({ type }) => type)).toEqual(['request', 'server', 'location', 'done']);
  expect(events.at(-1)).toMatchObject({ type: 'done', status: 404, location: '/x', server: 'a' });
});

test('the access log has a line for each request', async () => {
  const { ask, accessLog, host } = await startEngine(
    'log_format f \'$remote_addr "$request" $status $body_bytes_sent "$http_x" $request_length\'; access_log /log f; server { listen 80; return 200 hello; }',
  );
  await ask('GET /a HTTP/1.1\r\nHost: a\r\nX: "\\\xe9\r\n\r\nGET / HTTP/1.1\r\n\r\n');
  await host.settle();
  expect(accessLog).toEqual([
    '127.0.0.1 "GET /a HTTP/1.1" 200 5 "\\x22\\x5C\\xE9" 36',
    '127.0.0.1 "GET / HTTP/1.1" 400 157 "-" 18',
  ]);
});
