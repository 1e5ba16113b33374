import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { root } from '../support/files.ts';
import { inDirectory, nginxlint } from '../support/nginxlint.ts';

/** A nginxlint that goes on running. */
class Watched {
  output = '';
  readonly #child;
  readonly #closed: Promise<number | null>;
  #notice: () => void = () => undefined;

  constructor(argv: readonly string[], cwd: string) {
    this.#child = spawn(process.execPath, [join(root, 'bin/nginxlint.js'), '--watch', '--format', 'concise', ...argv], { cwd });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk;
        this.#notice();
      });
    }
    this.#closed = new Promise((done) => this.#child.once('close', done));
  }

  /** Waits until the output since the last call matches, and ends with the line that says that it waits. */
  async says(pattern: RegExp): Promise<void> {
    const isThere = () => pattern.test(this.output) && /; Ctrl-C ends\n$/.test(this.output);
    while (!isThere()) await new Promise<void>((done) => (this.#notice = done));
    this.output = '';
  }

  async interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.#closed;
  }
}

const main = 'worker_processes 1; events {}\nhttp { server_tokens off;\n    include conf.d/*.conf;\n    include sites/*;\n}\n';
const good = 'server {\n    listen 80;\n}\n';
const bad = 'server {\n    lissten 80;\n}\n';

describe('nginxlint --watch', () => {
  let watched: Watched | undefined;
  afterEach(() => watched?.interrupt());

  test('lints again what a change touches, until Ctrl-C', { timeout: 180_000 }, async () => {
    await inDirectory({ 'nginx.conf': main, 'conf.d/a.conf': good, 'sites/x': good.replace('80', '81') }, async (cwd) => {
      const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
      watched = new Watched(['nginx.conf', '--cache', '--format', 'json=report.json'], cwd);
      await watched.says(/^watching 3 files/m);

      write('conf.d/a.conf', bad);
      await watched.says(/^conf\.d\/a\.conf:2:5: error: .*\nwatching 3 files/m);

      // As editors do it: another file takes the name.
      write('conf.d/.a.conf.tmp', good);
      renameSync(join(cwd, 'conf.d/.a.conf.tmp'), join(cwd, 'conf.d/a.conf'));
      await watched.says(/^watching 3 files/m);

      write('sites/new', bad);
      await watched.says(/^sites\/new:2:5: error: .*\nwatching 4 files/m);
      rmSync(join(cwd, 'sites/new'));
      await watched.says(/^watching 3 files/m);

      // An include's directory in which nothing is left, or never was anything.
      rmSync(join(cwd, 'sites/x'));
      await watched.says(/^watching 2 files/m);
      write('sites/x', bad);
      await watched.says(/^sites\/x:2:5: error: .*\nwatching 3 files/m);
      mkdirSync(join(cwd, 'empty'));
      write('nginx.conf', main.replace('sites/', 'empty/'));
      await watched.says(/^watching 2 files/m);
      write('empty/first', bad);
      await watched.says(/^empty\/first:2:5: error: .*\nwatching 3 files/m);

      // A directory that was not looked at before.
      mkdirSync(join(cwd, 'more'));
      write('more/b.conf', good.replace('80', '82'));
      write('nginx.conf', main.replace('sites/', 'more/'));
      await watched.says(/^watching 3 files/m);
      write('more/b.conf', bad);
      await watched.says(/^more\/b\.conf:2:5: error: /m);

      // It is seen to be gone because of another change, and back at once.
      write('more/b.conf', good.replace('80', '83'));
      rmSync(join(cwd, 'nginx.conf'));
      await watched.says(/^nginxlint: cannot read nginx\.conf: No such file or directory\nwatching 0 files/m);
      write('nginx.conf', 'wat;\n');
      await watched.says(/^nginx\.conf:1:1: error: .*\nwatching 1 file;/m);

      expect(await watched.interrupt()).toBe(0);
    });
  });

  test.each([['-'], ['--diff'], ['--update-baseline']])('is not for %s', async (argument) => {
    await inDirectory({ 'nginx.conf': main }, async (cwd) => {
      expect(await nginxlint(['--watch', argument], { cwd })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--watch is'),
      });
    });
  });
});
