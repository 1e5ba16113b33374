import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inDirectory } from '../support/nginxlint.ts';
import { Nginxrun } from '../support/nginxrun.ts';

test('nginxrun says where it listens, writes a line for each request, and ends well', async () => {
  const ng = new Nginxrun(['fixtures/seed/lb/lb.conf', '--listen', '80=0']);
  const [, url = ''] = await ng.says(/listen 0\.0\.0\.0:80 → (http:\/\/127\.0\.0\.1:\d+)\n/);
  await ng.says(/web01:80 → mock at 127\.0\.0\.1:\d+\n {4}web02:80 → mock/);
  const response = await fetch(`${url}/a`);
  expect(await response.text()).toContain('nginxrun answers in place of web01:80');
  await ng.says(/127\.0\.0\.1 → GET \/a HTTP\/1\.1 → www\.oldboy\.com → \/ → web01:80 \(mock\) {2}200 {2}[\d.]+ ms\n/);
  ng.child.kill('SIGINT');
  expect(await ng.exit()).toBe(0);
});

test('nginxrun moves away from a port that is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await inDirectory({ 'a.conf': `server { listen 127.0.0.1:${port}; return 200 moved; }` }, async (cwd) => {
    const ng = new Nginxrun(['a.conf'], cwd);
    const [, url = ''] = await ng.says(/listen \S+ → (http:\/\/127\.0\.0\.1:\d+)\n/);
    expect(url).not.toContain(`:${port}`);
    expect(await (await fetch(url)).text()).toBe('moved');
  });
  other.close();
});

test('nginxrun takes changes over, and keeps the old configuration when the new one is broken', async () => {
  await inDirectory({ 'a.conf': 'server { listen 80; return 200 one; }' }, async (cwd) => {
    const ng = new Nginxrun(['a.conf', '--listen', '80=0'], cwd);
    const [, url = ''] = await ng.says(/listen \S+ → (\S+)/);
    expect(await (await fetch(url)).text()).toBe('one');
    writeFileSync(join(cwd, 'a.conf'), 'server { listen 80; retrun 200 two; }');
    await ng.says(/not reloaded, the old configuration goes on/);
    expect(ng.output).toContain('unknown directive');
    expect(await (await fetch(url)).text()).toBe('one');
    writeFileSync(join(cwd, 'a.conf'), 'server { listen 80; return 200 three; }');
    await ng.says(/^reloaded a\.conf/m);
    expect(await (await fetch(url)).text()).toBe('three');
  });
});

test('nginxrun serves files from beside the configuration, and no others', async () => {
  const files = { 'conf/a.conf': 'server { root /code/test; location /etc/ { root /; } }', 'conf/code/test/index.html': 'hello' };
  await inDirectory(files, async (cwd) => {
    const ng = new Nginxrun(['conf/a.conf', '--listen', '80=0'], cwd);
    const [, url = ''] = await ng.says(/listen \S+ → (\S+)/);
    expect(await (await fetch(`${url}/`)).text()).toBe('hello');
    expect((await fetch(`${url}/etc/passwd`)).status).toBe(404);
    await ng.says(/404 {2}[\d.]+ ms {2}\(\/etc\/passwd may not be read: .*--root PATH=DIR/);
  });
});

test('nginxrun refuses what nginx refuses, in the words of nginxlint', async () => {
  const ng = new Nginxrun(['fixtures/seed/lb/lb-check.conf']);
  expect(await ng.exit()).toBe(2);
  expect(ng.output).toContain('"server {" is missing before "server_name www.oldboy.com"');
  expect(ng.output).toContain('nginxlint --fix --unsafe-fixes fixtures/seed/lb/lb-check.conf repairs it');
  const absent = new Nginxrun(['no-such.conf']);
  expect(await absent.exit()).toBe(2);
  expect(absent.output).toBe('nginxrun: cannot read no-such.conf: No such file or directory\n');
});

test('nginxrun -t prints what nginx -t prints', async () => {
  await inDirectory({ 'a.conf': 'events { }\nhttp {\n    server { lisen 80; }\n}\n' }, async (cwd) => {
    const ng = new Nginxrun(['-t', '-c', 'a.conf', '-p', cwd], cwd);
    expect(await ng.exit()).toBe(1);
    expect(ng.output).toBe(
      `nginx: [emerg] unknown directive "lisen" in ${cwd}/a.conf:3\nnginx: configuration file ${cwd}/a.conf test failed\n`,
    );
  });
});

test('nginxrun --strict does not start what it would not run', async () => {
  const files = { 'a.conf': 'worker_processes 2;\nevents { }\nhttp { server { listen 80; location /p { perl foo; } } }' };
  await inDirectory(files, async (cwd) => {
    const ng = new Nginxrun(['a.conf', '--listen', '80=0', '--strict'], cwd);
    expect(await ng.exit()).toBe(3);
    expect(ng.output).toContain('not run: perl a.conf:3: ');
    expect(ng.output).toContain('no effect here: worker_processes a.conf:1');
    expect(ng.output).toContain('--strict, and one line is not run');
  });
});

test('nginxrun --json writes one object a line', async () => {
  const ng = new Nginxrun(['fixtures/seed/lb/lb.conf', '--listen', '80=0', '--json']);
  await ng.says(/\n/);
  const started = JSON.parse(ng.output.split('\n')[0] ?? '') as { type: string; listeners: { real: { port: number } }[] };
  expect(started.type).toBe('started');
  await fetch(`http://127.0.0.1:${started.listeners[0]?.real.port}/`);
  const [line = ''] = await ng.says(/^\{"type":"request".*$/m);
  expect(JSON.parse(line)).toMatchObject({
    status: 200,
    location: '/',
    upstream: 'webs',
    peers: [{ addr: 'web01:80', status: 200 }],
  });
});
