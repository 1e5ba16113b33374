import { beforeEach, describe, expect, it } from 'vitest';
import { get, reply, Scenario } from '../proxied.ts';

const up = reply('ok');

/** The load balancer of a well-known tutorial, with the `server {` that its copies have lost. */
const tutorial = `events { } http {
  upstream webs {
    server 172.16.1.7:80 max_fails=2 fail_timeout=10s;
    server 172.16.1.8:80 max_fails=2 fail_timeout=10s;
    check interval=3000 rise=2 fall=3 timeout=1000 type=tcp;
  }
  server {
    listen 80;
    server_name www.oldboy.com;
    proxy_next_upstream error timeout http_500 http_502 http_503 http_504;
    location / { proxy_pass http://webs; proxy_set_header Host $http_host; proxy_http_version 1.1; }
    location /check { check_status; }
  }
}`;

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

describe('the tutorial', () => {
  it('comes up after two checks, and loses a server after three', async () => {
    for (const name of ['172.16.1.7:80', '172.16.1.8:80']) await s.backend(name, up);
    await s.start(tutorial, '1.28.0', 'tengine');
    expect(await s.send(get('/'))).toContain(' 502 ');
    expect(await csv()).toBe('0,webs,172.16.1.7:80,down,0,0,tcp,0\n1,webs,172.16.1.8:80,down,0,0,tcp,0');
    await s.host.advance(3000);
    expect(await csv()).toBe('0,webs,172.16.1.7:80,down,1,0,tcp,0\n1,webs,172.16.1.8:80,down,1,0,tcp,0');
    await s.host.advance(4500);
    expect(await csv()).toMatch(/^0,webs,172.16.1.7:80,up,[23],0,tcp,0\n1,webs,172.16.1.8:80,up,[23],0,tcp,0$/);
    expect(await s.send(get('/'))).toContain(' 200 ');

    s.host.network.fault('172.16.1.8:80', 'refused');
    await s.host.advance(13_500);
    expect(await csv()).toMatch(/^0,webs,172.16.1.7:80,up,\d+,0,tcp,0\n1,webs,172.16.1.8:80,down,0,[345],tcp,0$/);
    s.asked.length = 0;
    for (let i = 0; i < 4; i++) await s.send(get('/'));
    expect(s.asked.every((line) => line.startsWith('172.16.1.7:80'))).toBe(true);
    expect(s.errors.join('\n')).toContain('enable check peer: 172.16.1.7:80 ');
    expect(s.errors.join('\n')).toContain('disable check peer: 172.16.1.8:80 ');
  });
});

describe('checks by type', () => {
  const hello = `\x16\x03\x03\0\x40\x02${'\0'.repeat(41)}`;
  const stdout = 'Status: 200 OK\r\n\r\n';
  const fastcgi = `\x01\x06\0\x01\0${String.fromCharCode(stdout.length)}\0\0${stdout}\x01\x03\0\x01\0\x08\0\0${'\0'.repeat(8)}`;
  const cases: [string, string, boolean][] = [
    ['type=http', up, true],
    ['type=http', 'HTTP/1.1 302 Found\r\n\r\n', true],
    ['type=http', 'HTTP/1.1 404 Not Found\r\n\r\n', false],
    ['type=http', 'nonsense\r\n', false],
    ['type=http; check_http_expect_alive http_4xx', 'HTTP/1.1 404 Not Found\r\n\r\n', true],
    ['type=http; check_http_expect_alive http_4xx', up, false],
    ['type=ssl_hello', hello, true],
    ['type=ssl_hello', 'HTTP/1.1 400 Bad Request\r\n', false],
    ['type=ajp', 'AB\0\x01\x09', true],
    ['type=ajp', 'AB\0\x01\x08', false],
    ['type=fastcgi', fastcgi, true],
    ['type=fastcgi; check_http_expect_alive http_5xx', fastcgi, false],
  ];
  for (const [directive, answer, alive] of cases) {
    it(`${directive}: ${alive ? 'alive' : 'not alive'} when told ${JSON.stringify(answer.slice(0, 16))}`, async () => {
      await s.backend('10.0.0.7:80', answer);
      await s.start(
        `events { } http { upstream u { server 10.0.0.7; check interval=1000 rise=1 fall=1 default_down=false ${directive}; } server { listen 80; location /check { check_status; } } }`,
      );
      await s.host.advance(2000);
      expect(await csv()).toMatch(alive ? /,up,[12],0,/ : /,down,0,[12],/);
    });
  }

  it('type=mysql waits for a greeting', async () => {
    await s.host.network.listen({ kind: 'ip', host: '10.0.0.7', port: 3306 }, (socket) => void socket.write('\x10\0\0\0\x0a8.0'));
    await s.start(
      'events { } http { upstream u { server 10.0.0.7; check interval=1000 rise=1 type=mysql port=3306; } server { listen 80; location /check { check_status csv; } } }',
    );
    await s.host.advance(2000);
    expect((await body('/check')).trim()).toMatch(/^0,u,10\.0\.0\.7:80,up,[12],0,mysql,3306$/);
  });

  it('sends what check_http_send says', async () => {
    await s.backend('10.0.0.7:80', up);
    await s.start(
      'events { } http { upstream u { server 10.0.0.7; check interval=1000 type=http; check_http_send "HEAD /x HTTP/1.0\\r\\n\\r\\n"; } server { listen 80; } }',
    );
    await s.host.advance(1000);
    expect(s.asked[0]).toBe('10.0.0.7:80 HEAD /x HTTP/1.0\r\n\r\n');
  });

  it('gives up after the timeout', async () => {
    s.host.network.fault('10.0.0.7:80', 'black-hole');
    await s.start(
      'events { } http { upstream u { server 10.0.0.7; check interval=2000 fall=1 timeout=500 default_down=false type=tcp; } server { listen 80; location /check { check_status; } } }',
    );
    await s.host.advance(2500);
    expect(await csv()).toBe('0,u,10.0.0.7:80,down,0,1,tcp,0');
    expect(s.errors.join('\n')).toContain('check time out with peer: 10.0.0.7:80 ');
  });
});

describe('the status page', () => {
  const two = `events { } http { upstream a { server 10.0.0.7; server 10.0.0.8 backup; server 10.0.0.9 down; check interval=1000 default_down=false type=tcp; }
    upstream b { server 10.0.0.9:81; check interval=1000 type=http port=82; } server { listen 80; location /check { check_status; } location /json { check_status json; } } }`;

  it('html', async () => {
    await s.start(two);
    const page = await body('/check');
    expect(page).toBe(`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
  <title>Nginx http upstream check status</title>
</head>
<body>
<h1>Nginx http upstream check status</h1>
<h2>Check upstream server number: 3, generation: 1</h2>
<table style="background-color:white" cellspacing="0"        cellpadding="3" border="1">
  <tr bgcolor="#C0C0C0">
    <th>Index</th>
    <th>Upstream</th>
    <th>Name</th>
    <th>Status</th>
    <th>Rise counts</th>
    <th>Fall counts</th>
    <th>Check type</th>
    <th>Check port</th>
  </tr>
  <tr>
    <td>0</td>
    <td>a</td>
    <td>10.0.0.7:80</td>
    <td>up</td>
    <td>0</td>
    <td>0</td>
    <td>tcp</td>
    <td>0</td>
  </tr>
  <tr>
    <td>1</td>
    <td>a</td>
    <td>10.0.0.8:80</td>
    <td>up</td>
    <td>0</td>
    <td>0</td>
    <td>tcp</td>
    <td>0</td>
  </tr>
  <tr bgcolor="#FF0000">
    <td>2</td>
    <td>b</td>
    <td>10.0.0.9:81</td>
    <td>down</td>
    <td>0</td>
    <td>0</td>
    <td>http</td>
    <td>82</td>
  </tr>
</table>
</body>
</html>
`);
  });

  const cases: [string, string][] = [
    [
      '/json',
      '{"servers": {\n  "total": 3,\n  "generation": 1,\n  "server": [\n    {"index": 0, "upstream": "a", "name": "10.0.0.7:80", "status": "up", "rise": 0, "fall": 0, "type": "tcp", "port": 0},\n    {"index": 1, "upstream": "a", "name": "10.0.0.8:80", "status": "up", "rise": 0, "fall": 0, "type": "tcp", "port": 0},\n    {"index": 2, "upstream": "b", "name": "10.0.0.9:81", "status": "down", "rise": 0, "fall": 0, "type": "http", "port": 82}\n  ]\n}}\n',
    ],
    [
      '/check?format=json&status=down',
      '{"servers": {\n  "total": 1,\n  "generation": 1,\n  "server": [\n    {"index": 2, "upstream": "b", "name": "10.0.0.9:81", "status": "down", "rise": 0, "fall": 0, "type": "http", "port": 82}\n  ]\n}}\n',
    ],
    ['/check?FORMAT=csv&Status=UP', '0,a,10.0.0.7:80,up,0,0,tcp,0\n1,a,10.0.0.8:80,up,0,0,tcp,0\n'],
    ['/json?format=nonsense&status=other', '{"servers": {\n  "total": 3'],
  ];
  for (const [uri, expected] of cases) {
    it(uri, async () => {
      await s.start(two);
      expect((await body(uri)).slice(0, expected.length)).toBe(expected);
    });
  }

  it('says what it is', async () => {
    await s.start(two);
    expect(await s.send(get('/check?format=csv'))).toContain('Content-Type: text/plain\r\n');
    expect(await s.send(get('/json'))).toContain('Content-Type: application/json\r\n');
    expect(await s.send(get('/check').replace('GET', 'POST'))).toContain(' 405 ');
    const head = await s.send(get('/check').replace('GET', 'HEAD'));
    expect(head).toContain('Content-Type: text/html\r\n');
    expect(head).not.toContain('Content-Length');
  });

  it('is an error without checks', async () => {
    await s.start('events { } http { server { listen 80; location /check { check_status; } } }');
    expect(await s.send(get('/check'))).toContain(' 500 ');
  });
});
