import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, root } from '../support/files.ts';
import { expectGolden } from '../support/golden.ts';
import { nginxc } from '../support/nginxc.ts';
import { inDirectory } from '../support/nginxlint.ts';

const conf = `events { }
http {
    keepalive_timeout 5s;
    server_tokens on;
    upstream app {
        least_conn;
        zone app 64k;
        server 10.0.0.7:80 weight=5 max_conns=10;
        server 10.0.0.8:80 backup;
    }
    server {
        listen 80;
        server_name *.example.com;
        deny 10.0.0.1;
        location / { proxy_pass http://app; }
        location /a/b { return 204; }
        location /a { allow all; location /a/c { } }
        location ~ x { root /srv; }
        location ^~ /static/ { keepalive_timeout 75s; }
        location = / { return 200; }
        location @named { }
    }
    server {
        listen 80 default_server;
        server_name www.example.com .example.org ~^(.+)\\.net$ mail.* *.www.example.com;
    }
    types { text/plain txt; text/html html; }
}
stream {
    upstream db { hash $remote_addr; server 10.0.0.9:3306; }
    server { listen 3306; proxy_pass db; }
}
`;

test('a plan for people', () =>
  inDirectory({ 'nginx.conf': conf }, async (cwd) => {
    const { code, stdout } = await nginxc(['plan', 'nginx.conf'], { cwd });
    expect(code).toBe(0);
    expectGolden('plan.txt', stdout);
  }));

test('and as JSON', () =>
  inDirectory({ 'nginx.conf': conf }, async (cwd) => {
    const { listeners, servers, stream, upstreams } = JSON.parse(
      (await nginxc(['plan', 'nginx.conf', '--json'], { cwd })).stdout,
    );
    expect(listeners).toMatchObject([
      {
        address: '0.0.0.0:80',
        tls: false,
        defaultServer: 'nginx.conf:23',
        names: {
          exact: [{ name: 'www.example.com' }, { name: '.example.org' }],
          leading: [
            { name: '*.www.example.com', at: 'nginx.conf:23' },
            { name: '*.example.com', at: 'nginx.conf:11' },
            { name: '.example.org' },
          ],
          trailing: [{ name: 'mail.*' }],
          regex: [{ name: '~^(.+)\\.net$' }],
        },
      },
    ]);
    const texts = servers[0].inside.map(({ text }: { text: string }) => text);
    expect(texts).toEqual([
      'location = /',
      'location ^~ /static/',
      'location ~ x',
      'location /a/b',
      'location /a',
      'location /',
      'location @named',
    ]);
    expect(servers[0].inside[4]).toMatchObject({
      settings: [
        { text: 'allow all', at: 'nginx.conf:17', inherited: false },
        { text: 'keepalive_timeout 5s', at: 'nginx.conf:3', inherited: true },
        { text: 'types { 2 lines }', inherited: true },
      ],
      inside: [
        {
          text: 'location /a/c',
          settings: [{ text: 'allow all', inherited: true }, { text: 'keepalive_timeout 5s' }, { text: 'types { 2 lines }' }],
        },
      ],
    });
    // What says the default says nothing.
    expect(servers[0].inside[1].settings).toEqual([
      { text: 'deny 10.0.0.1', at: 'nginx.conf:14', inherited: true },
      { text: 'types { 2 lines }', at: 'nginx.conf:27', inherited: true },
    ]);
    expect(upstreams).toMatchObject([
      {
        name: 'app',
        in: 'http',
        method: 'least_conn',
        settings: [{ text: 'zone app 64k' }],
        peers: [
          { address: '10.0.0.7:80', weight: 5, maxFails: 1, failTimeout: 10, maxConns: 10, backup: false },
          { address: '10.0.0.8:80', backup: true },
        ],
      },
      { name: 'db', in: 'stream', method: 'hash $remote_addr' },
    ]);
    expect(stream[0].settings).toMatchObject([{ text: 'listen 3306' }, { text: 'proxy_pass db' }]);
  }));

test.each(filesIn('fixtures/configs', '.conf').concat(filesIn('fixtures/broken', '.conf')))('of %s is made', async (file) => {
  const { stdout } = await nginxc(['plan', join(root, file), '--json'], { cwd: root });
  expect(JSON.parse(stdout).version).toBe(1);
});
