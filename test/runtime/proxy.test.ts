import { beforeEach, describe, expect, it } from 'vitest';
import { get, reply, Scenario } from './proxied.ts';

let s: Scenario;
beforeEach(() => {
  s = new Scenario();
});

function config(location: string, outside = ''): string {
  return `events { } http { ${outside} server { listen 80; location / { ${location} } } }`;
}

const toOne = 'proxy_pass http://10.0.0.7;';

describe('what is asked, by version', () => {
  const cases: [string, string][] = [
    ['1.22.1', 'GET / HTTP/1.0\r\nX-A: a\r\nHost: 10.0.0.7\r\nConnection: close\r\nProxy-Connection: x\r\n\r\n'],
    ['1.29.7', 'GET / HTTP/1.1\r\nX-A: a\r\nHost: 10.0.0.7\r\nProxy-Connection: x\r\n\r\n'],
    ['1.31.4', 'GET / HTTP/1.1\r\nHost: 10.0.0.7\r\nX-A: a\r\n\r\n'],
  ];
  for (const [version, expected] of cases) {
    it(version, async () => {
      await s.backend('10.0.0.7:80', reply('ok'));
      await s.start(config(`${toOne} proxy_set_header X-A a;`), version);
      await s.send(get('/', 'Proxy-Connection: x\r\n'));
      expect(s.asked).toEqual([`10.0.0.7:80 ${expected}`]);
    });
  }
});

describe('connections to upstreams', () => {
  const block = (keepalive: string) => `upstream u { server 10.0.0.7; ${keepalive} }`;
  const kept = 'proxy_pass http://u; proxy_http_version 1.1; proxy_set_header Connection "";';
  const cases: [string, string, string, number][] = [
    ['are not kept by default', '1.28.0', '', 0],
    ['are kept when asked', '1.28.0', 'keepalive 4;', 1],
    ['are kept by default since 1.29.7', '1.29.7', '', 1],
    ['are not kept when forbidden', '1.29.7', 'keepalive 0;', 0],
  ];
  for (const [name, version, keepalive, idle] of cases) {
    it(name, async () => {
      await s.backend('10.0.0.7:80', reply('ok'));
      await s.start(config(kept, block(keepalive)), version);
      const client = s.open();
      client.send(get('/') + get('/') + get('/'));
      await s.host.advance(10);
      expect(s.asked).toHaveLength(3);
      client.socket.destroy();
      await s.host.advance(10);
      expect(s.host.network.openSockets).toBe(idle * 2);
    });
  }

  it('are limited in number of requests', async () => {
    await s.backend('10.0.0.7:80', reply('ok'));
    await s.start(config(kept, block('keepalive 4; keepalive_requests 2;')));
    for (let i = 0; i < 2; i++) await s.send(get('/', 'Connection: close\r\n'));
    expect(s.host.network.openSockets).toBe(0);
  });
});

describe('waiting', () => {
  it('for a head: 504', async () => {
    await s.backend('10.0.0.7:80', [5000, reply('late')]);
    await s.start(config(`${toOne} proxy_read_timeout 2s;`));
    const answer = await s.send(get('/'), 2100);
    expect(answer).toContain('504 Gateway Time-out');
    expect(s.errors.join()).toContain(
      'upstream timed out (110: Connection timed out) while reading response header from upstream, client: 127.0.0.1',
    );
    expect(s.errors.join()).toContain('upstream: "http://10.0.0.7:80/"');
  });

  it('for the rest: the client is cut off, and does not get what waits for a full buffer', async () => {
    await s.backend('10.0.0.7:80', ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf']);
    await s.start(config(`${toOne} proxy_read_timeout 2s;`));
    const client = s.open();
    client.send(get('/'));
    await s.host.advance(2100);
    expect(client.received).toMatch(/\r\n\r\n$/);
    expect(client.closed).toBe(true);
  });
});

describe('buffering', () => {
  const slowly = ['HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab', 100, 'cd'];

  it('on: the client gets nothing before a buffer is full or the body complete', async () => {
    await s.backend('10.0.0.7:80', slowly);
    await s.start(config(toOne));
    const client = s.open();
    client.send(get('/'));
    await s.host.advance(50);
    expect(client.received).toBe('');
    await s.host.advance(100);
    expect(client.received).toMatch(/\r\n\r\nabcd$/);
  });

  for (const [name, location, fields] of [
    ['off', `${toOne} proxy_buffering off;`, ''],
    ['off for one response', toOne, 'X-Accel-Buffering: no\r\n'],
  ] as const) {
    it(`${name}: the client gets what comes`, async () => {
      await s.backend('10.0.0.7:80', [`HTTP/1.1 200 OK\r\n${fields}Content-Length: 4\r\n\r\nab`, 100, 'cd']);
      await s.start(config(location));
      const client = s.open();
      client.send(get('/'));
      await s.host.advance(50);
      expect(client.received).toMatch(/\r\n\r\nab$/);
      await s.host.advance(100);
      expect(client.received).toMatch(/\r\n\r\nabcd$/);
    });
  }
});

it('a client that goes away is a 499', async () => {
  await s.backend('10.0.0.7:80', [5000, reply('late')]);
  await s.start(config(toOne));
  const client = s.open();
  client.send(get('/'));
  await s.host.advance(10);
  client.socket.end();
  await s.host.advance(10);
  expect(s.access.join()).toContain(' 499 ');
  expect(s.host.network.openSockets).toBe(0);
});

it('proxy_ignore_client_abort lets the upstream finish', async () => {
  await s.backend('10.0.0.7:80', [1000, reply('late')]);
  await s.start(config(`${toOne} proxy_ignore_client_abort on;`));
  const client = s.open();
  client.send(get('/'));
  await s.host.advance(10);
  client.socket.reset();
  await s.host.advance(10);
  expect(s.host.network.openSockets).toBeGreaterThan(0);
  await s.host.advance(1000);
  expect(s.host.network.openSockets).toBe(0);
});

it('an upgraded connection is a tunnel', async () => {
  await s.backend(
    '10.0.0.7:80',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nwelcome',
    'pong',
  );
  await s.start(
    config(`${toOne} proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`),
  );
  const client = s.open();
  client.send(get('/', 'Upgrade: echo\r\nConnection: Upgrade\r\n'));
  await s.host.advance(10);
  expect(client.received).toMatch(
    /^HTTP\/1.1 101 Switching Protocols\r\n.*Connection: upgrade\r\nUpgrade: echo\r\n\r\nwelcome$/s,
  );
  client.send('ping');
  await s.host.advance(10);
  expect(s.asked[1]).toBe('10.0.0.7:80 ping');
  expect(client.received).toMatch(/welcomepong$/);
  client.socket.end();
  await s.host.advance(10);
  expect(s.host.network.openSockets).toBe(0);
});

it('all addresses of a name are peers', async () => {
  s.host.network.names.set('web.test', ['2001:db8::1', '10.0.0.1', '10.0.0.2']);
  await s.start(config('proxy_pass http://u;', 'upstream u { server web.test:81 weight=3; server 10.0.0.9 backup; }'));
  expect(
    s.nginx.upstreams.map(({ group }) => [
      group.primaries.map(({ name, weight }) => `${name} ${weight}`),
      group.backups.map(({ name }) => name),
    ]),
  ).toEqual([[['10.0.0.1:81 3', '10.0.0.2:81 3', '[2001:db8::1]:81 3'], ['10.0.0.9:80']]]);
});

it('a name that nobody knows stops the start', async () => {
  await expect(s.start(config('proxy_pass http://web01;'))).rejects.toThrow('host not found in upstream "web01"');
  await expect(s.start(config(toOne, 'upstream u { server web02:81; }'))).rejects.toThrow(
    'host not found in upstream "web02:81"',
  );
});

it('an upstream block has no port', async () => {
  await expect(s.start(config('proxy_pass http://u:81;', 'upstream u { server 10.0.0.7; }'))).rejects.toThrow(
    'upstream "u" may not have port 81',
  );
});

describe('events', () => {
  it('tell who was asked, passed over and left', async () => {
    await s.backend('10.0.0.8:80', reply('ok'));
    await s.start(config('proxy_pass http://u;', 'upstream u { server 10.0.0.9 down; server 10.0.0.7; server 10.0.0.8; }'));
    const told: string[] = [];
    s.nginx.events.listener = (event) => {
      if (event.type.startsWith('peer'))
        told.push(`${event.type} ${'peer' in event ? event.peer : ''} ${'reason' in event ? event.reason : ''}`.trim());
    };
    await s.send(get('/'));
    expect(told).toEqual([
      'peer-skipped 10.0.0.9:80 down',
      'peer-chosen 10.0.0.7:80',
      'peer-disabled 10.0.0.7:80',
      'peer-failed 10.0.0.7:80 error',
      'peer-skipped 10.0.0.9:80 down',
      'peer-skipped 10.0.0.7:80 tried',
      'peer-chosen 10.0.0.8:80',
      'peer-answered 10.0.0.8:80',
    ]);
  });
});
