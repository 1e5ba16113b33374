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
