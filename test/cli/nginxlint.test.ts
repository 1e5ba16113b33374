import { chmodSync, existsSync, lstatSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Around, filesOf, inDirectory, nginxlint, type Run } from '../support/nginxlint.ts';

const good = 'worker_processes 1; events {}\nhttp { server_tokens off; server { listen 80; } }\n';
const lost =
  'worker_processes 1; events {}\nhttp { server_tokens off;\n    server {\n        listen 80\n        server_name a.example.com;\n    }\n}\n';
const mended = lost.replace('80\n', '80;\n');
const exposed = 'server {\n    listen 80;\n    location /s {\n        check_status;\n    }\n}\n';
const lostLine = 'nginx.conf:4:';

interface Case {
  readonly title: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly argv: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly code: number;
  /** Every string must be there; every regular expression must match. */
  readonly stdout?: readonly (string | RegExp)[];
  readonly stderr?: readonly (string | RegExp)[];
  /** The files afterwards, those that matter. */
  readonly after?: Readonly<Record<string, string>>;
}

const usage: readonly Case[] = [
  { title: 'says what it looked for', argv: [], code: 2, stderr: ['neither nginx.conf nor conf.d in '] },
  { title: 'takes nginx.conf here', argv: ['--format', 'concise'], files: { 'nginx.conf': lost }, code: 1, stdout: [lostLine] },
  {
    title: 'takes conf.d here',
    argv: ['--format', 'concise'],
    files: { 'conf.d/a.conf': 'server { lissten 80; }' },
    code: 1,
    stdout: ['conf.d/a.conf:1:10: error'],
  },
  {
    title: 'a file that is not there',
    argv: ['nope.conf'],
    code: 2,
    stderr: ['nginxlint: cannot read nope.conf: No such file or directory\n'],
  },
  {
    title: 'a directory without configuration',
    argv: ['d'],
    files: { 'd/readme': 'x' },
    code: 2,
    stderr: ['no nginx configuration in d'],
  },
  { title: 'a misspelt option', argv: ['--fxi'], code: 2, stderr: ["unknown option '--fxi'", 'Did you mean --fix?'] },
  {
    title: 'a format nobody has',
    argv: ['--format', 'xml'],
    code: 2,
    stderr: ['Allowed choices are pretty, concise, json, jsonl, sarif'],
  },
  { title: 'a version that is none', argv: ['--nginx-version', 'new'], code: 2, stderr: ['write 1.28, 1.28.1 or a range'] },
  { title: 'a context that is none', argv: ['--context', 'sever'], code: 2, stderr: ['http>server'] },
  { title: '--unsafe-fixes alone', argv: ['--unsafe-fixes'], code: 2, stderr: ['add --fix or --diff'] },
  { title: '--stdin-filename without -', argv: ['--stdin-filename', 'x'], code: 2, stderr: ['add - to the paths'] },
  { title: '--fix with --diff', argv: ['--fix', '--diff'], code: 2, stderr: ['choose one'] },
  { title: '--help', argv: ['--help'], code: 0, stdout: ['Usage: nginxlint', '--nginx-version', 'explain <rule>'] },
  { title: '--version', argv: ['--version'], code: 0, stdout: [/^\S+\n$/] },
  { title: 'explain', argv: ['explain', 'include-cycle'], code: 0, stdout: [/^# /] },
  { title: 'explain what is no rule', argv: ['explain', 'include-cyle'], code: 2, stderr: ['did you mean "include-cycle"?'] },
  { title: 'rules', argv: ['rules'], code: 0, stdout: [/^rule +severity +category/, /\ninclude-cycle +error +correctness/] },
  { title: 'rules --json', argv: ['rules', '--json'], code: 0, stdout: ['"id": "include-cycle"'] },
];

const inputs: readonly Case[] = [
  {
    title: 'nothing to report',
    argv: ['nginx.conf'],
    files: { 'nginx.conf': good },
    code: 0,
    stdout: ['nothing to report in 1 file\n'],
  },
  {
    title: 'standard input',
    argv: ['-', '--format', 'concise'],
    stdin: lost,
    code: 1,
    stdout: [/^<stdin>:4:.*\[missing-semicolon\]\n$/],
  },
  {
    title: 'standard input with a name includes from its directory',
    argv: ['-', '--stdin-filename', 'etc/nginx.conf', '--format', 'concise'],
    files: { 'etc/a.conf': 'lissten 80;' },
    stdin: 'worker_processes 1; events {}\nhttp { server_tokens off; include a.conf; }',
    code: 1,
    stdout: ['etc/a.conf:1:1: error: unknown directive'],
  },
  {
    title: 'standard input stands for the file it is named after',
    argv: ['-', 'nginx.conf', '--stdin-filename', 'a.conf', '--format', 'concise'],
    files: { 'nginx.conf': 'worker_processes 1; events {}\nhttp { server_tokens off; include a.conf; }', 'a.conf': 'wrong;' },
    stdin: 'server { listen 80; }',
    code: 0,
  },
  {
    title: 'an nginx -T dump',
    argv: ['-', '--format', 'concise'],
    code: 1,
    stdin:
      '# configuration file /etc/nginx/nginx.conf:\nevents {}\ninclude x.conf;\n\n# configuration file /etc/nginx/x.conf:\n\nusser x;\n\n',
    stdout: ['/etc/nginx/x.conf:2:1: error: unknown directive "usser"'],
  },
  {
    title: "a directory: what nginx.conf reaches once, the rest as fragments, no other program's files",
    argv: ['etc', '--format', 'concise'],
    files: {
      'etc/nginx.conf': 'worker_processes 1; events {}\nhttp { include sites/*.conf; include sites/*.conf; }',
      'etc/sites/a.conf': 'lissten 80;',
      'etc/unused/upstream.conf': 'upstream u { server 127.0.0.1:1; servr x; }',
      'etc/snippets/tls': 'ssl_protocolls TLSv1.3;',
      'etc/snippets/old.bak': 'wrong;',
      'etc/supervisor.conf': '[program:x]\ncommand=/bin/x\n',
      'etc/conf.d/php.conf': '[www]\nuser = x\n',
      'etc/.git/x.conf': 'wrong;',
      'etc/sites/data.conf': new Uint8Array(100),
    },
    code: 1,
    stdout: [
      /^etc\/nginx.conf:2:16: error: cannot include "etc\/sites\/data.conf": it is a binary file .*\netc\/nginx.conf:2:38: .*\netc\/sites\/a.conf:1:1: .*\netc\/snippets\/tls:1:1: error: unknown directive.*\netc\/unused\/upstream.conf:1:34: error: unknown directive "servr" .*\n$/,
    ],
  },
  {
    title: 'a fragment above whose directory there is an nginx.conf',
    argv: ['conf.d/a.conf', '--format', 'concise'],
    files: {
      'nginx.conf': good,
      'conf.d/a.conf': 'server { include snippets/x; include nothere; }',
      'snippets/x': 'lissten 80;',
    },
    code: 1,
    stdout: ['snippets/x:1:1: error', 'conf.d/a.conf:1:38: error: cannot include "nothere"'],
  },
  {
    title: 'fragments that only include each other',
    argv: ['conf.d', '--format', 'concise'],
    files: { 'conf.d/a.conf': 'include b.conf; server { }', 'conf.d/b.conf': 'include a.conf; server { }' },
    code: 1,
    stdout: ['conf.d/a.conf" includes itself'],
  },
  {
    title: '--context',
    argv: ['x', '--context', 'http>upstream', '--format', 'concise'],
    files: { x: 'server 127.0.0.1:1; listen 80;\n' },
    code: 1,
    stdout: ['x:1:21: error', '[invalid-directive-context]'],
  },
  {
    title: 'a comment that says the context',
    argv: ['x', '--format', 'concise'],
    files: { x: '# nginxlint-context: http>upstream\nserver 127.0.0.1:1; listen 80;\n' },
    code: 1,
    stdout: ['x:2:21: error', '[invalid-directive-context]'],
  },
  {
    title: '--prefix',
    argv: ['a/b/x.conf', '--prefix', 'root', '--format', 'concise'],
    files: { 'a/b/x.conf': 'server { include y; }', 'root/y': 'lissten 80;' },
    code: 1,
    stdout: ['root/y:1:1: error'],
  },
  {
    title: 'a well-known file that is not here is said once',
    argv: ['nginx.conf'],
    files: { 'nginx.conf': 'events {}\nhttp { include mime.types; server { listen 80; include fastcgi_params; } }' },
    code: 0,
    stderr: [/^note: mime.types, fastcgi_params are not here; nginxlint read its own copies\n$/],
  },
  {
    title: 'and not with --quiet',
    argv: ['-q', 'nginx.conf'],
    files: { 'nginx.conf': 'worker_processes 1; events {}\nhttp { server_tokens off; include mime.types; }' },
    code: 0,
    stderr: [/^$/],
    stdout: [/^$/],
  },
];

const bad: readonly Case[] = [
  {
    title: 'a binary file',
    argv: ['x.conf'],
    files: { 'x.conf': Uint8Array.from({ length: 3000 }, (_, at) => (at * 7919) & 255) },
    code: 1,
    stdout: ['cannot read x.conf: it is a binary file'],
  },
  {
    title: 'UTF-16',
    argv: ['x.conf'],
    files: { 'x.conf': Buffer.from('\ufeffuser x;', 'utf16le') },
    code: 1,
    stdout: ['it is UTF-16 text; save it as UTF-8'],
  },
  {
    title: 'a file beyond measure',
    argv: ['x.conf'],
    files: { 'x.conf': Buffer.alloc(100 * 1024 * 1024, 'x') },
    code: 1,
    stdout: ['the file is too large (100 MB; at most 16 MB)'],
  },
  {
    title: 'standard input beyond measure',
    argv: ['-'],
    stdin: 'x'.repeat(17 * 1024 * 1024),
    code: 1,
    stdout: ['the file is too large'],
  },
  { title: 'an empty file', argv: ['x.conf'], files: { 'x.conf': '' }, code: 0 },
  {
    title: '10,000 nested blocks',
    argv: ['x.conf', '--format', 'concise'],
    files: { 'x.conf': `${'location / {\n'.repeat(10_000)}${'}\n'.repeat(10_000)}` },
    code: 1,
    stdout: ['nested more than 64 deep'],
  },
  {
    title: 'a directory as an included file',
    argv: ['nginx.conf', '--format', 'concise'],
    files: { 'nginx.conf': 'events {}\ninclude d;\n', 'd/x': '' },
    code: 1,
    stdout: ['cannot include "d": Is a directory'],
  },
];

const fixes: readonly Case[] = [
  {
    title: '--fix',
    argv: ['--fix'],
    files: { 'nginx.conf': lost },
    code: 0,
    stderr: ['1 fixed in nginx.conf\n'],
    after: { 'nginx.conf': mended },
  },
  {
    title: '--fix keeps CRLF and bytes that are no UTF-8',
    argv: ['--fix', '-q'],
    files: { 'nginx.conf': Buffer.from(`${lost.replaceAll('\n', '\r\n')}# \xff`, 'latin1') },
    code: 0,
    after: { 'nginx.conf': `${mended.replaceAll('\n', '\r\n')}# \ufffd` },
  },
  {
    title: '--fix in an included file',
    argv: ['--fix', '-q'],
    files: {
      'nginx.conf': 'events {}\nhttp { include conf.d/*; }',
      'conf.d/a': 'server {\n    listen 80\n    server_name x;\n}\n',
    },
    code: 0,
    after: { 'conf.d/a': 'server {\n    listen 80;\n    server_name x;\n}\n' },
  },
  {
    title: '--fix leaves files outside the tree alone',
    argv: ['etc', '--fix', '-q', '--format', 'concise'],
    files: {
      'etc/nginx.conf': 'events {}\nhttp { include ../other/a; }',
      'other/a': 'server {\n    listen 80\n    server_name x;\n}\n',
    },
    code: 1,
    stdout: ['missing-semicolon'],
    after: { 'other/a': 'server {\n    listen 80\n    server_name x;\n}\n' },
  },
  {
    title: '--fix makes no unsafe fix',
    argv: ['--fix', '-q'],
    files: { 'nginx.conf': 'events {}\nhttp { servre { listen 80; } }' },
    code: 1,
    after: { 'nginx.conf': 'events {}\nhttp { servre { listen 80; } }' },
  },
  {
    title: '--unsafe-fixes does',
    argv: ['--fix', '--unsafe-fixes', '-q'],
    files: { 'nginx.conf': good.trimEnd().replace('server {', 'servre {') },
    code: 0,
    after: { 'nginx.conf': good.trimEnd() },
  },
  {
    title: '--fix of standard input',
    argv: ['-', '--fix'],
    stdin: lost,
    code: 0,
    stdout: [mended],
    stderr: ['nothing to report'],
  },
  { title: '--fix of standard input without a fault', argv: ['-', '--fix', '-q'], stdin: good, code: 0, stdout: [good] },
  {
    title: '--diff',
    argv: ['--diff'],
    files: { 'nginx.conf': lost },
    code: 1,
    after: { 'nginx.conf': lost },
    stdout: ['--- a/nginx.conf\n+++ b/nginx.conf\n@@ -1,7 +1,7 @@\n', '\n-        listen 80\n+        listen 80;\n'],
  },
  { title: '--diff of nothing', argv: ['--diff'], files: { 'nginx.conf': good }, code: 0, stdout: [/^$/] },
];

const show: readonly Case[] = [
  { title: 'no colours in a pipe', argv: ['x'], files: { x: 'lissten 80;' }, code: 1, stdout: [/^error\[/] },
  { title: 'colours on a terminal', argv: ['x'], files: { x: 'lissten 80;' }, isTTY: true, code: 1, stdout: ['\u001b[31m'] },
  {
    title: 'NO_COLOR',
    argv: ['x'],
    files: { x: 'lissten 80;' },
    isTTY: true,
    env: { NO_COLOR: '1' },
    code: 1,
    stdout: [/^error\[/],
  },
  { title: '--no-color', argv: ['x', '--no-color'], files: { x: 'lissten 80;' }, isTTY: true, code: 1, stdout: [/^error\[/] },
  { title: '--color', argv: ['x', '--color'], files: { x: 'lissten 80;' }, code: 1, stdout: ['\u001b[31m'] },
  { title: 'a warning is no failure', argv: ['x', '--format', 'concise'], files: { x: exposed }, code: 0, stdout: ['warning'] },
  { title: 'unless it is wanted', argv: ['x', '--fail-on', 'warning'], files: { x: exposed }, code: 1, stdout: ['warning'] },
  {
    title: '--min-severity',
    argv: ['x', '--min-severity', 'error', '--format', 'concise'],
    files: { x: exposed },
    code: 0,
    stdout: [/^$/],
  },
  {
    title: 'json',
    argv: ['x', '--format', 'json'],
    files: { x: 'lissten 80;' },
    code: 1,
    stdout: [/^\{\n {2}"version": 1,/, '"summary": {\n    "files": 1,\n    "errors": 1,'],
  },
];

describe('nginxlint: usage', () => {
  test.each(usage)('$title', check);
});
describe('nginxlint: what it reads', () => {
  test.each(inputs)('$title', check);
});
describe('nginxlint: symbolic links', () => {
  test('a site that is available and enabled is checked once', async () => {
    const files = {
      'etc/nginx.conf': 'worker_processes 1; events {}\nhttp { server_tokens off; include sites-enabled/*; }',
      'etc/sites-available/default': 'server {\n    listen 80\n    server_name x;\n}\n',
      'etc/sites-enabled/.keep': '',
    };
    await inDirectory(files, async (cwd) => {
      symlinkSync('../sites-available/default', join(cwd, 'etc/sites-enabled/default'));
      const { stdout } = await nginxlint(['etc', '--format', 'concise'], { cwd });
      expect(stdout.match(/missing-semicolon/g)).toHaveLength(1);
      await nginxlint(['etc', '--fix', '-q'], { cwd });
      expect(filesOf(cwd)['etc/sites-available/default']).toContain('listen 80;\n');
      expect(lstatSync(join(cwd, 'etc/sites-enabled/default')).isSymbolicLink()).toBe(true);
    });
  });
});
describe('nginxlint: bad input', () => {
  test.each(bad)('$title', check);
});
describe('nginxlint: fixes', () => {
  test.each(fixes)('$title', check);

  test('keeps mode and symbolic link, leaves nothing behind', async () => {
    await inDirectory({ 'real/nginx.conf': lost }, async (cwd) => {
      chmodSync(join(cwd, 'real/nginx.conf'), 0o640);
      symlinkSync('real/nginx.conf', join(cwd, 'link.conf'));
      await nginxlint(['--fix', 'link.conf'], { cwd });
      expect(lstatSync(join(cwd, 'link.conf')).isSymbolicLink()).toBe(true);
      expect(statSync(join(cwd, 'real/nginx.conf')).mode & 0o777).toBe(0o640);
      expect(filesOf(cwd)).toEqual({ 'real/nginx.conf': mended });
      expect(existsSync(join(cwd, 'real/nginx.conf'))).toBe(true);
    });
  });
});
describe('nginxlint: what it shows', () => {
  test.each(show)('$title', check);
});

async function check({ files = {}, argv, stdin, env, isTTY, code, stdout = [], stderr = [], after = {} }: Case): Promise<void> {
  await inDirectory(files, async (cwd) => {
    const around: Around = {
      cwd,
      ...(stdin === undefined ? {} : { stdin }),
      ...(env ? { env } : {}),
      ...(isTTY ? { isTTY } : {}),
    };
    const run: Run = await nginxlint(argv, around);
    for (const [stream, wanted] of [
      ['stdout', stdout],
      ['stderr', stderr],
    ] as const) {
      for (const part of wanted) {
        if (typeof part === 'string') expect(run[stream]).toContain(part);
        else expect(run[stream]).toMatch(part);
      }
    }
    expect(run.code, run.stdout + run.stderr).toBe(code);
    expect(filesOf(cwd)).toMatchObject(after);
  });
}
