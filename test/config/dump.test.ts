import { describe, expect, test } from 'vitest';
import { bytesOf, sourceText } from '../../src/base/source-text.ts';
import { lintText } from '../../src/check.ts';
import { readDump } from '../../src/config/dump.ts';
import { concise } from '../../src/diagnostics/render/concise.ts';

const said =
  'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n';
const main =
  '# configuration file /etc/nginx/nginx.conf:\nworker_processes 1; events {}\nhttp { server_tokens off;\n    include conf.d/*.conf;\n}\n\n';
const site = '# configuration file /etc/nginx/conf.d/a.conf:\nserver {\n    lissten 80;\n}\n\n';

interface Case {
  readonly title: string;
  readonly dump: string;
  /** Path and text of each file; null when it is no dump. */
  readonly files: Readonly<Record<string, string>> | null;
}

const table: readonly Case[] = [
  {
    title: 'each section is a file',
    dump: main + site,
    files: {
      '/etc/nginx/nginx.conf': 'worker_processes 1; events {}\nhttp { server_tokens off;\n    include conf.d/*.conf;\n}\n',
      '/etc/nginx/conf.d/a.conf': 'server {\n    lissten 80;\n}\n',
    },
  },
  {
    title: 'what nginx says on stderr may come first',
    dump: said + site,
    files: { '/etc/nginx/conf.d/a.conf': 'server {\n    lissten 80;\n}\n' },
  },
  {
    title: 'a file without a line end at its end',
    dump: '# configuration file /a:\nuser x;\n# configuration file /b:\nuser y;\n',
    files: { '/a': 'user x;', '/b': 'user y;' },
  },
  { title: 'CRLF', dump: '# configuration file /a:\r\nuser x;\r\n\r\n', files: { '/a': 'user x;\r\n\r' } },
  { title: 'a comment that only looks like a marker', dump: 'user x;\n# configuration file /a:\n', files: null },
  { title: 'nothing', dump: '', files: null },
];

describe('nginx -T', () => {
  test.each(table)('$title', ({ dump, files }) => check(dump, files));

  test('findings stand in the file they belong to, at its own lines', () => {
    expect(lintText(said + main + site).map(concise)).toEqual([
      '/etc/nginx/conf.d/a.conf:2:5: error: unknown directive "lissten" [unknown-directive]',
    ]);
  });
});

function check(text: string, files: Case['files']): void {
  const dump = readDump(sourceText('dump', bytesOf(text)));
  if (!dump || !files) {
    expect(dump).toBe(files);
    return;
  }
  for (const [path, content] of Object.entries(files))
    expect(dump.loader.read(path)).toMatchObject({ name: path, text: content });
  expect(dump.path).toBe(Object.keys(files)[0]);
}

test('many blank lines are looked through once', () => {
  expect(readDump(sourceText('a.conf', `${'\n'.repeat(100_000)}events { }\n`))).toBeNull();
});
