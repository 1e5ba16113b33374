import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesOf } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { bundledSource } from '../../src/config/well-known/bundled.ts';
import { diskFiles } from '../../src/host/files.ts';
import { inDirectory } from '../support/nginxlint.ts';
import { describeWith } from '../support/real.ts';

const trees: readonly (readonly [title: string, files: Readonly<Record<string, string>>])[] = [
  [
    'patterns, in order',
    {
      'conf/nginx.conf': 'events {}\nhttp { include sites/*.conf; include "sites/[!a-y]*"; include ../other/x; }\n',
      'conf/sites/b.conf': '',
      'conf/sites/B.conf': 'include snippets/s;',
      'conf/sites/.h.conf': 'wrong;',
      'conf/sites/a-b.conf': '',
      'conf/sites/a.conf': '',
      'conf/sites/10.conf': '',
      'conf/sites/9.conf': 'include snippets/*;',
      'conf/sites/zz': '',
      'conf/snippets/s': 'add_header a b;',
      'conf/snippets/.t': 'wrong;',
      'other/x': 'include snippets/u*;',
      'conf/snippets/u1': 'add_header c d;',
    },
  ],
  [
    'files in blocks',
    {
      'conf/nginx.conf':
        'events { include e; }\nhttp { server { include s; location / { include l; } } map $host $x { include m; } types { include t; } }\n',
      'conf/e': 'worker_connections 64;',
      'conf/s': 'listen 127.0.0.1:1;',
      'conf/l': 'return 200;',
      'conf/m': 'a b;',
      'conf/t': 'a/b c;',
    },
  ],
];

const bundled = [
  'mime.types',
  'fastcgi_params',
  'fastcgi.conf',
  'uwsgi_params',
  'scgi_params',
  'proxy_params',
  'koi-utf',
  'koi-win',
  'win-utf',
];

describeWith('nginx', 'includes as nginx reads them', (nginx) => {
  test.each(trees)('%s', async (_, files) => {
    await inDirectory(files, async (directory) => {
      const { stdout, stderr } = run(nginx, '-T', directory);
      expect(stderr).toContain('test is successful');
      const theirs = [...stdout.matchAll(/^# configuration file (.*):$/gm)].map((match) => match[1]);
      expect(filesRead(directory)).toEqual(theirs);
    });
  });

  test('nginx takes our copies of its files', async () => {
    const own = Object.fromEntries(bundled.map((name) => [`conf/${name}`, bundledSource(name)?.text ?? '']));
    const inLocation = bundled
      .filter((name) => /params|fastcgi/.test(name))
      .map((name) => `include ${name};`)
      .join(' ');
    const inHttp = bundled
      .filter((name) => !/params|fastcgi/.test(name))
      .map((name) => `include ${name};`)
      .join(' ');
    await inDirectory(
      { ...own, 'conf/nginx.conf': `events {}\nhttp { ${inHttp} server { location / { ${inLocation} } } }\n` },
      async (directory) => {
        expect(run(nginx, '-t', directory).stderr).toContain('test is successful');
      },
    );
  });
});

function run(nginx: string, flag: string, directory: string) {
  return spawnSync(nginx, [flag, '-p', directory, '-c', 'conf/nginx.conf', '-e', 'stderr', '-g', 'pid nginx.pid;'], {
    encoding: 'utf8',
  });
}

function filesRead(directory: string): string[] {
  const path = join(directory, 'conf/nginx.conf');
  const loader = diskFiles(directory);
  const source = loader.read(bytesOf(path));
  if ('error' in source) throw new Error(source.error);
  const { value } = loadConfig({ source, loader, prefix: bytesOf(`${join(directory, 'conf')}/`) });
  return value.files.map(({ source: { name } }) => name);
}
