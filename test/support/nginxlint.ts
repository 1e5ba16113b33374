import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/nginxlint.ts';

/** What a run of the command left behind. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is around a run. */
export interface Around {
  readonly cwd: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

/** Runs nginxlint in this process. */
export async function nginxlint(argv: readonly string[], { cwd, stdin = '', env = {}, isTTY = false }: Around): Promise<Run> {
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

/** Calls `body` with a new directory that holds `files`, and removes it afterwards. */
export async function inDirectory<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  body: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'nginxlint-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    return await body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Every file in a directory, by path. */
export function filesOf(directory: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[path.slice(directory.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}
