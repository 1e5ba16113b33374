import { describe, expect, test } from 'vitest';
import { handlers } from '../../src/modules/handlers.ts';
import { httpEmptyGif } from '../../src/modules/http/empty_gif/directives.ts';
import { handle } from '../../src/runtime/hooks.ts';
import type { Request, RequestBody } from '../../src/runtime/http/request.ts';
import { type RunningEngine, startEngine } from '../support/engine.ts';

/** Answers with what it was sent; `empty_gif` stands for it in the configuration. */
const echo = handle(httpEmptyGif, {
  handler: (_, at) => {
    if (!at.scope.uses.some(({ directive }) => directive.name === 'empty_gif')) return undefined;
    return (r: Request) => {
      r.readBody((body: RequestBody) => r.respond(200, 'text/plain', `<${Buffer.concat([...body.chunks]).toString('latin1')}>`));
      return 'done';
    };
  },
});

const start = (settings: string): Promise<RunningEngine> =>
  startEngine(`server { listen 80; ${settings} location / { empty_gif; } }`, { rooms: [echo, ...handlers] });

const post = (fields: string, body: string) => `POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n${body}`;

/** Status and body of each response. */
const answers = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d+)[\s\S]*?\r\n\r\n(<[^>]*>(?!\r))?/g)].map(([, status, body]) =>
    [status, body ?? ''].join(' ').trim(),
  );

describe('a request body', () => {
  test.each([
    ['none', 'X: 1', '', '200 <>'],
    ['of a length', 'Content-Length: 5', 'hello', '200 <hello>'],
    ['in chunks', 'Transfer-Encoding: chunked', '2\r\nhe\r\n3;ext=1\r\nllo\r\n0\r\nT: x\r\n\r\n', '200 <hello>'],
    ['in chunks with bare LF', 'Transfer-Encoding: chunked', '2\nhe\n0\n\n', '200 <he>'],
    ['in broken chunks', 'Transfer-Encoding: chunked', 'x\r\n', '400'],
    ['in chunks that end wrongly', 'Transfer-Encoding: chunked', '2\r\nhell\r\n', '400'],
    ['too long', 'Content-Length: 6', '123456', '413'],
    ['too long in chunks', 'Transfer-Encoding: chunked', '6\r\n123456\r\n0\r\n\r\n', '413'],
  ])('%s', async (_, fields, body, answer) => {
    const { ask } = await start('client_max_body_size 5;');
    expect(answers(await ask(post(fields, body)))[0]).toBe(answer);
  });

  test('is asked for', async () => {
    const { connect } = await start('');
    const client = await connect();
    await client.send(post('Expect: 100-continue\r\nContent-Length: 2', ''));
    expect(client.received).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    await client.send('ok');
    expect(answers(client.received)).toEqual(['100', '200 <ok>']);
  });

  test('may come in pieces, with the next request behind it', async () => {
    const { connect } = await start('');
    const client = await connect();
    await client.send(post('Content-Length: 4', 'a'));
    await client.send('bc');
    await client.send(`d${post('Content-Length: 1', 'e')}`);
    expect(answers(client.received)).toEqual(['200 <abcd>', '200 <e>']);
  });

  test('that stops coming ends the connection without an answer', async () => {
    const { connect, host, events } = await start('client_body_timeout 4s;');
    const client = await connect();
    await client.send(post('Content-Length: 4', 'a'));
    await host.advance(3000);
    await client.send('b');
    await host.advance(3999);
    expect(client.ended).toBe(false);
    await host.advance(1);
    expect([client.ended, client.received]).toEqual([true, '']);
    expect(events.at(-1)).toMatchObject({ type: 'done', status: 408 });
  });

  test('that the client cuts off is logged as 400', async () => {
    const { connect, events } = await start('');
    const client = await connect();
    await client.send(post('Content-Length: 4', 'a'));
    await client.finish();
    expect(client.received).toBe('');
    expect(events.at(-1)).toMatchObject({ type: 'done', status: 400 });
  });
});
