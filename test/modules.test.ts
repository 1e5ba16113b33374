import { describe, expect, test } from 'vitest';
import type { RunningNginx } from '../src/run/options.ts';
import { run } from '../src/run/run.ts';
import { absent, type Exchange } from './support/exchange.ts';
import { filesIn } from './support/files.ts';
import { type Example, readPage } from './support/page.ts';

/*
 * Runs the `http` blocks of modules' and rules' pages against the `nginx` block above them, in memory. Backends in the
 * examples are servers of the same configuration, or stand-ins; files named with a leading `/` are on the disk.
 */

const pages = [...filesIn('src/modules', 'README.md'), ...filesIn('src/lint/rules', '.md')].map(readPage);
const contexts: Readonly<Record<string, string>> = {
  server: 'http>server',
  location: 'http>server>location',
  upstream: 'http>upstream',
};

describe.each(pages.filter(({ examples }) => examples.some(({ exchanges }) => exchanges.length > 0)))(
  '$file',
  ({ file, examples }) => {
    for (const example of examples.filter(({ exchanges }) => exchanges.length > 0)) {
      test(`${file}:${example.line}`, async () => {
        const ng = await start(example);
        try {
          for (const exchange of example.exchanges) await check(ng, exchange, file);
        } finally {
          await ng.stop();
        }
      });
    }
  },
);

function start({ text, options, files }: Example): Promise<RunningNginx> {
  const { in: place, version } = options;
  const context = place === undefined ? '' : `# nginxlint-context: ${contexts[place] ?? place}\n`;
  const named = [...files].map(([name, { text }]) => [name, text] as const);
  const disk = Object.fromEntries(named.map(([name, text]) => [name.startsWith('/') ? name : `/etc/nginx/${name}`, text]));
  const configs = Object.fromEntries(named.filter(([name]) => !name.startsWith('/')));
  return run(
    { files: { 'nginx.conf': context + text, ...configs } },
    { clock: 'virtual', disk, ...(version === undefined ? {} : { nginxVersion: version }) },
  );
}

async function check(ng: RunningNginx, exchange: Exchange, file: string): Promise<void> {
  const { method, target, headers, body, expected, line, notes } = exchange;
  if (notes.some((note) => note.startsWith('N-I'))) return;
  const response = await within(ng, ng.fetch(target, { method, headers, ...(body === undefined ? {} : { body }) }));
  const shown = Object.fromEntries(expected.headers.map(([name]) => [name, response.headers.get(name) ?? absent]));
  expect({ at: `${file}:${line}`, status: response.status, headers: shown }).toEqual({
    at: `${file}:${line}`,
    status: expected.status,
    headers: Object.fromEntries(expected.headers),
  });
  if (expected.body !== undefined) expect(response.text().replace(/\n+$/, '')).toBe(expected.body);
}

/** Lets time pass until there is an answer. */
async function within<T>(ng: RunningNginx, answer: Promise<T>): Promise<T> {
  let over = false;
  const done = answer.finally(() => {
    over = true;
  });
  for (let waited = 0; !over && waited < 120; waited++) await ng.advance('1s');
  return done;
}
