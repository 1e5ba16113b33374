import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunningNginx, RunOptions } from '../../src/run/options.ts';
import { run } from '../../src/run/run.ts';
import type { ClientResponse } from '../../src/runtime/client/exchange.ts';
import { filesIn, root } from '../support/files.ts';

/** Every whole configuration that we call good starts in memory, and answers where it listens. */
describe.each(filesIn('fixtures/configs', '.conf'))('%s', (file) => {
  const text = readFileSync(join(root, file), 'latin1');
  test('starts and answers', async () => {
    const ng = await run({ file }, virtual);
    try {
      for (const { asked } of ng.listeners) {
        if (asked.kind === 'unix') continue;
        const response = await within(ng, ng.fetch(`http://www.example.com:${asked.port}/`));
        // `return 444` closes without an answer.
        if (!says444.test(text)) expect(response.status).toBeGreaterThan(199);
      }
    } finally {
      await ng.stop();
    }
  });
});

const says444 = /return 444/;
const virtual: RunOptions = { clock: 'virtual' };

/** Pushes the clock until the answer is there. */
async function within(ng: RunningNginx, answer: Promise<ClientResponse>): Promise<ClientResponse> {
  let isThere = false;
  const done = () => {
    isThere = true;
  };
  answer.then(done, done);
  for (let seconds = 0; !isThere && seconds < 300; seconds++) await ng.advance('1s');
  return answer;
}

const unrun = (text: string) =>
  run({ files: { 'nginx.conf': text } }, virtual).then(async (ng) => {
    const lines = ng.notRun.filter(({ harmless }) => !harmless).map(({ place, why }) => `${place} ${why}`);
    const body = (await ng.fetch('/')).text();
    await ng.stop();
    return { lines, body };
  });

describe('variables that have no value here', () => {
  test('of a module that is not run', async () => {
    const { lines, body } = await unrun('server {\n  return 200 "[$geoip_country_code]";\n}');
    expect(body).toBe('[]');
    expect(lines).toEqual(['nginx.conf:2 $geoip_country_code is empty: ngx_http_geoip_module is not run']);
  });

  test('defined by a directive that is not run, used twice', async () => {
    const text = 'js_set $who main.who;\nserver {\n  set $copy $who;\n  return 200 "[$who]";\n}';
    const { lines, body } = await unrun(text);
    expect(body).toBe('[]');
    expect(lines.filter((line) => line.includes('$who'))).toEqual([
      'nginx.conf:3 $who is empty: "js_set" is not run',
      'nginx.conf:4 $who is empty: "js_set" is not run',
    ]);
  });

  test.each([
    ['which nginx does not know', 'return 200 $nobody;'],
    ['which only stream has', 'return 200 $session_time;'],
  ])('%s', async (_, text) => {
    await expect(run(`server { ${text} }`, virtual)).rejects.toMatchObject({
      diagnostics: [{ message: expect.stringMatching(/^unknown "\w+" variable$/) }],
    });
  });
});
