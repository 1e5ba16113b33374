import { main } from '../../src/cli/nginxc.ts';
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
