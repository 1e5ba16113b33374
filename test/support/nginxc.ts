import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/nginxc.ts';
import { root } from './files.ts';
import type { Around, Run } from './nginxlint.ts';

/** Runs nginxc in this process. */
export async function nginxc(argv: readonly string[], { cwd, stdin = '', env = {}, isTTY = false }: Around): Promise<Run> {
  const written = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const output = (to: 'stdout' | 'stderr') => ({
    isTTY,
    write: (chunk: string | Uint8Array) => written[to].push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk),
  });
  async function* input() {
    yield stdin;
  }
  const code = await main(argv, { stdin: input(), stdout: output('stdout'), stderr: output('stderr'), env, cwd: () => cwd });
  return { code, stdout: Buffer.concat(written.stdout).toString(), stderr: Buffer.concat(written.stderr).toString() };
}

/** A directory in `fixtures/compile`: a configuration, and what it becomes for some targets. */
export interface CompileCase {
  readonly name: string;
  readonly directory: string;
  /** The configuration, from the directory: its own, or one that the file `source` names. */
  readonly file: string;
}

/** The cases that have a file of that name (`expected.haproxy.cfg`, `requests.txt`). */
export function compileCases(having: string): readonly CompileCase[] {
  const all = join(root, 'fixtures/compile');
  return readdirSync(all).flatMap((name) => {
    const directory = join(all, name);
    if (!existsSync(join(directory, having))) return [];
    const source = join(directory, 'source');
    return [{ name, directory, file: existsSync(source) ? readFileSync(source, 'utf8').trim() : 'nginx.conf' }];
  });
}
