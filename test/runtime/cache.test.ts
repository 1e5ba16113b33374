import { expect, test } from 'vitest';
import { get, reply, Scenario } from './proxied.ts';

/* Responses that are kept: when they are fresh, who may send them when they are not, and when they go. */

const cached = (lines: string, path = '') => `
  events {}
  http {
    proxy_cache_path /cache keys_zone=z:1m levels=1:2 ${path};
    server {
      listen 80;
      proxy_cache z;
      proxy_cache_valid 200 10s;
      ${lines}
      add_header X-Cache $upstream_cache_status;
      location / { proxy_pass http://10.0.0.7:80; }
    }
  }`;

/** Status, what the cache says, and the body. */
const seen = (response: string) => {
  const [, status = '', cache = '', body = ''] =
    /^HTTP\/1\.1 (\d+)[\s\S]*?(?:X-Cache: (\w+)[\s\S]*?)?\r\n\r\n([\s\S]*)$/.exec(response) ?? [];
  return `${status} ${cache} ${body}`;
};

async function scenario(lines: string, answers: readonly (string | (string | number | 'close' | 'reset')[])[], path = '') {
  const s = new Scenario();
  await s.backend('10.0.0.7:80', ...answers.map((answer) => (typeof answer === 'string' ? [answer] : answer)));
  await s.start(cached(lines, path));
  const ask = async (uri = '/', fields = '', wait = 0) => seen(await s.send(get(uri, fields), wait));
  return { s, ask };
}

test('a response is fresh as long as it is valid', async () => {
  const { s, ask } = await scenario('', [reply('one'), reply('two')]);
  expect(await ask()).toBe('200 MISS one');
  expect(await ask()).toBe('200 HIT one');
  await s.host.advance(10_000);
  expect(await ask()).toBe('200 HIT one');
  await s.host.advance(1000);
  expect(await ask()).toBe('200 EXPIRED two');
  expect(s.asked).toHaveLength(2);
});

test('it lies where nginx looks for it', async () => {
  const { s, ask } = await scenario('proxy_cache_key $uri;', [reply('one', 'ETag: "x"\r\n')]);
  await ask('/x');
  const file = s.host.files.read(pathOf(s));
  expect(String(file)).toMatch(/\nKEY: \/x\nHTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\none$/);
});

function pathOf({ host: { files } }: Scenario): string {
  const [first] = files.list('/cache') as readonly string[];
  const [second] = files.list(`/cache/${first}`) as readonly string[];
  const [name = ''] = files.list(`/cache/${first}/${second}`) as readonly string[];
  expect([first, second]).toEqual([name.slice(-1), name.slice(-3, -1)]);
  return `/cache/${first}/${second}/${name}`;
}

test('what is not used goes after a while, its file too', async () => {
  const { s, ask } = await scenario('', [reply('one'), reply('two')], 'inactive=5s');
  await ask();
  const path = pathOf(s);
  await s.host.advance(4000);
  expect(await ask()).toBe('200 HIT one');
  await s.host.advance(4000);
  expect(s.host.files.stat(path)).toMatchObject({ kind: 'file' });
  await s.host.advance(11_000);
  expect(s.host.files.stat(path)).toEqual({ errno: 'ENOENT' });
  expect(await ask()).toBe('200 MISS two');
});

test('what is not used longest goes when there is too much', async () => {
  const { s, ask } = await scenario('', [reply('x'.repeat(5000))], 'max_size=16k');
  for (const uri of ['/a', '/b', '/c']) await ask(uri);
  await s.host.advance(10_000);
  expect((await ask('/c')).slice(0, 7)).toBe('200 HIT');
  expect((await ask('/a')).slice(0, 8)).toBe('200 MISS');
});

test('an answer that ends too early is not kept', async () => {
  const { ask } = await scenario('', [['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhal', 'close'], reply('whole')]);
  expect(await ask()).toContain('hal');
  expect(await ask()).toBe('200 MISS whole');
});

test('a client that leaves does not spoil what others get', async () => {
  const { s, ask } = await scenario('', [['HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf', 1000, 'rest'], reply('no')]);
  const client = s.open();
  client.send(get('/'));
  await s.host.advance(500);
  client.socket.reset();
  await s.host.advance(1000);
  expect(await ask()).toBe('200 HIT halfrest');
});

test('what is too old may be sent when the upstream fails, or while it is asked', async () => {
  const { s, ask } = await scenario('proxy_cache_use_stale updating http_503;', [
    reply('one'),
    reply('busy', '', '503 Busy'),
    [1000, reply('two')],
  ]);
  await ask();
  await s.host.advance(11_000);
  expect(await ask()).toBe('200 STALE one');
  const first = s.open();
  first.send(get('/'));
  await s.host.advance(100);
  expect(await ask()).toBe('200 UPDATING one');
  await s.host.advance(1000);
  expect(seen(first.received)).toBe('200 EXPIRED two');
});

test('with background_update nobody waits', async () => {
  const { s, ask } = await scenario('proxy_cache_use_stale updating; proxy_cache_background_update on;', [
    reply('one'),
    [1000, reply('two')],
  ]);
  await ask();
  await s.host.advance(11_000);
  expect(await ask()).toBe('200 STALE one');
  await s.host.advance(2000);
  expect(await ask()).toBe('200 HIT two');
});

test('a response that has not changed is good for longer', async () => {
  const modified = 'Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nETag: "v"\r\n';
  const { s, ask } = await scenario('proxy_cache_revalidate on;', [reply('one', modified), 'HTTP/1.1 304 Not Modified\r\n\r\n']);
  await ask();
  await s.host.advance(11_000);
  expect(await ask()).toBe('200 REVALIDATED one');
  expect(s.asked[1]).toContain('If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT\r\nIf-None-Match: "v"\r\n');
  await s.host.advance(9000);
  expect(await ask()).toBe('200 HIT one');
  expect(await ask('/', 'If-None-Match: "v"\r\n')).toBe('304 HIT ');
});

test('with lock one asks and the others wait', async () => {
  const { s, ask } = await scenario('proxy_cache_lock on;', [[1000, reply('one')]]);
  const clients = [s.open(), s.open(), s.open()];
  for (const client of clients) client.send(get('/'));
  await s.host.advance(2000);
  expect(clients.map(({ received }) => seen(received))).toEqual(['200 MISS one', '200 HIT one', '200 HIT one']);
  expect(s.asked).toHaveLength(1);
  expect(await ask()).toBe('200 HIT one');
});

test('variants are kept beside each other', async () => {
  const vary = 'Vary: Accept-Language\r\n';
  const { ask } = await scenario('', [reply('german', vary), reply('french', vary)]);
  expect(await ask('/', 'Accept-Language: de\r\n')).toBe('200 MISS german');
  expect(await ask('/', 'Accept-Language: fr\r\n')).toBe('200 MISS french');
  expect(await ask('/', 'Accept-Language: fr\r\n')).toBe('200 HIT french');
  expect(await ask('/', 'Accept-Language: de\r\n')).toBe('200 HIT german');
});

test('a reload keeps what is known, a start finds what lies there', async () => {
  const { s, ask } = await scenario('', [reply('one')]);
  await ask();
  const file = pathOf(s);
  const second = new Scenario();
  second.host.files.set(file, s.host.files.read(file) as Buffer);
  await second.start(cached(''));
  expect(seen(await second.send(get('/')))).toBe('200 HIT one');
  await second.host.advance(61_000);
  expect(second.errors.join('\n')).toContain('http file cache: /cache 0.004M, bsize: 4096');
});

test('other files below the path are removed, except those that are being written', async () => {
  const { s } = await scenario('', [reply('one')]);
  s.host.files.set('/cache/a/notes.txt', 'x');
  s.host.files.set(`/cache/a/${'0'.repeat(32)}`, 'short');
  s.host.files.set(`/cache/a/${'0'.repeat(32)}.0000000001`, 'x');
  await s.host.advance(61_000);
  expect(s.host.files.list('/cache/a')).toEqual([`${'0'.repeat(32)}.0000000001`]);
});

test('an empty body, and one that ended too early below a 502 that is kept', async () => {
  const { ask } = await scenario('proxy_cache_valid any 1m;', [
    reply(''),
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhal', 'close'],
    reply('whole'),
  ]);
  expect(await ask('/empty')).toBe('200 MISS ');
  expect(await ask('/empty')).toBe('200 HIT ');
  await ask('/cut');
  expect(await ask('/cut')).toBe('200 MISS whole');
});

test('slices are kept one by one', async () => {
  const s = new Scenario();
  await s.start(`
  events {}
  http {
    proxy_cache_path /cache keys_zone=z:1m;
    server {
      listen 80; slice 4; proxy_cache z; proxy_cache_key $uri$slice_range; proxy_cache_valid 200 206 1m;
      proxy_set_header Range $slice_range; add_header X-Cache $upstream_cache_status;
      location / { proxy_pass http://127.0.0.1:81; }
    }
    server { listen 81; root /www; }
  }`);
  s.host.files.set('/www/a', '0123456789abcdef');
  const range = async (bytes: string) => seen(await s.send(get('/a', `Range: bytes=${bytes}\r\n`)));
  expect(await range('5-8')).toBe('206 MISS 5678');
  expect(await range('6-13')).toBe('206 HIT 6789abcd');
});

test('a response is copied to a cache on another file system', async () => {
  const { s, ask } = await scenario('', [reply('one')]);
  s.host.files.directory('/etc/nginx');
  s.host.files.rename = () => ({ errno: 'EXDEV' });
  await ask();
  expect(await ask()).toBe('200 HIT one');
  expect(s.host.files.list('/etc/nginx/proxy_temp')).toEqual([]);
});
