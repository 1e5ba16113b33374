import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from './files.ts';

/** nginxrun in a process of its own, which does not outlive its test; what it writes can be waited for. */
export class Nginxrun {
  output = '';
  readonly child: ChildProcess;
  private changed: () => void = () => {};

  constructor(args: readonly string[], cwd = root) {
    this.child = spawn(process.execPath, [join(root, 'bin/nginxrun.js'), ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void this.child.kill('SIGKILL'));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
        this.changed();
      });
    }
  }

  /** Resolves to the first match in what it has written. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (this.child.exitCode !== null) throw new Error(`ended with ${this.child.exitCode}: ${this.output}`);
      await Promise.race([new Promise<void>((resolve) => (this.changed = resolve)), once(this.child, 'exit')]);
    }
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }
}
