import { Buffer } from 'node:buffer';
import { resolve } from 'node:path';
import { display } from '../../base/source-text.ts';
import { replaceFile, whyNotReplaced } from '../../host/write-file.ts';
import { found, ok } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';
import type { Change, Fixed } from './apply-fixes.ts';
import type { Inputs } from './lint-inputs.ts';

/**
 * Writes fixed files; returns how many could not be written. When one can't be, none is: a fix may touch several.
 * Standard input's text goes to standard output.
 */
export function writeChanges({ changes }: Fixed, { files, loader }: Inputs, streams: Streams): number {
  const stdin = files.find(({ from }) => from === 'stdin')?.path;
  const onDisk = changes.filter(({ path }) => path !== stdin);
  const fileOf = ({ path }: Change) => resolve(streams.cwd(), display(path));
  const complain = ({ before }: Change, problem: string): void => {
    streams.stderr.write(`nginxlint: ${before.name} is left as it was: ${problem}\n`);
  };
  let failures = 0;
  for (const change of onDisk) {
    const problem = whyNotReplaced(fileOf(change), change.before.text);
    if (problem === undefined) continue;
    failures++;
    complain(change, problem);
  }
  if (failures > 0) {
    if (onDisk.length > failures) streams.stderr.write('nginxlint: so no file is changed\n');
    return failures;
  }
  for (const change of onDisk) {
    try {
      replaceFile(fileOf(change), change.after.text);
    } catch (error) {
      failures++;
      complain(change, (error as Error).message);
    }
  }
  if (stdin !== undefined) {
    const source = changes.find(({ path }) => path === stdin)?.after ?? loader.read(stdin);
    if (!('error' in source)) streams.stdout.write(Buffer.from(source.text, 'latin1'));
  }
  return failures;
}

/** Shows changes as a unified diff; the exit code says whether there are any. */
export async function showDiff(changes: readonly Change[], { stdout }: Streams): Promise<number> {
  if (changes.length === 0) return ok;
  const { createTwoFilesPatch } = await import('diff');
  for (const { path, before, after } of changes) {
    const name = path.replace(/^\/+/, '');
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before.text, after.text, undefined, undefined, { context: 3 });
    stdout.write(Buffer.from(patch.replace(/^=+\n/, ''), 'latin1'));
  }
  return found;
}
