import { describe, expect, test } from 'vitest';
import { Scenario } from './proxied.ts';

/* What `sticky` and `least_time` do over time and when servers fail, on a virtual clock. */

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n';

function balanced(upstream: string, location = ''): string {
  return `events { } http { upstream u { server 10.0.0.1:80; server 10.0.0.2:80; ${upstream} }
    server { listen 80; location / { proxy_pass http://u; ${location} } } }`;
}

async function playing(config: string, version = '1.31.0'): Promise<Scenario> {
  const scenario = new Scenario();
  await scenario.backend('10.0.0.1:80', `${ok}b1`);
  await scenario.backend('10.0.0.2:80', `${ok}b2`);
  return scenario.start(config, version);
}

async function peerFor(scenario: Scenario, cookie = '', milliseconds = 0): Promise<string> {
  const field = cookie === '' ? '' : `Cookie: ${cookie}\r\n`;
  return (await scenario.send(`GET / HTTP/1.0\r\n${field}\r\n`, milliseconds)).slice(-2);
}

describe('sticky', () => {
  test('a learnt session lives as long as it is used', async () => {
    const learn = 'sticky learn zone=z:64k timeout=2s create=$cookie_s lookup=$cookie_s;';
    const scenario = await playing(balanced(learn));
    expect(await peerFor(scenario, 's=1')).toBe('b1');
    expect(await peerFor(scenario, 's=2')).toBe('b2');
    for (let i = 0; i < 3; i++) expect(await peerFor(scenario, 's=2', 1900)).toBe('b2');
    await scenario.host.advance(100);
    expect(await peerFor(scenario, 's=2')).toBe('b1');
  });

  test('a session whose server fails moves to the one that answers', async () => {
    const learn = 'sticky learn zone=z:64k create=$cookie_s lookup=$cookie_s;';
    const scenario = new Scenario();
    await scenario.backend('10.0.0.1:80', `${ok}b1`, ['close'], `${ok}b1`);
    await scenario.backend('10.0.0.2:80', `${ok}b2`);
    await scenario.start(balanced(learn), '1.31.0');
    expect(await peerFor(scenario, 's=1')).toBe('b1');
    expect(await peerFor(scenario, 's=1')).toBe('b2');
    await scenario.host.advance(60_000);
    for (let i = 0; i < 3; i++) expect(await peerFor(scenario, 's=1')).toBe('b2');
  });

  test('`header` learns before the body has come', async () => {
    const learn = 'sticky learn zone=z:64k create=$cookie_s lookup=$cookie_s header;';
    const scenario = new Scenario();
    await scenario.backend('10.0.0.1:80', [ok, 5000, 'b1'], `${ok}b1`);
    await scenario.backend('10.0.0.2:80', `${ok}b2`);
    await scenario.start(balanced(learn), '1.31.0');
    const first = scenario.open();
    first.send('GET / HTTP/1.0\r\nCookie: s=1\r\n\r\n');
    await scenario.host.advance(10);
    expect(await peerFor(scenario, 's=1')).toBe('b1');
  });

  test('the oldest session goes when the zone is full, and a full zone is logged', async () => {
    const learn = 'sticky learn zone=z:32k create=$cookie_s lookup=$cookie_s;';
    const scenario = await playing(balanced(learn));
    expect(await peerFor(scenario, 's=first')).toBe('b1');
    expect(await peerFor(scenario)).toBe('b2');
    for (let i = 0; i < 120; i++) await peerFor(scenario, `s=${i}`);
    expect(
      scenario.errors.some((line) => line.includes('in sticky session zone "z", expiring least recently used session')),
    ).toBe(true);
    expect(await peerFor(scenario)).toBe('b1');
    expect(await peerFor(scenario, 's=first')).toBe('b2');
  });

  test('the cookie is that of the server which answered at last', async () => {
    const scenario = new Scenario();
    await scenario.backend('10.0.0.1:80', ['close']);
    await scenario.backend('10.0.0.2:80', `${ok}b2`);
    await scenario.start(balanced('sticky cookie c expires=1h domain=$host samesite=$arg_s secure;'), '1.31.0');
    const answer = await scenario.send('GET /?s=none HTTP/1.0\r\nHost: a.example\r\n\r\n');
    const [cookie = '', ...more] = [...answer.matchAll(/Set-Cookie: (.*)\r\n/g)].map(([, value]) => value);
    expect(more).toEqual([]);
    expect(cookie).toMatch(
      /^c=[0-9a-f]{32}; expires=\w{3}, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d GMT; max-age=3600; domain=a.example; secure; samesite=none$/,
    );
    expect(await scenario.send('GET /?s=odd HTTP/1.0\r\n\r\n')).toContain('; samesite=strict\r\n');
  });

  test('a server that is asked for pays for its turn once', async () => {
    const scenario = await playing(balanced('sticky route $cookie_r;').replace('10.0.0.1:80;', '10.0.0.1:80 route=a;'));
    for (let i = 0; i < 5; i++) expect(await peerFor(scenario, 'r=a')).toBe('b1');
    let seen = '';
    for (let i = 0; i < 4; i++) seen += await peerFor(scenario);
    expect(seen).toBe('b2b1b2b1');
  });
});

describe('least_time', () => {
  const slow = `${ok}b1`;

  test('a slow server gets its chance again when its time has halved', async () => {
    const scenario = new Scenario();
    await scenario.backend('10.0.0.1:80', [100, slow], slow);
    await scenario.backend('10.0.0.2:80', `${ok}b2`);
    await scenario.start(balanced('least_time last_byte;'), '1.31.0');
    expect(await peerFor(scenario, '', 200)).toBe('b1');
    for (let i = 0; i < 4; i++) expect(await peerFor(scenario)).toBe('b2');
    await scenario.host.advance(60_000);
    const seen = [await peerFor(scenario), await peerFor(scenario)];
    expect(seen).toContain('b1');
  });

  test('`inflight` looks at those who still wait', async () => {
    const scenario = new Scenario();
    await scenario.backend('10.0.0.1:80', ['']);
    await scenario.backend('10.0.0.2:80', [30, `${ok}b2`]);
    await scenario.start(balanced('least_time header inflight;'), '1.31.0');
    scenario.open().send('GET / HTTP/1.0\r\n\r\n');
    await scenario.host.advance(500);
    for (let i = 0; i < 3; i++) expect(await peerFor(scenario, '', 40)).toBe('b2');
  });
});
