import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nginxTestCommand } from '../../src/cli/nginx/nginx-test.ts';
import { scratch } from '../support/ask-nginx.ts';
import { describeWith } from '../support/real.ts';

const files: Readonly<Record<string, string>> = {
  'good.conf': 'worker_processes 1;\nevents {}\nhttp { server { listen 28700; include part.inc; } }\n',
  'part.inc': 'location / { return 200; }\n',
  'warns.conf': 'events {}\nhttp { server { listen 28700; server_name a/b; server_name a/b; } server { listen 28700; } }\n',
  'value.conf': 'events {}\nhttp {\n  keepalive_timeout x;\n}\n',
  'multi-line.conf': 'events {}\nhttp {\n  keepalive_timeout\n   1s\n   x\n;\n}\n',
  'no-events.conf': 'http {}\n',
  'zone.conf': 'events {}\nhttp { server { listen 28700; location / { limit_req zone=nowhere; } } }\n',
  'open.conf': 'events {}\nhttp {\n',
  'quote.conf': 'events {}\nhttp { log_format x "a; }\n',
  'missing.conf': 'events {}\ninclude nowhere.conf;\n',
  'inside.conf': 'events {}\nhttp {\ninclude broken.inc;\n}\n',
  'broken.inc': '\n\nserver { listen x:y; }\n',
  'empty.conf': '',
};

const commands: readonly (readonly string[])[] = [
  ...Object.keys(files)
    .filter((name) => name.endsWith('.conf'))
    .map((name) => ['-t', '-c', name]),
  ['-t', '-q', '-c', 'good.conf'],
  ['-tq', '-c', 'value.conf'],
  ['-T', '-c', 'good.conf'],
  ['-t', '-cgood.conf'],
  ['-t', '-c', 'nowhere.conf'],
  ['-t', '-c', '.'],
  ['-t', '-c', 'good.conf', '-g', 'worker_processes x;'],
  ['-t', '-c', 'good.conf', '-g', 'events {'],
  ['-t', '-c', 'good.conf', '-g', 'daemon off'],
  ['-t', '-z'],
  ['-t', 'good.conf'],
  ['-t', '-c'],
];

describeWith('nginx', 'nginxrun -t prints what nginx -t prints', (nginx) => {
  const folder = scratch();
  mkdirSync(join(folder, 'logs'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const release = /nginx\/([\d.]+)/.exec(String(spawnSync(nginx, ['-v'], { encoding: 'latin1' }).stderr))?.[1] ?? '';

  test.each(commands.map((argv) => ({ argv, line: argv.join(' ') })))('$line', async ({ argv }) => {
    const theirs = spawnSync(nginx, ['-p', folder, '-e', '/dev/null', ...argv], { encoding: 'latin1' });
    const written = { out: '', err: '' };
    const streams = {
      stdin: nothing(),
      stdout: { write: (text: string | Uint8Array) => (written.out += Buffer.from(text).toString('latin1')) },
      stderr: { write: (text: string | Uint8Array) => (written.err += Buffer.from(text).toString('latin1')) },
      env: {},
      cwd: () => folder,
    };
    const code = await nginxTestCommand(['-p', folder, '--nginx-version', release, ...argv], streams);
    expect({ ...written, code }).toEqual({ out: theirs.stdout, err: theirs.stderr, code: theirs.status });
  });
});

async function* nothing(): AsyncGenerator<Uint8Array> {}
