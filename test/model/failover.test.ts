import { describe, expect, test } from 'vitest';
import { requestsThatEject, retriesOf, worstCase } from '../../src/model/failover.ts';
import { checkOf, coldStart, detectionTime } from '../../src/model/health-check.ts';
import { type Pass, referencesOf, type Upstream } from '../../src/model/references.ts';
import { get, reply, Scenario } from '../runtime/proxied.ts';
import { modelOf } from '../support/engine.ts';

/*
 * What the model computes, against what the engine does on a clock that the test pushes: each case is a configuration.
 */

function known(text: string): { upstream: Upstream; pass: Pass } {
  const { upstreams, passes } = referencesOf(modelOf(text));
  const [upstream] = upstreams;
  const [pass] = passes;
  if (!upstream || !pass) throw new Error('no upstream, or nothing that passes to it');
  return { upstream, pass };
}

const whole = (servers: string, location: string) => `events { } http {
  upstream app { ${servers} }
  server { listen 80; location / { proxy_pass http://app; ${location} } location /check { check_status csv; } }
}`;
const three = 'server 10.0.0.1; server 10.0.0.2; server 10.0.0.3;';
const addresses = ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80'];

describe('how many requests eject the pool', () => {
  const retry = 'proxy_next_upstream error timeout http_500;';
  test.each<[string, string, number | undefined]>([
    [three, retry, 2],
    ['server 10.0.0.1; server 10.0.0.2;', retry, 2],
    [three, `${retry} proxy_next_upstream_tries 2;`, 3],
    [three, `${retry} proxy_next_upstream_tries 1;`, undefined],
    ['server 10.0.0.1 max_fails=2; server 10.0.0.2 max_fails=2; server 10.0.0.3 max_fails=2;', retry, 3],
    ['server 10.0.0.1 max_fails=3; server 10.0.0.2 max_fails=3; server 10.0.0.3 max_fails=3;', retry, 5],
    ['server 10.0.0.1 weight=5 max_fails=2; server 10.0.0.2; server 10.0.0.3 max_fails=4;', retry, 5],
    ['server 10.0.0.1 weight=5 max_fails=2; server 10.0.0.2;', `${retry} proxy_next_upstream_tries 2;`, 3],
    ['server 10.0.0.1; server 10.0.0.2; server 10.0.0.3 backup;', retry, 2],
    ['server 10.0.0.1; server 10.0.0.2 max_fails=0;', retry, undefined],
    ['server 10.0.0.1; server 10.0.0.2; server 10.0.0.3 down;', retry, 2],
    ['server 10.0.0.1;', retry, undefined],
  ])('%s %s', async (servers, location, expected) => {
    const { upstream, pass } = known(whole(servers, location));
    expect(requestsThatEject(upstream, retriesOf(pass))).toBe(expected);
    expect(await played(whole(servers, location))).toBe(expected);
  });

  /** After how many requests the next one finds no server, each number tried on an engine of its own. */
  async function played(config: string): Promise<number | undefined> {
    for (let requests = 1; requests <= 8; requests++) {
      const s = new Scenario();
      for (const address of addresses) await s.backend(address, reply('broken', '', '500 Internal Server Error'));
      await s.start(config);
      for (let sent = 0; sent < requests; sent++) await s.send(get('/'));
      const before = s.asked.length;
      if ((await s.send(get('/'))).includes(' 502 ') && s.asked.length === before) return requests;
    }
    return undefined;
  }
});

describe('how long a request to hosts that are gone lasts', () => {
  test.each<[string, string, number, string]>([
    [three, 'proxy_connect_timeout 4s;', 12_000, 'servers'],
    [three, 'proxy_connect_timeout 4s; proxy_next_upstream_tries 2;', 8000, 'tries'],
    [three, 'proxy_connect_timeout 4s; proxy_next_upstream_timeout 1s;', 4000, 'timeout'],
    [three, 'proxy_connect_timeout 4s; proxy_next_upstream_timeout 5s;', 8000, 'timeout'],
    [three, 'proxy_connect_timeout 4s; proxy_next_upstream_timeout 8s;', 8000, 'timeout'],
    [three, 'proxy_connect_timeout 4s; proxy_next_upstream error;', 4000, 'reasons'],
    [three, 'proxy_connect_timeout 4s; proxy_next_upstream off;', 4000, 'reasons'],
    ['server 10.0.0.1; server 10.0.0.2; server 10.0.0.3 backup;', 'proxy_connect_timeout 4s;', 12_000, 'servers'],
  ])('%s %s', async (servers, location, total, endedBy) => {
    const { pass } = known(whole(servers, location));
    const retries = retriesOf(pass);
    expect(worstCase(3, retries, retries.connect)).toMatchObject({ total, endedBy });
    const s = new Scenario();
    for (const address of addresses) s.host.network.fault(address, 'black-hole');
    await s.start(whole(servers, location));
    const client = s.open();
    client.send(get('/'));
    await s.host.advance(total - 100);
    expect(client.received).toBe('');
    await s.host.advance(200);
    expect(client.received).toContain(' 504 ');
  });
});

describe('health checks', () => {
  // A check of type tcp keeps its connection, and then waits for the server's end of it.
  const config = (check: string) => whole(`server 10.0.0.1; check ${check} type=http;`, '');

  async function rowAfter(s: Scenario): Promise<string> {
    return (await s.send(get('/check', 'Connection: close\r\n'))).split('\r\n\r\n')[1]?.trim() ?? '';
  }

  test.each([
    'interval=3000 rise=2 fall=3 timeout=1000',
    'interval=1000 rise=3 fall=2 timeout=400',
    'interval=5000 rise=1 fall=1',
  ])('%s: a start takes as long as computed', async (check) => {
    const text = config(check);
    const { upstream } = known(text);
    const facts = checkOf(modelOf(text), upstream);
    if (!facts) throw new Error('no check');
    const { least, most } = coldStart(facts);
    const s = new Scenario();
    await s.backend('10.0.0.1:80', reply('ok'));
    await s.start(text);
    await s.host.advance(Math.max(0, least - 10));
    if (least > 10) expect(await rowAfter(s)).toContain(',down,');
    await s.host.advance(most - least + 20);
    expect(await rowAfter(s)).toContain(',up,');
  });

  test.each([
    'interval=3000 rise=1 fall=3 timeout=1000',
    'interval=1000 rise=1 fall=2 timeout=900',
    'interval=2000 rise=1 fall=5 timeout=1500',
  ])('%s: a host that is gone is noticed within the time computed', async (check) => {
    const text = config(check);
    const { upstream } = known(text);
    const facts = checkOf(modelOf(text), upstream);
    if (!facts) throw new Error('no check');
    const { least, most } = detectionTime(facts);
    const s = new Scenario();
    await s.backend('10.0.0.1:80', reply('ok'));
    await s.start(text);
    await s.host.advance(20_000);
    expect(await rowAfter(s)).toContain(',up,');
    s.host.network.fault('10.0.0.1:80', 'black-hole');
    await s.host.advance(least);
    expect(await rowAfter(s)).toContain(',up,');
    await s.host.advance(most - least);
    expect(await rowAfter(s)).toContain(',down,');
  });
});
