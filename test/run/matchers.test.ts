import { afterEach, describe, expect, test } from 'vitest';
import { type RunningNginx, run } from '../../src/index.ts';
import '../../src/vitest.ts';

const running: RunningNginx[] = [];
afterEach(async () => {
  for (const ng of running.splice(0)) await ng.stop();
});

async function start(text: string): Promise<RunningNginx> {
  const ng = await run(text, { clock: 'virtual' });
  running.push(ng);
  return ng;
}

const conf = `upstream app { server b1; server b2; }
  server { listen 80; location /a/ { proxy_pass http://app/b/; proxy_set_header Host $host; } location = /x { return 204; } }`;

describe('what matchers say', () => {
  test('of locations', async () => {
    const why = await (await start(conf)).explain('/a/1');
    expect(why).toMatchLocation('/a/');
    expect(why).toMatchLocation('location /a/');
    expect(why).not.toMatchLocation('= /x');
    expect(why).not.toMatchLocation(null);
    expect(() => expect(why).toMatchLocation('= /x')).toThrow(
      'expected GET /a/1 HTTP/1.1 to be answered by location = /x; it is by location /a/ (nginx.conf:2)',
    );
  });

  test('of what is sent', async () => {
    const ng = await start(conf);
    const why = await ng.explain('http://shop/a/1?y');
    expect(why).toBeProxiedAs('/b/1?y', { host: 'shop', Cookie: null });
    expect(() => expect(why).toBeProxiedAs('/a/1', { Host: 'app', Cookie: 'x' })).toThrow(
      /not for \/a\/1; Host is shop, not app; Cookie is absent, not x$/,
    );
    expect(await ng.explain('/x')).not.toBeProxiedAs('/x');
  });

  test('of bursts', async () => {
    const burst = await (await start(conf)).burst(5, '/a/');
    expect(burst).toSpread({ b1: 3, 'b2:80': 2 });
    expect(burst).toSpread({ b1: 2, b2: 3 }, 1);
    expect(burst).not.toSpread({ b1: 3 });
    expect(() => expect(burst).toSpread({ b1: 5 })).toThrow('to spread {"b1":5}; they do {"b1:80":3,"b2:80":2}');
  });

  test('of sessions that nobody has', async () => {
    const ng = await start(conf);
    expect(() => expect(ng).toKeepSessions()).toThrow('no session cookie was seen');
  });
});
