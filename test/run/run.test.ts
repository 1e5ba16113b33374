import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunningNginx, RunOptions } from '../../src/run/options.ts';
import { NginxConfigError, run } from '../../src/run/run.ts';
import type { RunSource } from '../../src/run/source.ts';
import { inDirectory } from '../support/nginxlint.ts';

const running: RunningNginx[] = [];
afterEach(async () => {
  for (const ng of running.splice(0)) await ng.stop();
});

async function start(source: RunSource, options: RunOptions = { clock: 'virtual' }): Promise<RunningNginx> {
  const ng = await run(source, options);
  running.push(ng);
  return ng;
}

const twoWebs = 'upstream webs { server web01; server web02; } server { listen 80; location / { proxy_pass http://webs; } }';

describe.each(['virtual', 'real'] as const)('on a %s machine', (clock) => {
  test('backends are functions', async () => {
    const ng = await start(twoWebs, {
      clock,
      backends: { web01: ({ uri }) => `one ${uri}`, web02: () => ({ status: 404, body: 'two' }) },
    });
    const first = await ng.fetch('http://a.example/x//y?z');
    expect([first.status, first.text()]).toEqual([200, 'one /x//y?z']);
    const second = await ng.fetch('/');
    expect([second.status, second.text()]).toEqual([404, 'two']);
    expect(ng.backend('web01').requests.map(({ requestLine }) => requestLine)).toEqual(['GET /x//y?z HTTP/1.1']);
    expect(ng.peers('webs').map(({ name, requests }) => `${name} ${requests}`)).toEqual(['web01:80 1', 'web02:80 1']);
    expect(ng.backends.map(({ presence }) => presence)).toEqual(['handler', 'handler']);
  });

  test('a server may pass to another one of the same configuration', async () => {
    const ng = await start(
      `server { listen 80; location / { proxy_pass http://127.0.0.1:8081; } } server { listen 8081; return 200 "inner $uri"; }`,
      { clock },
    );
    expect((await ng.fetch('http://a.example/x')).text()).toBe('inner /x');
    expect(ng.backends.map(({ presence }) => presence)).toEqual(['self']);
  });

  test('redirects show the configured port', async () => {
    const ng = await start('server { listen 8080; return 301 /x; }', { clock });
    expect((await ng.fetch('http://a.example:8080/')).headers.get('location')).toBe('http://a.example:8080/x');
  });

  test('bytes can be sent as they are', async () => {
    const ng = await start('server { listen 80; return 200 ok; }', { clock });
    expect((await ng.send('GET /\r\n')).raw.toString()).toBe('ok');
    expect((await ng.send('\x16\x03\x01\r\n\r\n')).status).toBe(400);
  });

  test('another configuration can be taken over, unless it is broken', async () => {
    const ng = await start('server { return 200 one; }', { clock });
    await expect(ng.reload('server { retrun 200 two; }')).rejects.toBeInstanceOf(NginxConfigError);
    expect((await ng.fetch('/')).text()).toBe('one');
    await ng.reload('server { return 200 three; }');
    expect((await ng.fetch('/')).text()).toBe('three');
  });

  test('FastCGI has its mock', async () => {
    const ng = await start('server { location / { fastcgi_pass 127.0.0.1:1; fastcgi_param SCRIPT_FILENAME /code$uri; } }', {
      clock,
    });
    const response = await ng.fetch('/a.php');
    expect(response.headers.get('x-mock-backend')).toBe('127.0.0.1:1');
    expect(response.text()).toContain('would have run /code/a.php');
  });
});

describe('fragments', () => {
  test.each([
    ['location /a { return 200 a; }', '/a', 'a'],
    ['server { return 200 b; }', '/', 'b'],
    ['return 200 c;', '/', 'c'],
    ['http { server { return 200 d; } } events { }', '/', 'd'],
  ])('%s', async (text, path, body) => {
    expect((await (await start(text)).fetch(path)).text()).toBe(body);
  });

  test('an upstream alone gets a server', async () => {
    const ng = await start('upstream webs { server 10.0.0.7 weight=5; server 10.0.0.8; }');
    expect(ng.wrapped).toBe('put into http { }, with a server on port 80 that passes everything to upstream webs');
    const names = [];
    for (let count = 0; count < 6; count++) names.push((await ng.fetch('/')).headers.get('x-mock-backend'));
    expect(names.filter((name) => name === '10.0.0.7:80')).toHaveLength(5);
  });
});

describe('a virtual machine', () => {
  test('lets time pass only when it is told to', async () => {
    const ng = await start(twoWebs, { clock: 'virtual', backends: { web01: () => 'one', web02: () => 'two' } });
    const ask = async () => (await ng.fetch('/')).text();
    ng.backend('web01').down();
    expect(await ask()).toBe('two');
    await ng.backend('web01').up();
    expect([await ask(), await ask()]).toEqual(['two', 'two']);
    await ng.advance('11s');
    // Its weight grows back with each request.
    expect([await ask(), await ask(), await ask()]).toContain('one');
  });

  test('answers a request that waits once its time has come', async () => {
    const source = 'upstream webs { server web01; } server { location / { proxy_pass http://webs; proxy_read_timeout 5s; } }';
    const ng = await start(source, { clock: 'virtual', backends: { web01: () => new Promise<string>(() => {}) } });
    const answer = ng.fetch('/');
    await ng.advance('4900ms');
    let over = false;
    void answer.then(() => (over = true));
    await ng.advance(0);
    expect(over).toBe(false);
    await ng.advance('200ms');
    expect((await answer).status).toBe(504);
    expect(ng.logs.error.join('\n')).toContain('upstream timed out (110: Connection timed out)');
  });

  test('has the files that it was given, and the date that it starts with', async () => {
    const ng = await start('server { root /www; }', { clock: 'virtual', disk: { '/www/index.html': 'hello' } });
    const response = await ng.fetch('/');
    expect(response.text()).toBe('hello');
    expect(response.headers.get('date')).toBe('Wed, 01 Jan 2025 00:00:00 GMT');
  });
});

describe('what cannot be run', () => {
  test('is rejected with its findings', async () => {
    const error = await run('server { listen 80 }', { clock: 'virtual' }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(NginxConfigError);
    expect((error as NginxConfigError).diagnostics.length).toBeGreaterThan(0);
    expect((error as NginxConfigError).message).toMatch(/nginx\.conf:1:\d+: error: /);
  });

  test('is named with its place when it can be left out', async () => {
    const ng = await start('user www;\nevents { }\nhttp { server { location /p { perl foo; } } }');
    expect(ng.notRun).toContainEqual({ directive: 'user', place: 'nginx.conf:1', why: expect.any(String), harmless: true });
    expect(ng.notRun).toContainEqual({ directive: 'perl', place: 'nginx.conf:3', why: expect.any(String), harmless: false });
    expect(ng.notRun).toHaveLength(2);
  });

  test('backends without mocks answer 502', async () => {
    const ng = await start('server { location / { proxy_pass http://10.0.0.1; } }', { clock: 'virtual', mock: 'none' });
    expect((await ng.fetch('/')).status).toBe(502);
    expect(ng.backends[0]?.presence).toBe('unreachable');
  });
});

test('a configuration on disk cannot lead out of its directory', async () => {
  const config = 'server { listen 80; root /../secret; location /link/ { alias /linked/; } location /own/ { alias /public/; } }';
  await inDirectory({ 'conf/a.conf': config, 'conf/public/x': 'public', 'secret/x': 'secret' }, async (cwd) => {
    symlinkSync(join(cwd, 'secret'), join(cwd, 'conf/linked'));
    const hidden: string[] = [];
    const ng = await start({ file: join(cwd, 'conf/a.conf') }, { onHidden: (path) => hidden.push(path) });
    expect((await ng.fetch('/own/x')).text()).toBe('public');
    expect((await ng.fetch('/x')).status).toBe(404);
    expect((await ng.fetch('/link/x')).status).toBe(404);
    expect(hidden).toContain('/linked/x');
    expect(hidden).toContain('/../secret/x');
  });
});
