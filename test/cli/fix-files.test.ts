import { chmodSync, chownSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf, inDirectory, nginxlint } from '../support/nginxlint.ts';

const lost =
  'worker_processes 1; events {}\nhttp { server_tokens off;\n    server {\n        listen 80\n        server_name a.example.com;\n    }\n}\n';
const mended = lost.replace('80\n', '80;\n');
const isRoot = process.getuid?.() === 0;

describe('nginxlint --fix', () => {
  test('a read-only file is left alone, and so are the others', async () => {
    const server = 'server {\n    listen 80\n    server_name x;\n}\n';
    const files = {
      'nginx.conf': 'worker_processes 1; events {}\nhttp { server_tokens off; include conf.d/*.conf; }\n',
      'conf.d/a.conf': server,
      'conf.d/b.conf': server,
    };
    await inDirectory(files, async (cwd) => {
      chmodSync(join(cwd, 'conf.d/b.conf'), 0o444);
      const { code, stdout, stderr } = await nginxlint(['nginx.conf', '--fix'], { cwd });
      expect([code, stderr]).toEqual([
        2,
        'nginxlint: conf.d/b.conf is left as it was: it is read-only\nnginxlint: so no file is changed\n',
      ]);
      expect(stdout.match(/^error\[missing-semicolon\]/gm)).toHaveLength(2);
      expect(filesOf(cwd)).toEqual(files);
    });
  });

  test('line ends and bytes that are no UTF-8 stay', async () => {
    const text = Buffer.from(`# \xff\xfe \r\n${lost.replaceAll('\n', '\r\n')}`, 'latin1');
    await inDirectory({ 'nginx.conf': text }, async (cwd) => {
      await nginxlint(['nginx.conf', '--fix', '-q'], { cwd });
      const fixed = readFileSync(join(cwd, 'nginx.conf'), 'latin1');
      expect(fixed).toBe(`# \xff\xfe \r\n${mended.replaceAll('\n', '\r\n')}`);
    });
  });

  test.runIf(isRoot)('owner, group and mode stay', async () => {
    await inDirectory({ 'nginx.conf': lost }, async (cwd) => {
      const file = join(cwd, 'nginx.conf');
      chownSync(file, 12345, 23456);
      chmodSync(file, 0o4750);
      await nginxlint(['nginx.conf', '--fix', '-q'], { cwd });
      const { uid, gid, mode } = statSync(file);
      expect([uid, gid, mode & 0o7777]).toEqual([12345, 23456, 0o4750]);
      expect(readFileSync(file, 'utf8')).toBe(mended);
    });
  });

  test('a file that cannot be written beside is left as it was', async () => {
    await inDirectory({ 'nginx.conf': lost }, async (cwd) => {
      // Where the new text would be written stands a file already.
      writeFileSync(join(cwd, `.${process.pid}.nginxlint.tmp`), 'taken');
      const { code, stderr } = await nginxlint(['nginx.conf', '--fix', '-q'], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^nginxlint: nginx\.conf is left as it was: EEXIST/)]);
      expect(filesOf(cwd)['nginx.conf']).toBe(lost);
    });
  });
});
