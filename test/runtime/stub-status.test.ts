import { expect, test } from 'vitest';
import { startEngine } from '../support/engine.ts';

test('stub_status counts connections by what they do', async () => {
  const ng = await startEngine('server { listen 80; location / { stub_status; } }');
  const waiting = await ng.connect();
  await waiting.send('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  const reading = await ng.connect();
  await reading.send('GET / HTTP/1.1\r\nHost');
  const answer = await ng.ask('GET / HTTP/1.0\r\n\r\n');
  expect(answer.slice(answer.indexOf('\r\n\r\n') + 4)).toBe(
    'Active connections: 3 \nserver accepts handled requests\n 3 3 2 \nReading: 1 Writing: 1 Waiting: 1 \n',
  );
  await waiting.reset();
  await reading.reset();
  expect(await ng.ask('GET / HTTP/1.0\r\n\r\n')).toContain('Reading: 0 Writing: 1 Waiting: 0 \n');
});
