import { beforeEach, describe, expect, it } from 'vitest';
import { loadSource } from '../../../src/run/source.ts';
import { get, reply, Scenario } from '../proxied.ts';

/* Whose module checks, how connections are kept, and what a reload leaves. */

let s: Scenario;
beforeEach(() => {
  s = new Scenario();
});

async function body(uri: string): Promise<string> {
  return (await s.send(get(uri, 'Connection: close\r\n'))).split('\r\n\r\n').slice(1).join('\r\n\r\n');
}

async function csv(): Promise<string> {
  return (await body('/check?format=csv')).trim();
}

/** `more` belongs to the upstream. */
function config(check: string, { main = '', servers = 'server 10.0.0.7;', location = '' } = {}): string {
  return `${main} events { } http { upstream u { ${servers} check interval=1000 ${check}; } server { listen 80; location / { proxy_pass http://u; } location /check { check_status; } ${location} } }`;
}

/** A server that takes connections and says nothing, until it is told to close them. */
async function silent(name = '10.0.0.7'): Promise<{ count: number; close(): void }> {
  const open = new Set<{ end(): void }>();
  const server = {
    count: 0,
    close() {
      for (const socket of open) socket.end();
      open.clear();
    },
  };
  await s.host.network.listen({ kind: 'ip', host: name, port: 80 }, (socket) => {
    server.count++;
    open.add(socket);
    socket.handler = { data() {}, end: () => socket.end(), closed: () => void open.delete(socket) };
  });
  return server;
}

describe('the stall of kept connections', () => {
  it('one worker and type=tcp: a server that keeps idle connections never comes up', async () => {
    const server = await silent();
    await s.start(config('rise=2 type=tcp'));
    expect(s.errors.join('\n')).toContain(
      'check type=tcp keeps its connections, and each worker checks a server of "u" once and no more until servers close idle connections: with one worker and rise=2 all stay down so long',
    );
    await s.host.advance(60_000);
    expect(await csv()).toBe('0,u,10.0.0.7:80,down,1,0,tcp,0');
    server.close();
    await s.host.advance(1000);
    expect(await csv()).toBe('0,u,10.0.0.7:80,up,2,0,tcp,0');
    expect(server.count).toBe(2);
  });

  it('as many successes as workers, then silence', async () => {
    await silent();
    await s.start(config('rise=2 type=tcp', { main: 'worker_processes 4;' }));
    await s.host.advance(60_000);
    expect(await csv()).toBe('0,u,10.0.0.7:80,up,4,0,tcp,0');
    expect(s.errors.join('\n')).not.toContain('all stay down');
  });

  it('auto is as many workers as there are processors', async () => {
    await silent();
    await s.start(config('type=tcp', { main: 'worker_processes auto;' }));
    await s.host.advance(60_000);
    expect(await csv()).toBe('0,u,10.0.0.7:80,down,1,0,tcp,0');
  });

  it("Tengine's module closes after each check", async () => {
    const server = await silent();
    await s.start(config('rise=2 type=tcp'), '1.28.0', 'tengine');
    expect(s.errors).toEqual([]);
    await s.host.advance(10_000);
    expect(await csv()).toMatch(/^0,u,10.0.0.7:80,up,[789]|1\d,0,tcp,0$/);
    expect(server.count).toBeGreaterThan(6);
  });

  it('type=http: with check_keepalive_requests the same stall', async () => {
    await s.backend('10.0.0.7:80', reply('ok'));
    await s.start(config('rise=2 type=http; check_keepalive_requests 3'));
    await s.host.advance(60_000);
    expect(await csv()).toBe('0,u,10.0.0.7:80,down,1,0,http,0');
    expect(s.errors.join('\n')).toContain('check type=http keeps its connections');
  });

  it('type=http: Tengine sends as many on one connection', async () => {
    let connections = 0;
    let requests = 0;
    await s.host.network.listen({ kind: 'ip', host: '10.0.0.7', port: 80 }, (socket) => {
      connections++;
      socket.handler = {
        data() {
          requests++;
          socket.write(reply('ok'));
        },
        end: () => socket.end(),
        closed() {},
      };
    });
    await s.start(config('rise=2 type=http; check_keepalive_requests 3'), '1.28.0', 'tengine');
    await s.host.advance(20_000);
    expect(requests).toBeGreaterThan(11);
    expect(connections).toBe(Math.ceil(requests / 3));
  });
});

describe('what is sent and taken', () => {
  const cases: [string, string, string | null, boolean][] = [
    ['type=ajp; check_http_send "\\x"', 'AB\0\x01\x09', '\\x', true],
    ['type=ajp', 'AB\0\x01\x09', '\x12\x34\0\x01\x0a', true],
    ['type=http; check_http_expect_alive HTTP_2XX', reply('ok'), null, true],
    ['type=http', `HTTP/1.1 200 ${'x'.repeat(500)}\r\n`, null, true],
    ['type=http', 'HTTP/1.1 2 0 0\n', null, true],
    ['type=http', 'HTTP/1.1 20x\r\n', null, false],
    ['type=ssl_hello', '\x15\x03\x03\0\x02\x02\x28', null, false],
    // One record and nothing behind it; STDERR first; a number that is none; a name that only begins as Status does.
    ['type=fastcgi', '\x01\x06\0\x01\0\x04\0\0\r\n\r\n', null, false],
    ['type=fastcgi', '\x01\x07\0\x01\0\x04\0\0oops\x01', null, false],
    ['type=fastcgi', '\x01\x06\0\x01\0\x0d\0\0Status: abc\r\n\x01', null, false],
    ['type=fastcgi; check_http_expect_alive http_2xx', '\x01\x06\0\x01\0\x0a\0\0Stat: 404\n\x01', null, false],
    ['type=fastcgi; check_http_expect_alive http_2xx', '\x01\x06\0\x01\0\x0a\0\0Stat: 204\n\x01', null, true],
    ['type=fastcgi; check_http_expect_alive http_2xx', '\x01\x06\0\x01\0\x05\0\0A: b\n\x01', null, true],
  ];
  for (const [directive, answer, sent, alive] of cases) {
    it(`${directive}, told ${JSON.stringify(answer.slice(0, 30))}`, async () => {
      await s.backend('10.0.0.7:80', [answer, 100, 'close']);
      await s.start(config(`rise=1 fall=1 timeout=500 default_down=${alive} ${directive}`));
      await s.host.advance(2000);
      expect(await csv()).toContain(alive ? ',up,' : ',down,');
      if (sent !== null) expect(s.asked[0]).toBe(`10.0.0.7:80 ${sent}`);
    });
  }

  it('check_fastcgi_param replaces all parameters', async () => {
    await s.backend('10.0.0.7:80', '');
    await s.start(config('type=fastcgi; check_fastcgi_param A bc; check_fastcgi_param D e'));
    await s.host.advance(1000);
    expect(s.asked[0]).toContain('\x01\x02Abc\x01\x01De');
    expect(s.asked[0]).not.toContain('REQUEST_METHOD');
  });

  it('port= is checked and logged, the server keeps its name; an address that is no number of a port counts modulo 65536', async () => {
    await s.backend('10.0.0.7:81', reply('ok'));
    await s.start(config('type=http rise=1 port=65617'));
    await s.host.advance(1000);
    expect(await csv()).toMatch(/^0,u,10\.0\.0\.7:80,up,1,0,http,65617$/);
    expect(s.errors.join('\n')).toContain('enable check peer: 10.0.0.7:81 ');
  });
});

describe('the page', () => {
  it('formats are looked for as written, and inherited', async () => {
    const location =
      'location /outer { check_status csv; location /outer/inner { check_status; } } location /two { check_status json; check_status; }';
    await s.start(config('type=tcp', { location }));
    expect(await body('/outer/inner')).toMatch(/^0,u,/);
    expect(await body('/two')).toMatch(/^\{"servers"/);
    expect(await body('/check?format=CSV')).toMatch(/^<!DOCTYPE/);
    expect(s.errors.join('\n')).toContain('http upstream check, bad argument: "CSV"');
  });

  it("a filter leaves a comma too many, but in Tengine's, which counts", async () => {
    const two = config('type=tcp default_down=false', { servers: 'server 10.0.0.7; server 10.0.0.8; ' }).replace(
      'server { listen',
      'upstream v { server 10.0.0.9; check interval=1000; } server { listen',
    );
    await s.start(two);
    expect(await body('/check?format=json&status=up')).toContain('"port": 0},\n  ]\n}}');
    s = new Scenario();
    await s.start(two, '1.28.0', 'tengine');
    const page = await body('/check?format=json&status=up');
    expect(page).toContain('"total": 2,\n  "up": 2,\n  "down": 0,\n');
    expect(JSON.parse(page).servers.server).toHaveLength(2);
  });
});

describe('a reload', () => {
  const http = config('type=http rise=1');
  async function reload(text: string): Promise<number> {
    const { model } = loadSource({ files: { 'nginx.conf': text } }, '1.28.0');
    return (await s.nginx.reload(model)).length;
  }

  beforeEach(async () => {
    await s.backend('10.0.0.7:80', reply('ok'));
    await s.start(http);
    await s.host.advance(1000);
  });

  it('leaves what is known of an address, under any name', async () => {
    await reload(http.replaceAll('upstream u', 'upstream w').replace('http://u', 'http://w'));
    expect(await csv()).toBe('0,w,10.0.0.7:80,up,1,0,http,0');
    expect(await body('/check?format=json')).toContain('"generation": 2');
  });

  it('knows nothing of a new address', async () => {
    await reload(http.replace('server 10.0.0.7;', 'server 10.0.0.8; server 10.0.0.7;'));
    expect(await csv()).toBe('0,u,10.0.0.8:80,down,0,0,http,0\n1,u,10.0.0.7:80,up,1,0,http,0');
  });

  it('that fails late makes the next one begin anew', async () => {
    await s.host.network.listen({ kind: 'ip', host: '0.0.0.0', port: 81 }, () => {});
    expect(await reload(http.replace('listen 80;', 'listen 80; listen 81;'))).toBe(1);
    expect(await csv()).toMatch(/,up,/);
    await reload(http);
    expect(await csv()).toBe('0,u,10.0.0.7:80,down,0,0,http,0');
    expect(await body('/check?format=json')).toContain('"generation": 3');
  });
});

it('check_shm_size bounds how many there are', async () => {
  const servers = Array.from({ length: 5000 }, (_, i) => `server 10.0.${i >> 8}.${i & 255};`).join(' ');
  await expect(s.start(config('type=tcp', { servers }))).rejects.toThrow('http upstream check_shm_size is too small');
  s = new Scenario();
  await s.start(config('type=tcp', { servers }).replace('upstream u', 'check_shm_size 2m; upstream u'));
  await s.nginx.stop();
});

describe('who asks the checks', () => {
  for (const method of ['', 'ip_hash;', 'hash $uri;', 'hash $uri consistent;', 'least_conn;'])
    it(method || 'round robin', async () => {
      for (const host of ['10.0.0.7', '10.0.0.8']) await s.backend(`${host}:80`, reply(host));
      s.host.network.fault('10.0.0.8:80', 'refused');
      await s.start(config('type=http rise=1 fall=1', { servers: `${method} server 10.0.0.7; server 10.0.0.8;` }));
      await s.host.advance(1000);
      s.host.network.fault('10.0.0.8:80', null);
      for (let i = 0; i < 8; i++) expect(await body(`/${i}`)).toBe('10.0.0.7');
    });

  it('backups are used when checks leave no other, and are checked, too', async () => {
    for (const host of ['10.0.0.7', '10.0.0.8']) await s.backend(`${host}:80`, reply(host));
    s.host.network.fault('10.0.0.7:80', 'refused');
    await s.start(config('type=http rise=1 fall=1', { servers: 'server 10.0.0.7; server 10.0.0.8 backup;' }));
    expect(await s.send(get('/'))).toContain(' 502 ');
    await s.host.advance(1000);
    expect(await body('/')).toBe('10.0.0.8');
  });
});
