import { main } from '../../src/cli/nginxc.ts';
import type { Run } from './nginxlint.ts';

/** Runs nginxc in this process, in a directory. */
export async function nginxc(argv: readonly string[], cwd: string, input = ''): Promise<Run> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (chunk: string | Uint8Array) => (written[name] += Buffer.from(chunk).toString()),
  });
  const stdin = (async function* () {
    yield input;
  })();
  const streams = { stdin, stdout: output('stdout'), stderr: output('stderr'), env: {}, cwd: () => cwd };
  return { code: await main(argv, streams), ...written };
}
