import { beforeEach, describe, expect, it } from 'vitest';
import { get, reply, Scenario } from '../proxied.ts';
import { PlayedNameServer } from './played-name-server.ts';

let s: Scenario;
let dns: PlayedNameServer;
beforeEach(async () => {
  s = new Scenario();
  dns = new PlayedNameServer(s.host);
  for (const name of ['10.0.0.1:80', '10.0.0.2:80', '2001:db8::1:80']) await s.backend(name, reply(name));
});

/** A location whose host is an argument; `names` are lines of the location. */
function conf(names: string): string {
  return `events { } http { server { listen 80;
    location / { ${names} proxy_pass http://$arg_h; proxy_connect_timeout 1s; add_header X-Addr $upstream_addr always; }
  } }`;
}

async function ask(host: string, milliseconds = 0): Promise<string> {
  const answer = await s.send(get(`/?h=${host}`, 'Connection: close\r\n'), milliseconds);
  return `${/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]} ${/X-Addr: (.*)\r/.exec(answer)?.[1] ?? '-'}`;
}

describe('a computed host', () => {
  it('is asked for once while its TTL lasts, then again', async () => {
    await s.start(conf('resolver 127.0.0.1 ipv6=off;'));
    dns.set('a.test', 'A 10.0.0.1');
    expect(await ask('a.test')).toBe('200 10.0.0.1:80');
    dns.set('a.test', 'A 10.0.0.2');
    await s.host.advance(60_000);
    expect(await ask('A.TEST.')).toBe('200 10.0.0.1:80');
    await s.host.advance(1000);
    expect(await ask('a.test')).toBe('200 10.0.0.2:80');
    expect(dns.asked).toEqual(['A a.test', 'A a.test']);
  });

  it('counts for valid= whatever its TTL', async () => {
    await s.start(conf('resolver 127.0.0.1 ipv6=off valid=5s;'));
    dns.set('a.test', 'A 10.0.0.1');
    for (const wait of [0, 4000, 2000]) {
      await s.host.advance(wait);
      await ask('a.test');
    }
    expect(dns.asked).toEqual(['A a.test', 'A a.test']);
  });

  it('has addresses of both families, from a random one on once they are known', async () => {
    await s.start(conf('resolver 127.0.0.1;'));
    dns.set('a.test', 'AAAA 2001:db8::9', 'A 10.0.0.8', 'A 10.0.0.9');
    expect(await ask('a.test')).toBe('502 10.0.0.8:80, 10.0.0.9:80, [2001:db8::9]:80');
    const orders = new Set<string>();
    for (let i = 0; i < 30; i++) orders.add(await ask('a.test'));
    expect([...orders].every((order) => order.split(', ').length === 3)).toBe(true);
    expect(orders.size).toBeGreaterThan(3);
    expect(dns.asked.sort()).toEqual(['A a.test', 'AAAA a.test']);
  });

  for (const [option, asked] of [
    ['ipv4=off', 'AAAA a.test'],
    ['ipv6=off', 'A a.test'],
  ] as const) {
    it(`${option} asks for ${asked} only`, async () => {
      await s.start(conf(`resolver 127.0.0.1 ${option};`));
      dns.set('a.test', 'A 10.0.0.1', 'AAAA 2001:db8::1');
      await ask('a.test');
      expect(dns.asked).toEqual([asked]);
    });
  }

  it('may be an alias of an alias, but not of itself', async () => {
    await s.start(conf('resolver 127.0.0.1;'));
    dns.set('a.test', 'CNAME b.test');
    dns.set('b.test', 'CNAME C.test');
    dns.set('c.test', 'A 10.0.0.1');
    dns.set('loop.test', 'CNAME pool.test');
    dns.set('pool.test', 'CNAME loop.test');
    expect(await ask('a.test')).toBe('200 10.0.0.1:80');
    expect(await ask('loop.test')).toBe('502 -');
    expect(s.errors.at(-1)).toContain('loop.test could not be resolved (3: Host not found)');
  });

  it('is answered with 502 when it is not there, and asked for again', async () => {
    await s.start(conf('resolver 127.0.0.1;'));
    expect(await ask('none.test')).toBe('502 -');
    expect(s.errors.at(-1)).toContain('none.test could not be resolved (3: Host not found), client: 127.0.0.1');
    dns.manner = 2;
    expect(await ask('none.test')).toBe('502 -');
    expect(s.errors.at(-1)).toContain('none.test could not be resolved (2: Server failure)');
    expect(dns.asked).toHaveLength(4);
  });

  it('without resolver is 502 at once; an address needs none', async () => {
    await s.start(conf(''));
    expect(await ask('a.test')).toBe('502 -');
    expect(s.errors.at(-1)).toContain('no resolver defined to resolve a.test');
    expect(await ask('10.0.0.1')).toBe('200 10.0.0.1:80');
  });

  it('is one question however many wait for it', async () => {
    await s.start(conf('resolver 127.0.0.1 ipv6=off;'));
    dns.set('a.test', 'A 10.0.0.1');
    const clients = [1, 2, 3].map(() => s.open());
    for (const client of clients) client.send(get('/?h=a.test'));
    await s.host.settle();
    expect(clients.every(({ received }) => received.includes(' 200 '))).toBe(true);
    expect(dns.asked).toEqual(['A a.test']);
  });
});

describe('name servers', () => {
  it('take turns, and the next one is asked after five seconds', async () => {
    const second = new PlayedNameServer(s.host, '127.0.0.2:5353');
    for (const server of [dns, second]) for (const name of ['a.test', 'b.test', 'c.test']) server.set(name, 'A 10.0.0.1');
    await s.start(conf('resolver 127.0.0.1 127.0.0.2:5353 ipv6=off;'));
    for (const name of ['a.test', 'b.test', 'c.test']) await ask(name);
    expect([dns.asked, second.asked]).toEqual([['A a.test', 'A c.test'], ['A b.test']]);
    second.manner = 'never';
    second.set('d.test', 'A 10.0.0.1');
    dns.set('d.test', 'A 10.0.0.1');
    const client = s.open();
    client.send(get('/?h=d.test'));
    await s.host.advance(4999);
    expect(client.received).toBe('');
    await s.host.advance(1);
    expect(client.received).toContain(' 200 ');
  });

  it('are waited for as long as resolver_timeout says', async () => {
    dns.manner = 'never';
    await s.start(conf('resolver 127.0.0.1 ipv6=off; resolver_timeout 12s;'));
    expect(await ask('a.test', 11_999)).toBe('undefined -');
    await s.host.advance(1);
    expect(s.errors.at(-1)).toContain('a.test could not be resolved (110: Operation timed out)');
    expect(dns.asked).toHaveLength(3);
  });

  it('that are not there are complained of, and asked again', async () => {
    s.host.network.fault('127.0.0.1:53', 'refused');
    await s.start(conf('resolver 127.0.0.1 ipv6=off;'));
    dns.set('a.test', 'A 10.0.0.1');
    const client = s.open();
    client.send(get('/?h=a.test'));
    await s.host.settle();
    expect(s.errors.join('\n')).toContain('recv() failed (111: Connection refused) while resolving, resolver: 127.0.0.1:53');
    s.host.network.fault('127.0.0.1:53', null);
    await s.host.advance(5000);
    expect(client.received).toContain(' 200 ');
  });

  it('are asked over TCP for what UDP cannot carry', async () => {
    dns.manner = 'truncated';
    await s.start(conf('resolver 127.0.0.1 ipv6=off;'));
    dns.set('a.test', ...Array.from({ length: 300 }, (_, i) => `A 10.0.${i >> 8}.${i & 255}`));
    expect(await ask('a.test')).toMatch(/^200 10.0.0.0:80, 10.0.0.1:80$/);
    expect(dns.asked).toEqual(['A a.test', 'A a.test TCP']);
  });

  it('are left in peace when the client has gone', async () => {
    dns.manner = 'never';
    await s.start(conf('resolver 127.0.0.1 ipv6=off;'));
    const client = s.open();
    client.send(get('/?h=a.test'));
    await s.host.settle();
    client.socket.destroy();
    await s.host.advance(20_000);
    expect(dns.asked).toEqual(['A a.test']);
  });

  it('may have names themselves', async () => {
    s.host.network.names.set('dns.test', ['127.0.0.1']);
    await s.start(conf('resolver dns.test ipv6=off;'));
    dns.set('a.test', 'A 10.0.0.1');
    expect(await ask('a.test')).toBe('200 10.0.0.1:80');
    await expect(new Scenario().start(conf('resolver nobody.test;'))).rejects.toThrow('host not found in resolver "nobody.test"');
  });

  it('that may not be reached leave what the machine itself knows', async () => {
    Object.assign(s.host.network, { mayReach: () => false });
    s.host.network.names.set('a.test', ['10.0.0.1']);
    await s.start(conf('resolver 127.0.0.1;'));
    expect(await ask('a.test')).toBe('200 10.0.0.1:80');
    expect(await ask('b.test')).toBe('502 -');
    expect(s.errors.at(-1)).toContain('b.test could not be resolved (3: Host not found)');
    expect(dns.asked).toEqual([]);
  });
});
