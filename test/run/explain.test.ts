import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { type ExplainInit, type RunOptions, run } from '../../src/index.ts';
import { root } from '../support/files.ts';

const schema = JSON.parse(readFileSync(join(root, 'docs/nginxrun-explain.schema.json'), 'utf8')) as object;
const isValid = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);

async function explain(conf: string, request: string, init?: ExplainInit, options: RunOptions = {}) {
  const ng = await run(conf, { clock: 'virtual', ...options });
  try {
    const explanation = await ng.explain(request, init);
    expect(isValid(JSON.parse(JSON.stringify(explanation))), JSON.stringify(isValid.errors)).toBe(true);
    return explanation;
  } finally {
    await ng.stop();
  }
}

const locations = `server {
  listen 80;
  location /app/ { return 200 a; }
  location = /app/x { return 200 b; }
  location ^~ /static/ { return 200 c; }
  location ~ \\.css$ { return 200 d; }
  location ~ ^/app/ { return 200 e; }
  location /out/ { location /out/in/ { return 200 f; } return 200 g; }
  location @name { return 200 h; }
}`;

describe('the server', () => {
  const servers = `server { listen 80; return 200 d; }
    server { listen 80; server_name *.a.test; return 200 w; }
    server { listen 80; server_name ~^(?<who>w+); return 200 "r $who"; }
    server { listen 80; server_name www.a.test; return 200 e; }`;

  test.each([
    ['www.a.test', 'exact', ['wildcard', 'regex', 'default']],
    ['x.a.test', 'wildcard', ['default']],
    ['wb.test', 'regex', ['default']],
    ['other', 'default', []],
  ])('%s', async (host, how, beaten) => {
    const { server } = await explain(servers, `http://${host}/`);
    expect([server?.how, server?.beats.map((one) => one.how)]).toEqual([how, beaten]);
  });

  test('what it beats leaves no captures behind', async () => {
    const ng = await run(
      'server { listen 80; server_name ~^(?<who>w+); return 200 r; } server { listen 80; server_name www.a.test; return 200 "<$who>"; }',
      { clock: 'virtual', onEvent: () => undefined },
    );
    expect((await ng.fetch('http://www.a.test/')).text()).toBe('<>');
    await ng.stop();
  });
});

describe('the search for a location', () => {
  test.each([
    ['/app/x', 'location = /app/x', ['exact']],
    ['/app/y', 'location ~ ^/app/', ['longest', 'no', 'match']],
    ['/app/y.css', 'location ~ \\.css$', ['longest', 'match']],
    ['/static/y.css', 'location ^~ /static/', ['final']],
    ['/out/in/y', 'location /out/in/', ['longest', 'longest', 'no', 'no']],
    ['/none', null, ['no', 'no']],
  ])('%s', async (uri, location, outcomes) => {
    const { steps, location: answered } = await explain(locations, uri);
    const [search] = steps;
    expect(search?.kind === 'search' && search.tried.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(answered?.location ?? null).toBe(location);
  });

  test.each([
    ['/app/y', '/app/', 'regex'],
    ['/app/x', '/app/', 'exact'],
    ['/app/y.css', '~ ^/app/', 'regex'],
    ['/static/y.css', '~ \\.css$', 'final'],
    ['/app/y', '~ \\.css$', 'no-match'],
    ['/app/y', '= /app/x', 'no-match'],
    ['/app/y', '/out/in/', 'outside'],
    ['/out/in/y', '/out/', 'inside'],
    ['/app/y', '@name', 'named'],
    ['/app/y', '~ ^/app/', 'chosen'],
  ])('%s: why not %s', async (uri, whyNot, reason) => {
    expect((await explain(locations, uri, { whyNot })).whyNot?.searches.map((one) => one.reason)).toEqual([reason]);
  });

  test('a location that is not there', async () => {
    await expect(explain(locations, '/', { whyNot: '/nowhere' })).rejects.toThrow('there is no location /nowhere');
  });
});

test('rewriting, tests, variables and jumps are told in their order', async () => {
  const conf = `server {
    listen 80; root /srv; error_page 404 @miss;
    location / { set $a $uri; if ($args = x) { rewrite ^/a(.*)$ /b$1; } }
    location /b { try_files $uri /c?y=1; }
    location /c { return 404; }
    location @miss { return 302 /start; }
  }`;
  const { steps, answer } = await explain(conf, '/a1?x');
  expect(steps.map(({ kind }) => kind)).toEqual([
    ...['search', 'set', 'if', 'rewrite', 'search', 'try-file', 'try-file', 'internal-redirect', 'search', 'return'],
    ...['error-page', 'internal-redirect', 'named-location', 'return'],
  ]);
  expect(steps.find(({ kind }) => kind === 'rewrite')).toMatchObject({ uri: '/b1', matches: true, line: 3 });
  expect(answer.status).toBe(302);
});

test('access rules and other modules say why', async () => {
  const conf = `limit_req_zone $host zone=z:1m rate=1r/m;
    server { listen 80; deny 10.0.0.1; limit_req zone=z; return 200; location / { } }
    server { listen 81; location / { auth_basic staff; auth_basic_user_file /none; } }
    server { listen 82; deny 10.0.0.1; location / { empty_gif; } }`;
  const denied = await explain(conf, 'http://a:82/', { ip: '10.0.0.1' });
  expect(denied.steps.at(-1)).toMatchObject({ kind: 'access-rule', text: 'deny 10.0.0.1', allows: false, line: 4 });
  const unknown = await explain(conf, 'http://a:81/');
  expect(unknown.steps.at(-1)).toMatchObject({ kind: 'verdict', phase: 'access', verdict: 401, line: 3 });
});

describe('the upstream', () => {
  const conf = `upstream webs { server 10.0.0.1; server 10.0.0.2; server 10.0.0.3 backup; server 10.0.0.4 down; }
    server { listen 80; location / { proxy_pass http://webs/base/; proxy_next_upstream error http_502; } }`;

  test('has peers, and bytes that go to them', async () => {
    const { upstream, attempts } = await explain(conf, 'POST http://a/x?y', { body: 'four' });
    expect(upstream).toMatchObject({ name: 'webs', method: 'round robin' });
    expect(upstream?.failover).toMatchObject({
      order: ['10.0.0.1:80', '10.0.0.2:80', '10.0.0.3:80'],
      reasons: ['error', 'http_502'],
    });
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ peer: '10.0.0.1:80', failed: null, skipped: [{ peer: '10.0.0.4:80', reason: 'down' }] });
    expect(attempts[0]?.request?.head).toMatch(/^POST \/base\/x\?y HTTP\/1\.[01]\r\nHost: webs\r\n/);
    expect(attempts[0]?.request?.body).toBe(4);
  });

  test('whose order of peers is what happens', async () => {
    const ng = await run(conf, { clock: 'virtual' });
    for (const name of ['10.0.0.1', '10.0.0.2']) ng.backend(name).down();
    const { upstream, attempts } = await ng.explain('/');
    expect(attempts.map(({ peer, failed }) => [peer, failed])).toEqual([
      ['10.0.0.1:80', 'error'],
      ['10.0.0.2:80', 'error'],
      ['10.0.0.3:80', null],
    ]);
    expect(attempts.map(({ peer }) => peer)).toEqual(upstream?.failover.order);
    await ng.stop();
  });

  test('is left as it was by telling', async () => {
    const weighted =
      'upstream webs { server 10.0.0.1 weight=3; server 10.0.0.2; server 10.0.0.3; } server { location / { proxy_pass http://webs; } }';
    const names = async (onEvent?: () => void) => {
      const ng = await run(weighted, { clock: 'virtual', ...(onEvent && { onEvent }) });
      const all: (string | null)[] = [];
      for (let count = 0; count < 10; count++) all.push((await ng.fetch('/')).headers.get('x-mock-backend'));
      await ng.stop();
      return all;
    };
    expect(await names(() => undefined)).toEqual(await names());
  });

  test('is chosen by a key', async () => {
    const hashed =
      'upstream webs { ip_hash; server 10.0.0.1; server 10.0.0.2; } server { location / { proxy_pass http://webs; } }';
    const { upstream } = await explain(hashed, '/', { ip: '203.0.113.7' });
    expect(upstream).toMatchObject({ method: 'ip_hash', key: '203.0.113' });
  });
});
