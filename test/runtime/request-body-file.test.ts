import { expect, test } from 'vitest';
import { handlers } from '../../src/modules/handlers.ts';
import { httpEmptyGif } from '../../src/modules/http/empty_gif/directives.ts';
import { handle } from '../../src/runtime/hooks.ts';
import type { Request } from '../../src/runtime/http/request.ts';
import { startEngine } from '../support/engine.ts';

/** Answers with what variables say of the body, and whether its file is there. */
const teller = handle(httpEmptyGif, {
  handler: (_, at) => {
    if (!at.scope.uses.some(({ directive }) => directive.name === 'empty_gif')) return undefined;
    return (r: Request) => {
      r.readBody(() => {
        const file = r.variable('request_body_file') ?? '';
        const content = at.host.files.read(file);
        const text = Buffer.isBuffer(content) ? content.toString('latin1') : content.errno;
        r.respond(200, 'text/plain', `<${r.variable('request_body') ?? 'none'}|${file}|${text}>`);
      });
      return 'done';
    };
  },
});

async function told(settings: string, body: string): Promise<{ text: string; after: boolean }> {
  const config = `server { listen 80; ${settings.includes('temp_path') ? '' : 'client_body_temp_path /tmp/bodies 1 2;'} ${settings} location / { empty_gif; } }`;
  const { ask, host } = await startEngine(config, { rooms: [teller, ...handlers] });
  host.files.directory('/tmp');
  const answer = await ask(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  const after = 'kind' in host.files.stat('/tmp/bodies/1/00/0000000001');
  return { text: /<\w+\|.*>/.exec(answer)?.[0] ?? answer, after };
}

const name = '/tmp/bodies/1/00/0000000001';

test.each([
  ['stays in memory', '', 'hello', '<hello||EISDIR>', false],
  [
    'has no more than a name when it is larger than its buffer',
    'client_body_buffer_size 4;',
    'hello',
    `<none|${name}|ENOENT>`,
    false,
  ],
  ['fits into a quarter more', 'client_body_buffer_size 5;', 'hello', '<hello||EISDIR>', false],
  ['is a file that stays', 'client_body_in_file_only on;', 'hello', `<none|${name}|hello>`, true],
  ['is a file for a while', 'client_body_in_file_only clean;', 'hello', `<none|${name}|hello>`, false],
])('a request body %s', async (_, settings, body, text, after) => {
  expect(await told(settings, body)).toEqual({ text, after });
});

test('a request body that has no place is an error', async () => {
  const { text } = await told('client_body_in_file_only on; client_body_temp_path /none/bodies;', 'hello');
  expect(text).toMatch(/^HTTP\/1.1 500 /);
});
