import { describe, expect, test } from 'vitest';
import { progressLine } from '../../src/cli/lint/progress-line.ts';
import type { Streams } from '../../src/cli/streams.ts';

function lineOn(isTTY: boolean, env: Record<string, string> = {}) {
  const written: string[] = [];
  const output = { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) };
  let time = 5000;
  const streams = { stderr: output, env } as unknown as Streams;
  const line = progressLine(streams, () => time);
  return {
    written,
    line,
    at(after: number, what: string) {
      time = 5000 + after;
      line.say(what);
    },
  };
}

describe('the progress line', () => {
  test('appears after a second, at most ten times in a second, and goes', () => {
    const { written, line, at } = lineOn(true);
    for (const time of [0, 999, 1000, 1050, 1099, 1100, 1300]) at(time, `at ${time}`);
    line.clear();
    expect(written).toEqual(['\r\x1b[Kat 1000 …', '\r\x1b[Kat 1100 …', '\r\x1b[Kat 1300 …', '\r\x1b[K']);
  });

  test('short work leaves no trace', () => {
    const { written, line, at } = lineOn(true);
    at(500, 'x');
    line.clear();
    expect(written).toEqual([]);
  });

  test.each([
    ['no terminal', false, {}],
    ['a dumb one', true, { TERM: 'dumb' }],
  ])('%s gets none', (_, isTTY, env) => {
    const { written, at } = lineOn(isTTY, env);
    at(5000, 'x');
    expect(written).toEqual([]);
  });
});
