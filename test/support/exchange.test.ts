import { expect, test } from 'vitest';
import { exchangesIn } from './exchange.ts';

test('requests and answers of a block', () => {
  const lines = [
    'GET /a',
    'Host: a.example',
    '',
    '→ 200',
    'Content-Type: text/plain',
    '',
    'hello',
    'world',
    '',
    'POST /b',
    '',
    'x=1',
    '→ 405',
    'N-I: later',
  ];
  expect(exchangesIn(lines, 10)).toEqual([
    {
      line: 10,
      method: 'GET',
      target: '/a',
      headers: [['Host', 'a.example']],
      body: undefined,
      expected: { status: 200, headers: [['Content-Type', 'text/plain']], body: 'hello\nworld' },
      notes: [],
    },
    {
      line: 19,
      method: 'POST',
      target: '/b',
      headers: [],
      body: 'x=1',
      expected: { status: 405, headers: [], body: undefined },
      notes: ['N-I: later'],
    },
  ]);
});

test('an answer without a request is a mistake', () => {
  expect(() => exchangesIn(['→ 200'], 1)).toThrow('no request line');
});
