import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/nginxrun.ts';
import type { RunningNginx, RunOptions } from '../../src/run/options.ts';
import { run } from '../../src/run/run.ts';
import { Browser } from '../../src/run/sessions/browser.ts';
import type { SessionHop } from '../../src/run/sessions/session-tracker.ts';
import { trySessions } from '../../src/run/sessions/try-cures.ts';
import type { BackendReply } from '../../src/runtime/mock/http-server.ts';
import { loginApp } from '../../src/runtime/mock/login-app.ts';
import { root } from '../support/files.ts';

const running: RunningNginx[] = [];
afterEach(async () => {
  for (const ng of running.splice(0)) await ng.stop();
});

async function start(source: string, options: RunOptions): Promise<RunningNginx> {
  const ng = await run(source, { clock: 'virtual', ...options });
  running.push(ng);
  return ng;
}

const two = (method = '') =>
  `upstream app { ${method} server web01; server web02; } server { listen 80; location / { proxy_pass http://app; } }`;

function webs(store: 'local' | 'redis'): Pick<RunOptions, 'backends'> {
  const app = loginApp({ store });
  return { backends: { web01: app('web01'), web02: app('web02') } };
}

describe('an application with a login', () => {
  test.each([
    ['local', '', [false, false, false]],
    ['local', 'ip_hash;', [true, true, true]],
    ['redis', '', [true, true, true]],
  ] as const)('sessions %s, balanced by "%s"', async (store, method, stays) => {
    const browser = new Browser(await start(two(method), webs(store)), 'http://a.example/', '10.1.2.3');
    const seen = [await browser.logIn(), await browser.isLoggedIn(), await browser.isLoggedIn()];
    expect(seen).toEqual(stays);
  });

  test('works over FastCGI', async () => {
    const php =
      'server { listen 80; location / { fastcgi_pass app1:9000; fastcgi_param REQUEST_METHOD $request_method; fastcgi_param HTTP_COOKIE $http_cookie; } }';
    const ng = await start(php, { backends: { app1: loginApp({ store: 'local' })('app1') } });
    const browser = new Browser(ng, '/');
    expect([await browser.isLoggedIn(), await browser.logIn(), await browser.isLoggedIn()]).toEqual([false, true, true]);
  });

  test('refuses a login whose form was shown elsewhere', async () => {
    const ng = await start(two(), webs('local'));
    const form = await ng.fetch('/');
    const cookie = form.headers.get('set-cookie')?.split(';')[0] ?? '';
    const token = /value="(token[^"]+)"/.exec(form.text())?.[1] ?? '';
    const answer = await ng.fetch('/', { method: 'POST', headers: { Cookie: cookie }, body: `token=${token}` });
    expect(answer.text()).toContain('Token mismatch');
    expect(answer.headers.get('set-cookie')).toMatch(/^PHPSESSID=1atweb02;/);
  });
});

describe('hops of sessions', () => {
  /** Answers each request with the next reply, whoever is asked; resolves to the hops. */
  async function hopsOf(
    cookies: readonly string[],
    answers: readonly BackendReply[],
    options: RunOptions = {},
  ): Promise<string[]> {
    const hops: SessionHop[] = [];
    let next = 0;
    const handler = () => answers[next++] ?? '';
    const ng = await start(two(), {
      backends: { web01: handler, web02: handler },
      onSessionHop: (hop) => hops.push(hop),
      ...options,
    });
    for (const cookie of cookies) await ng.fetch('/', { headers: cookie === '' ? {} : { Cookie: cookie } });
    return hops.map(({ cookie, from, to, lost }) => `${cookie} ${from} → ${to}${lost ? ' lost' : ''}`);
  }
  const sets = (...cookies: string[]): BackendReply => ({ headers: cookies.map((cookie) => ['Set-Cookie', cookie] as const) });

  test.each<[string, string[], BackendReply[], string[]]>([
    ['a hop', ['', 'PHPSESSID=a'], [sets('PHPSESSID=a; path=/')], ['PHPSESSID web01:80 → web02:80']],
    ['a loss', ['', 'x=1; JSESSIONID=a'], [sets('JSESSIONID=a'), sets('JSESSIONID=b')], ['JSESSIONID web01:80 → web02:80 lost']],
    ['no session', ['', 'lang=en'], [sets('lang=en'), sets('lang=de')], []],
    ['home again', ['', '', 'PHPSESSID=a'], [sets('PHPSESSID=a')], []],
    ['a cookie of before', ['sid=old', 'sid=old'], [], ['sid web01:80 → web02:80']],
    ['logged out elsewhere', ['', 'sid=a'], [sets('sid=a'), sets('sid=; Max-Age=0')], ['sid web01:80 → web02:80']],
    [
      'the same id again',
      ['', 'connect.sid=a'],
      [sets('connect.sid=a'), sets('connect.sid=a')],
      ['connect.sid web01:80 → web02:80'],
    ],
    [
      'values that always change',
      ['', 'laravel_session=a'],
      [sets('laravel_session=a'), sets('laravel_session=b')],
      ['laravel_session web01:80 → web02:80'],
    ],
    ['another prefix', ['', '__Host-PHPSESSID=a'], [sets('__Host-PHPSESSID=a')], ['__Host-PHPSESSID web01:80 → web02:80']],
  ])('%s', async (_, cookies, answers, expected) => {
    expect(await hopsOf(cookies, answers)).toEqual(expected);
  });

  test("a cookie of one's own, and none at all", async () => {
    const story = [['', 'shop=a'], [sets('shop=a')]] as const;
    expect(await hopsOf(...story)).toEqual([]);
    expect(await hopsOf(...story, { sessionCookies: ['shop'] })).toEqual(['shop web01:80 → web02:80']);
    expect(await hopsOf(['', 'sid=a'], [sets('sid=a')], { sessionCookies: false })).toEqual([]);
  });

  test('ng.sessions has them all', async () => {
    const ng = await start(two(), webs('local'));
    await new Browser(ng, '/').logIn();
    expect(ng.sessions.map(({ value, peer, requests, lost }) => [value, peer, requests, lost])).toEqual([
      ['1atweb01', 'web01:80', 1, false],
      ['1atweb02', 'web02:80', 0, false],
    ]);
    expect(ng.sessions[0]?.hops).toMatchObject([{ cookie: 'PHPSESSID', upstream: 'app', to: 'web02:80', lost: false }]);
  });
});

describe('cures, tried', () => {
  test("the tutorial's phpMyAdmin keeps logins with ip_hash or a shared store", async () => {
    const [trial] = await trySessions({ file: join(root, 'fixtures/seed/lb/admin.conf') });
    expect(trial).toMatchObject({ upstream: 'admin', url: 'http://www.admin.com/', clients: 8, killed: '172.16.1.7:80' });
    const kept = new Map(trial?.trials.map((one) => [one.name, one]));
    expect(kept.get('as it is')).toMatchObject({ kept: 0, keptAfterKill: 0, edit: null });
    expect(kept.get('ip_hash')).toMatchObject({ kept: 8, hops: 0, losses: 0 });
    expect(kept.get('ip_hash')?.keptAfterKill).toBeGreaterThan(0);
    expect(kept.get('ip_hash')?.keptAfterKill).toBeLessThan(8);
    expect(kept.get('ip_hash')?.edit).toMatch(/admin\.conf:1: write "ip_hash;" into upstream admin$/);
    expect(kept.get('hash $cookie_PHPSESSID consistent')?.kept).toBeLessThan(8);
    expect(kept.get('sticky cookie')).toMatchObject({ kept: 8, hops: 0, losses: 0 });
    expect(kept.get('shared store')).toMatchObject({ kept: 8, keptAfterKill: 8, losses: 0 });
    expect(kept.get('shared store')?.hops).toBeGreaterThan(0);
  });

  test('what nginx refuses is said, methods are replaced, and files keep their other lines', async () => {
    const conf = (method: string) =>
      `upstream b { server 10.0.0.1; server 10.0.0.2 backup; ${method} } server { listen 8080; server_name b.example; location /app/ { proxy_pass http://b; } }`;
    const [refused] = await trySessions(conf(''));
    expect(refused?.url).toMatch(/^http:\/\/b\.example:8080\/app\//);
    expect(refused?.trials[1]?.problem).toBe('nginx refuses it: balancing method does not support parameter "backup"');
    const [replaced] = await trySessions(conf('least_conn;').replace(' backup', ''));
    expect(replaced?.trials[1]?.edit).toBe('nginx.conf:1: write "ip_hash;" into upstream b in place of "least_conn;"');
    expect(replaced?.trials[1]?.kept).toBe(8);
    const [there] = await trySessions(conf('ip_hash;').replace(' backup', ''));
    expect(there?.trials.map(({ kept, problem }) => problem ?? kept).slice(0, 2)).toEqual([8, 'it is there already']);
  });

  test('an upstream in an included file, one that nothing leads to, and checks that begin with everything down', async () => {
    const files = {
      'nginx.conf':
        'events { } http { include up/*.conf; server { listen 80; server_name a.b; location / { proxy_pass http://one; } } }',
      'up/one.conf':
        'upstream one {\n  server 10.0.0.1;\n  server 10.0.0.2;\n  check interval=3000 rise=2 fall=5 timeout=1000 type=tcp;\n}\n',
      'up/two.conf': 'upstream two { server 10.0.0.3; server 10.0.0.4; }',
    };
    const [one, two] = await trySessions({ files });
    expect(one?.trials.map(({ kept }) => kept)[1]).toBe(8);
    expect(one?.trials[1]?.edit).toBe('up/one.conf:1: write "ip_hash;" into upstream one');
    expect(two).toMatchObject({ upstream: 'two', url: null, trials: [] });
  });

  test('the command prints JSON, for the cookie that is asked for', async () => {
    let written = '';
    async function* stdin() {}
    const output = { write: (text: string | Uint8Array) => (written += String(text)) };
    const streams = { stdin: stdin(), stdout: output, stderr: output, env: {}, cwd: () => root };
    const file = join(root, 'fixtures/seed/lb/lb.conf');
    const url = 'http://www.oldboy.com/index.php';
    expect(await main(['sessions', file, '--json', '--session-cookie', 'shop', '--url', url], streams)).toBe(0);
    const [trial] = JSON.parse(written);
    expect(trial).toMatchObject({ upstream: 'webs', url, killed: 'web01:80' });
    expect(trial.trials.map(({ name }: { name: string }) => name)).toContain('hash $cookie_shop consistent');
  });

  test('a broken configuration is refused', async () => {
    await expect(trySessions('upstream a { server b c; }')).rejects.toThrow(/cannot be run/);
  });
});
