import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files.ts';

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
