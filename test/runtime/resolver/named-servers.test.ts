import { beforeEach, describe, expect, it } from 'vitest';
import { loadSource } from '../../../src/run/source.ts';
import { get, reply, Scenario } from '../proxied.ts';
import { PlayedNameServer } from './played-name-server.ts';

const version = '1.28.0';
let s: Scenario;
let dns: PlayedNameServer;
beforeEach(async () => {
  s = new Scenario();
  dns = new PlayedNameServer(s.host);
  dns.ttl = 10;
  for (let i = 1; i < 5; i++) await s.backend(`10.0.0.${i}:80`, reply('ok'));
});

function conf(lines: string): string {
  return `events { } http { resolver 127.0.0.1 ipv6=off;
    upstream u { zone z 64k; ${lines} }
    server { listen 80; location / { proxy_pass http://u; add_header X-Addr $upstream_addr always; } }
  }`;
}

async function start(lines: string): Promise<void> {
  await s.start(conf(lines), version);
  await s.host.advance(1);
}

async function reload(config: string): Promise<readonly string[]> {
  const { model } = loadSource({ files: { 'nginx.conf': config } }, version);
  return (await s.nginx.reload(model)).map(({ message }) => message);
}

async function ask(): Promise<string> {
  const answer = await s.send(get('/', 'Connection: close\r\n'));
  return `${/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]} ${/X-Addr: (.*)\r/.exec(answer)?.[1] ?? '-'}`;
}

function peers(): { primaries: string[]; backups: string[] } {
  const [{ group } = { group: { primaries: [], backups: [] } }] = s.nginx.upstreams;
  const shown = (list: readonly { name: string; weight: number }[]) => list.map(({ name, weight }) => `${name} ${weight}`);
  return { primaries: shown(group.primaries), backups: shown(group.backups) };
}

describe('server … resolve', () => {
  it('follows its name when the TTL is over, and keeps what it knows of peers that stay', async () => {
    dns.set('a.test', 'A 10.0.0.1', 'A 10.0.0.9');
    await start('server a.test resolve max_fails=1 fail_timeout=1h;');
    for (let i = 0; i < 3; i++) await ask();
    expect(peers().primaries).toEqual(['10.0.0.1:80 1', '10.0.0.9:80 1']);
    dns.set('a.test', 'A 10.0.0.2', 'A 10.0.0.9');
    await s.host.advance(11_000);
    expect(peers().primaries).toEqual(['10.0.0.9:80 1', '10.0.0.2:80 1']);
    expect(await ask()).toBe('200 10.0.0.2:80');
    expect(await ask()).toBe('200 10.0.0.2:80');
    expect(s.asked.filter((line) => line.startsWith('10.0.0.9'))).toEqual([]);
  });

  it('is checked at each of its addresses, as they come and go', async () => {
    dns.set('a.test', 'A 10.0.0.1', 'A 10.0.0.9');
    const checked = conf('server a.test resolve; server 10.0.0.3; check interval=1000 rise=1 type=http;');
    await s.start(checked.replace('location / {', 'location /check { check_status csv; } location / {'), version);
    const page = async () =>
      (await s.send(get('/check', 'Connection: close\r\n')))
        .split('\r\n\r\n')[1]
        ?.trim()
        .replace(/,\d+,\d+,http,0/g, '')
        .split('\n');
    await s.host.advance(5000);
    expect(await page()).toEqual(['0,u,10.0.0.3:80,up', '1,u,10.0.0.1:80,up', '2,u,10.0.0.9:80,down']);
    dns.set('a.test', 'A 10.0.0.2', 'A 10.0.0.9');
    await s.host.advance(12_000);
    expect(await page()).toEqual(['0,u,10.0.0.3:80,up', '1,u,10.0.0.2:80,up', '2,u,10.0.0.9:80,down']);
    const asked = s.asked.filter((line) => line.startsWith('10.0.0.1')).length;
    await s.host.advance(10_000);
    expect(s.asked.filter((line) => line.startsWith('10.0.0.1'))).toHaveLength(asked);
  });

  it('is without peers while there is no answer, and when the name is gone', async () => {
    await start('server a.test:80 resolve;');
    expect(await ask()).toBe('502 u');
    expect(s.errors.join('\n')).toContain('a.test could not be resolved (3: Host not found)');
    dns.set('a.test', 'A 10.0.0.1');
    await s.host.advance(11_000);
    expect(await ask()).toBe('200 10.0.0.1:80');
    dns.manner = 2;
    await s.host.advance(60_000);
    expect(await ask()).toBe('200 10.0.0.1:80');
    dns.manner = 'well';
    dns.records.delete('a.test');
    await s.host.advance(60_000);
    expect(await ask()).toBe('502 u');
  });

  it('stands beside fixed servers and backups', async () => {
    dns.set('a.test', 'A 10.0.0.1');
    dns.set('b.test', 'A 10.0.0.2', 'A 10.0.0.3');
    await start('server b.test resolve backup weight=3; server a.test resolve; server 10.0.0.4 weight=2;');
    expect(peers()).toEqual({ primaries: ['10.0.0.4:80 2', '10.0.0.1:80 1'], backups: ['10.0.0.2:80 3', '10.0.0.3:80 3'] });
  });

  for (const method of ['hash $request_uri', 'hash $request_uri consistent', 'ip_hash', 'least_conn', 'random', 'random two']) {
    it(`${method} chooses among the peers of the moment`, async () => {
      dns.set('a.test', 'A 10.0.0.1');
      await start(`${method}; server a.test resolve;`);
      expect(await ask()).toBe('200 10.0.0.1:80');
      dns.set('a.test', 'A 10.0.0.2', 'A 10.0.0.3');
      await s.host.advance(11_000);
      expect(await ask()).toMatch(/^200 10\.0\.0\.[23]:80$/);
      dns.records.delete('a.test');
      await s.host.advance(11_000);
      expect(await ask()).toBe('502 u');
    });
  }

  it('ends a request that has seen other peers', async () => {
    dns.set('a.test', 'A 10.0.0.1', 'A 10.0.0.2');
    for (const name of ['10.0.0.1:80', '10.0.0.2:80']) s.host.network.fault(name, 'black-hole');
    await start('server a.test resolve;');
    const client = s.open();
    client.send(get('/'));
    dns.set('a.test', 'A 10.0.0.3', 'A 10.0.0.2');
    await s.host.advance(61_000);
    expect(client.received).toMatch(/ 502 [\s\S]*X-Addr: 10\.0\.0\.[12]:80, u\r/);
  });

  it('uses kept connections for its address only', async () => {
    dns.set('a.test', 'A 10.0.0.1');
    await start('server a.test resolve; keepalive 4;');
    await ask();
    dns.set('a.test', 'A 10.0.0.2');
    await s.host.advance(11_000);
    expect(await ask()).toBe('200 10.0.0.2:80');
  });
});

describe('service=', () => {
  it('names ports, weights, and by priority backups', async () => {
    dns.set('_http._tcp.a.test', 'SRV 2 7 8002 two.test', 'SRV 1 5 8001 one.test', 'SRV 1 0 8003 one.test');
    dns.set('one.test', 'A 10.0.0.1');
    dns.set('two.test', 'A 10.0.0.2');
    await start('server a.test resolve service=http;');
    const { primaries, backups } = peers();
    expect([primaries.sort(), backups]).toEqual([['10.0.0.1:8001 5', '10.0.0.1:8003 1'], ['10.0.0.2:8002 7']]);
    dns.set('_http._tcp.a.test', 'SRV 2 7 8002 two.test');
    await s.host.advance(11_000);
    expect(peers()).toEqual({ primaries: ['10.0.0.2:8002 7'], backups: [] });
  });

  it('may be written in full; a weight of the line counts more', async () => {
    dns.set('_x._udp.a.test', 'SRV 1 5 8001 one.test');
    dns.set('one.test', 'A 10.0.0.1');
    await start('server a.test resolve service=_x._udp weight=9;');
    expect(peers().primaries).toEqual(['10.0.0.1:8001 9']);
  });

  it('says which hosts it has not found', async () => {
    dns.set('_http._tcp.a.test', 'SRV 1 5 8001 one.test', 'SRV 1 5 8001 gone.test');
    dns.set('one.test', 'A 10.0.0.1');
    await start('server a.test resolve service=http; server b.test resolve service=http;');
    expect(peers().primaries).toEqual(['10.0.0.1:8001 5']);
    expect(s.errors.join('\n')).toContain(
      'gone.test could not be resolved (3: Host not found) while resolving service http of a.test',
    );
    expect(s.errors.join('\n')).toContain('service http of b.test could not be resolved (3: Host not found)');
  });
});

describe('a reload', () => {
  it('begins with the addresses that are known', async () => {
    dns.set('a.test', 'A 10.0.0.1');
    dns.set('_http._tcp.a.test', 'SRV 1 5 80 a.test', 'SRV 2 4 81 a.test');
    await start('server a.test resolve; server a.test resolve service=http;');
    dns.manner = 'never';
    const before = peers();
    expect(await reload(conf('server a.test:81 resolve weight=2; server a.test resolve service=http;'))).toEqual([]);
    expect(peers()).toEqual({ ...before, primaries: ['10.0.0.1:81 2', '10.0.0.1:80 5'] });
    const asked = dns.asked.length;
    await s.host.advance(9000);
    expect(dns.asked).toHaveLength(asked);
    await s.host.advance(2000);
    expect(dns.asked.length).toBeGreaterThan(asked);
  });

  it('to a configuration that cannot run leaves the names followed', async () => {
    dns.set('a.test', 'A 10.0.0.1');
    await start('server a.test resolve;');
    expect(await reload(conf('server a.test resolve; server nobody.test;'))).not.toEqual([]);
    dns.set('a.test', 'A 10.0.0.2');
    await s.host.advance(11_000);
    expect(peers().primaries).toEqual(['10.0.0.2:80 1']);
  });

  it('stops the old looking up', async () => {
    dns.set('a.test', 'A 10.0.0.1');
    await start('server a.test resolve;');
    await reload('events { } http { server { listen 80; } }');
    const asked = dns.asked.length;
    await s.host.advance(60_000);
    expect(dns.asked).toHaveLength(asked);
  });
});

describe('what cannot run', () => {
  const cases = [
    [
      'upstream u { server a.test resolve; }',
      'resolving names at run time requires upstream "u" in nginx.conf:1 to be in shared memory',
    ],
    [
      'upstream u { zone z 64k; server a.test resolve; }',
      'no resolver defined to resolve names at run time in upstream "u" in nginx.conf:1',
    ],
  ] as const;
  for (const [block, message] of cases) {
    it(message, async () => {
      await expect(s.start(`events { } http { ${block} }`, version)).rejects.toThrow(message);
    });
  }
});
