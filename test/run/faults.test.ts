import { afterEach, describe, expect, test } from 'vitest';
import { type Fault, type RunningNginx, type RunOptions, run } from '../../src/index.ts';

const running: RunningNginx[] = [];
afterEach(async () => {
  for (const ng of running.splice(0)) await ng.stop();
});

const backends = { b1: () => 'one, and enough of it', b2: () => 'two, and enough of it' };
const conf = (more = '') => `upstream app { server b1 max_fails=0; server b2 max_fails=0; }
  server { listen 80; location / { proxy_pass http://app; proxy_next_upstream error timeout invalid_header http_503; ${more} } }`;

async function start(clock: 'real' | 'virtual', text = conf(), options: RunOptions = {}): Promise<RunningNginx> {
  const ng = await run(text, { clock, backends, ...options });
  running.push(ng);
  return ng;
}

describe.each(['virtual', 'real'] as const)('on a %s network', (clock) => {
  test.each<[Fault, string]>([
    ['refuse', 'error'],
    ['reset-headers', 'error'],
    ['garbage', 'invalid_header'],
    [{ status: 503 }, 'http_503'],
  ])('%o is seen as %s, and the next peer answers', async (fault, reason) => {
    const ng = await start(clock);
    ng.backend('b1').fault(fault);
    const { attempts, answer } = await ng.explain('/');
    expect(attempts.map(({ peer, failed }) => [peer, failed])).toEqual([
      ['b1:80', reason],
      ['b2:80', null],
    ]);
    expect(answer.status).toBe(200);
    await ng.backend('b1').clear();
    expect((await ng.burst(2)).spread).toEqual({ 'b1:80': 1, 'b2:80': 1 });
  });

  test.each<Fault>(['reset-body', { truncate: 5 }, { truncate: '50%' }])('%o cuts the answer', async (fault) => {
    const ng = await start(clock);
    ng.backend('b1').fault(fault);
    const response = await ng.get('/');
    expect([response.status, response.complete]).toEqual([200, false]);
    const kept = { 'reset-body': 10, 5: 5, '50%': 10 }[
      typeof fault === 'object' && 'truncate' in fault ? fault.truncate : 'reset-body'
    ];
    expect(response.text()).toBe('one, and enough of it'.slice(0, kept));
  });
});

test('a black hole lets connections vanish, until it is cleared', async () => {
  const ng = await start('virtual', conf('proxy_connect_timeout 2s;'));
  ng.backend('b1').fault('black-hole');
  const answer = ng.explain('/');
  await ng.advance('2s');
  expect((await answer).attempts.map(({ peer, failed }) => [peer, failed])).toEqual([
    ['b1:80', 'timeout'],
    ['b2:80', null],
  ]);
  await ng.backend('b1').clear();
  expect((await ng.burst(4)).statuses).toEqual({ 200: 4 });
});

test('a delay is virtual time', async () => {
  const ng = await start('virtual', conf('proxy_read_timeout 3s;'));
  for (const name of ['b1', 'b2']) ng.backend(name).fault({ delay: '1s' });
  const answer = ng.explain('/');
  await ng.advance('1s');
  expect((await answer).answer).toMatchObject({ status: 200, milliseconds: 1000 });
});

test('FastCGI breaks, too', async () => {
  const text = 'server { listen 80; location / { fastcgi_pass 127.0.0.1:9000; fastcgi_param SCRIPT_FILENAME /x; } }';
  const ng = await start('virtual', text, { backends: {} });
  for (const fault of ['garbage', 'reset-headers', 'refuse'] as const) {
    ng.backend('127.0.0.1').fault(fault);
    expect((await ng.get('/')).status).toBe(502);
    await ng.backend('127.0.0.1').clear();
    expect((await ng.get('/')).status).toBe(200);
  }
});

test('a fault that is none is refused at once', async () => {
  const ng = await start('virtual');
  expect(() => ng.backend('b1').fault({ delay: 'soon' })).toThrow('"soon" is no time');
  expect(() => ng.backend('b1').fault({ truncate: 'half' })).toThrow('"half" is no part of a body');
});

test('what nginx writes is there to be read', async () => {
  const ng = await start('virtual', `log_format short "$status $uri"; access_log /none/a.log short; ${conf()}`);
  for (const name of ['b1', 'b2']) ng.backend(name).fault('refuse');
  await ng.get('/x');
  expect(ng.logs.access).toEqual(['502 /x']);
  expect(ng.logs.error.join('\n')).toContain('connect() failed (111: Connection refused) while connecting to upstream');
});

test('one peer of an upstream', async () => {
  const ng = await start('virtual');
  await ng.burst(3);
  expect([ng.peer('app', 'b1').requests, ng.peer('app', 'b2:80').requests]).toEqual([2, 1]);
  expect(() => ng.peer('app', 'b3')).toThrow('no server b3 in upstream app: it has b1:80, b2:80');
});
