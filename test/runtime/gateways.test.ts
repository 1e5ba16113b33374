import { beforeEach, describe, expect, it } from 'vitest';
import { get, Scenario } from './proxied.ts';

let s: Scenario;
beforeEach(() => {
  s = new Scenario();
});

function config(location: string, outside = ''): string {
  return `events { } http { ${outside} server { listen 80; location / { set $memcached_key $uri; ${location} } } }`;
}

const kept = 'upstream memd { server 10.0.0.7:11211; keepalive 1; }';
const value = 'VALUE / 0 8\r\nSEE-THIS\r\nEND\r\n';

describe('memcached', () => {
  it('may send its answer in any pieces', async () => {
    const pieces = [...value].flatMap((byte) => [byte, 10]);
    await s.backend('10.0.0.7:11211', pieces);
    await s.start(config('memcached_pass memd;', kept));
    expect(await s.send(get('/', 'Connection: close\r\n'), 1000)).toMatch(/\r\n\r\nSEE-THIS$/);
    expect(s.host.network.openSockets).toBe(2);
    expect(s.errors).toEqual([]);
  });

  const connections: [string, string, string, number][] = [
    ['a value', get('/'), value, 1],
    ['a key that is not there', get('/'), 'END\r\n', 1],
    ['HEAD', 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', value, 0],
    ['a wrong trailer', get('/'), 'VALUE / 0 8\r\nSEE-THIS\r\nEMD\r\n', 0],
    ['bytes behind the trailer', get('/'), `${value}x`, 0],
    ['an answer that is none', get('/'), 'ERROR\r\n', 0],
  ];
  for (const [name, request, answer, left] of connections) {
    it(`${left ? 'keeps' : 'closes'} the connection after ${name}`, async () => {
      await s.backend('10.0.0.7:11211', answer);
      await s.start(config('memcached_pass memd;', kept));
      const client = s.open();
      client.send(request);
      await s.host.advance(10);
      client.socket.destroy();
      await s.host.advance(10);
      expect(s.host.network.openSockets).toBe(left * 2);
    });
  }

  it('has its own time-out', async () => {
    await s.backend('10.0.0.7:11211', []);
    await s.start(config('memcached_read_timeout 3s; memcached_pass 10.0.0.7:11211;'));
    const client = s.open();
    client.send(get('/'));
    await s.host.advance(2990);
    expect(client.received).toBe('');
    await s.host.advance(20);
    expect(client.received).toMatch(/^HTTP\/1.1 504 /);
  });

  it('cuts the response when the value stops coming', async () => {
    await s.backend('10.0.0.7:11211', ['VALUE / 0 8\r\nSEE', 100, 'close']);
    await s.start(config('memcached_pass 10.0.0.7:11211;'));
    const client = s.open();
    client.send(get('/'));
    await s.host.advance(200);
    expect(client.received).toMatch(/\r\n\r\nSEE$/);
    expect(client.closed).toBe(true);
    expect(s.errors.join()).toMatch(
      /upstream prematurely closed connection while reading upstream.*"memcached:\/\/10.0.0.7:11211"/,
    );
  });
});

describe('scgi and uwsgi', () => {
  for (const family of ['scgi', 'uwsgi']) {
    it(`${family} may answer in any pieces`, async () => {
      const answer = 'HTTP/1.1 404 Gone\r\nContent-Length: 2\r\n\r\nno';
      await s.backend(
        '10.0.0.7:4000',
        [...answer].flatMap((byte) => [byte, 10]),
      );
      await s.start(config(`${family}_pass 10.0.0.7:4000;`));
      expect(await s.send(get('/'), 2000)).toMatch(/^HTTP\/1.1 404 Gone\r\n[\s\S]*\r\n\r\nno$/);
    });

    it(`${family} is done when the length is there, and not kept`, async () => {
      await s.backend('10.0.0.7:4000', 'Content-Length: 2\r\n\r\nok');
      await s.start(config(`${family}_pass u;`, 'upstream u { server 10.0.0.7:4000; keepalive 2; }'));
      const client = s.open();
      client.send(get('/'));
      await s.host.advance(10);
      expect(client.received).toMatch(/\r\n\r\nok$/);
      expect(s.host.network.openSockets).toBe(2);
    });
  }
});

describe('the local address', () => {
  it('is the one that is asked for', async () => {
    let from = '';
    await s.host.network.listen({ kind: 'ip', host: '10.0.0.7', port: 80 }, (socket) => {
      from = socket.remote.kind === 'ip' ? socket.remote.host : '';
      socket.destroy();
    });
    await s.start(config('proxy_bind $arg_from; proxy_pass http://10.0.0.7;'));
    await s.send(get('/?from=10.0.0.3'), 10);
    expect(from).toBe('10.0.0.3');
  });
});

describe('fastcgi', () => {
  const record = (type: number, body: string) =>
    String.fromCharCode(1, type, 0, 1, body.length >> 8, body.length & 255, 0, 0) + body;
  const end = record(6, '') + record(3, '\0'.repeat(8));

  it('may say more in STDERR than fits into a buffer', async () => {
    const warnings = record(7, 'warning. '.repeat(2000));
    await s.backend('10.0.0.7:9000', [warnings + record(6, 'Content-Type: text/plain\r\n\r\nok') + end, 'close']);
    await s.start(config('fastcgi_pass 10.0.0.7:9000;'));
    expect(await s.send(get('/', 'Connection: close\r\n'), 10)).toMatch(/ 200 OK\r\n.*ok/s);
  });

  it('is not valid when STDERR has a text that is caught', async () => {
    await s.backend('10.0.0.7:9000', [record(7, 'PHP Fatal error') + record(6, '\r\n\r\nok') + end, 'close']);
    await s.start(config('fastcgi_catch_stderr "PHP Fatal"; fastcgi_pass 10.0.0.7:9000;'));
    expect(await s.send(get('/'), 10)).toMatch(/ 502 /);
    expect(s.errors.join()).toContain('FastCGI sent in stderr: "PHP Fatal error"');
  });

  it('is over when the server closes', async () => {
    await s.backend('10.0.0.7:9000', [record(6, 'Content-Type: text/plain\r\n\r\n'), 10, record(6, 'ok') + end, 5000, 'close']);
    await s.start(config('fastcgi_pass 10.0.0.7:9000;'));
    const client = s.open();
    client.send('GET / HTTP/1.0\r\n\r\n');
    await s.host.advance(4000);
    expect(client.closed).toBe(false);
    await s.host.advance(2000);
    expect(client.received).toMatch(/ok$/);
    expect(client.closed).toBe(true);
  });
});

describe('cookies of upstreams', () => {
  it('have their domains changed without regard to case and dots', async () => {
    const answer = (domain: string) => `HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Domain=${domain}\r\nContent-Length: 0\r\n\r\n`;
    await s.backend('10.0.0.7:80', answer('Www.Old.org'), answer('x.COM'));
    const rules = 'proxy_cookie_domain .www.old.org .new.org; proxy_cookie_domain ~^(.+)[.]com$ $1.net;';
    await s.start(config(`${rules} proxy_pass http://10.0.0.7;`));
    expect(await s.send(get('/'), 10)).toContain('Domain=new.org\r\n');
    expect(await s.send(get('/'), 10)).toContain('Domain=x.net\r\n');
  });

  it('are found by their names alone', async () => {
    await s.backend(
      '10.0.0.7:80',
      'HTTP/1.1 200 OK\r\nSet-Cookie: One = 1 ; x\r\nSet-Cookie: two\t=2\r\nContent-Length: 0\r\n\r\n',
    );
    await s.start(config('add_header X <$upstream_cookie_one><$upstream_cookie_two>; proxy_pass http://10.0.0.7;'));
    expect(await s.send(get('/'), 10)).toContain('X: <1 ><>\r\n');
  });
});
