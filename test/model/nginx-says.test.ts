import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { printed } from '../../src/model/check/finding.ts';
import { nginxTest } from '../../src/model/check/nginx-test.ts';
import { isAtLeast } from '../../src/schema/version.ts';
import { root } from '../support/files.ts';

/** What was asked of running nginx: grammar, context, statements, the message (part of it) or null, and the releases it holds for. */
type Row = readonly [string, string, string, string | null, string?];

const rows = JSON.parse(readFileSync(join(root, 'fixtures/nginx-says.json'), 'utf8')) as readonly Row[];

const around: Readonly<Record<string, (statements: string) => string>> = {
  main: (statements) => `events {}\n${statements}\n`,
  http: (statements) => `events {} http {\n${statements}\n}\n`,
  server: (statements) => `events {} http { server {\n${statements}\n} }\n`,
  location: (statements) => `events {} http { server { location / {\n${statements}\n} } }\n`,
  'if-in-location': (statements) => `events {} http { server { location / { if ($arg_a) {\n${statements}\n} } } }\n`,
  upstream: (statements) => `events {} http { upstream u {\n${statements}\nserver 127.0.0.1:9;\n} }\n`,
  stream: (statements) => `events {} stream {\n${statements}\n}\n`,
  'mail-server': (statements) => `events {} mail { server {\n${statements}\n} }\n`,
  'stream-server': (statements) => `events {} stream { server {\n${statements}\n} }\n`,
  'stream-upstream': (statements) => `events {} stream { upstream u {\n${statements}\nserver 127.0.0.1:9;\n} }\n`,
};

/** Needs a host's DNS or files, which are not judged. */
const needsHost = /host not found|open\(\)|could not be resolved|BIO_new|cannot load/;

describe.each(['1.22.1', '1.31.5'])('nginx %s', (nginxVersion) => {
  const here = rows.filter(([, context, , message, release]) => {
    if (!around[context] || (message && needsHost.test(message))) return false;
    if (release === undefined) return true;
    return release.startsWith('max:') ? isAtLeast(release.slice('max:'.length), nginxVersion) : isAtLeast(nginxVersion, release);
  });

  test.each(here.map(([grammar, context, statements, message]) => ({ grammar, context, statements, message })))(
    '$grammar in $context: $statements',
    ({ context, statements, message }) => {
      const source = sourceText('/x', around[context]?.(statements) ?? '');
      const loader = { read: () => source, glob: () => [] };
      const { said, stop } = nginxTest({ path: '/x', loader, target: { nginxVersion, flavor: 'oss' } });
      const lines = said.map(printed).join('\n');
      if (message === null) expect(stop, lines).toBeNull();
      else expect(lines).toContain(message.replace(/^warn: /, ''));
    },
  );
});
