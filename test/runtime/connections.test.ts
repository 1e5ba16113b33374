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
