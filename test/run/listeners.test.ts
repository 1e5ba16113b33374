import { afterEach, describe, expect, test } from 'vitest';
import type { RunningNginx, RunOptions } from '../../src/run/options.ts';
import { run } from '../../src/run/run.ts';

const running: RunningNginx[] = [];
afterEach(async () => {
  for (const ng of running.splice(0)) await ng.stop();
});

async function start(text: string, options: RunOptions = {}): Promise<RunningNginx> {
  // Whoever says ssl must have a certificate, or nginx does not start.
  const certificate = /ssl|quic/.test(text) ? '\nssl_certificate c.pem; ssl_certificate_key c.key;' : '';
  const ng = await run({ files: { 'nginx.conf': text + certificate } }, { clock: 'virtual', ...options });
  running.push(ng);
  return ng;
}

const addressesOf = (ng: RunningNginx) =>
  ng.listeners.map(({ asked }) => (asked.kind === 'ip' ? `${asked.host}:${asked.port}` : ''));
const unrunIn = (ng: RunningNginx) =>
  ng.notRun.filter(({ directive }) => directive === 'listen').map(({ directive, place, why }) => `${place} ${directive} ${why}`);

describe('what is not plain HTTP/1 is not served as if it were', () => {
  test.each([
    ['ssl', 'ssl is'],
    ['ssl http2', 'ssl is'],
    ['ssl proxy_protocol', 'ssl is'],
  ])('listen … %s', async (words, said) => {
    const ng = await start(`server {\n listen 80;\n listen 8443 ${words};\n return 200 plain;\n}`);
    expect(addressesOf(ng)).toEqual(['0.0.0.0:80']);
    expect(unrunIn(ng)).toEqual([`nginx.conf:3 listen ${said} not run: nothing listens at 0.0.0.0:8443`]);
    expect((await ng.fetch('/')).text()).toBe('plain');
  });

  test('one line makes the address what it is for all', async () => {
    const ng = await start(
      'server {\n listen 443;\n return 200 a;\n}\nserver {\n listen 443 ssl;\n listen 80;\n return 200 b;\n}',
    );
    expect(addressesOf(ng)).toEqual(['0.0.0.0:80']);
    expect(unrunIn(ng).map((line) => line.split(' ')[0])).toEqual(['nginx.conf:2', 'nginx.conf:6']);
  });

  test('an address on a socket that it shares', async () => {
    const ng = await start('server { listen 80; return 200 any; } server { listen 127.0.0.1:80 ssl; return 200 own; }');
    expect(addressesOf(ng)).toEqual(['0.0.0.0:80']);
    expect((await ng.send('GET / HTTP/1.0\r\n\r\n')).raw.toString()).toBe('');
  });

  test('a socket of its own, where the one that would be shared is not opened', async () => {
    const ng = await start('server { listen 80 ssl; return 200 any; } server { listen 127.0.0.1:80; return 200 own; }');
    expect(addressesOf(ng)).toEqual(['127.0.0.1:80']);
    expect((await ng.fetch('/')).text()).toBe('own');
  });

  test('quic has sockets of its own', async () => {
    const ng = await start('server { listen 80; listen 80 quic; return 200 plain; }');
    expect(addressesOf(ng)).toEqual(['0.0.0.0:80']);
    expect(unrunIn(ng)).toEqual(['nginx.conf:1 listen quic is not run: nothing listens at udp 0.0.0.0:80']);
  });

  test('http2 without TLS leaves HTTP/1 alone, but for older releases', async () => {
    const text = 'server { listen 80 http2; return 200 plain; }';
    const ng = await start(text);
    expect((await ng.fetch('/')).text()).toBe('plain');
    expect(unrunIn(ng)).toEqual(['nginx.conf:1 listen http2 is not run: HTTP/1 alone is spoken there']);
    expect(addressesOf(await start(text, { nginxVersion: '1.22' }))).toEqual([]);
  });

  test('ssl on, of older releases', async () => {
    expect(addressesOf(await start('server { listen 80; ssl on; return 200 x; }', { nginxVersion: '1.14' }))).toEqual([]);
  });
});

describe('the machine shows through', () => {
  const disk = { '/srv/www/a.txt': 'a', '/etc/passwd': 'no' };

  test('$hostname, $pid and server_name $hostname', async () => {
    const ng = await start(
      'server { return 200 default; } server { server_name $hostname; return 200 "$hostname $server_name $pid"; }',
      {
        hostname: 'Box.Example',
      },
    );
    expect((await ng.fetch('http://box.example/')).text()).toBe('box.example box.example 1');
    expect((await ng.fetch('http://other.example/')).text()).toBe('default');
  });

  test('$realpath_root', async () => {
    const ng = await start(
      `server { root /srv/../srv/./www/; location / { return 200 "$document_root $realpath_root"; }
       location /none { root /none; return 200 "[$realpath_root]"; } location /all { root /; return 200 "[$document_root] $realpath_root"; } }`,
      { disk },
    );
    expect((await ng.fetch('/')).text()).toBe('/srv/../srv/./www /srv/www');
    expect((await ng.fetch('/none')).text()).toBe('[]');
    expect(ng.logs.error.at(-1)).toContain('[crit] 1#0: *2 realpath() "/none" failed (2: No such file or directory)');
    expect((await ng.fetch('/all')).text()).toBe('[] /');
  });

  test('a root that ends in a slash is the same without', async () => {
    const ng = await start('server { root /; }', { disk });
    expect((await ng.fetch('/etc/group')).status).toBe(404);
    expect(ng.logs.error.at(-1)).toContain('open() "/etc/group" failed');
  });
});

describe('variables that the configuration defines', () => {
  test('set replaces what a map gives, and the beginning of a name', async () => {
    const ng = await start(
      'map $uri $x { default map; } server { location / { set $x set; set $http_y own; return 200 "$x $http_y"; } }',
    );
    expect((await ng.fetch('/', { headers: { Y: 'client' } })).text()).toBe('set own');
  });
});
