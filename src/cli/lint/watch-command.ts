import { basename, dirname, resolve } from 'node:path';
import { timestamp } from '../../host/clock.ts';
import { type FileEvent, isNewer, watchDirectories } from '../../host/watch-directories.ts';
import { ok } from '../exit-codes.ts';
import { type Streams, UsageError } from '../streams.ts';
import type { CommandLine } from './lint-settings.ts';
import { WatchMemory } from './watch-memory.ts';

/** Files that decide how is linted. */
const deciding = /^(?:\.nginxlint.*(?<!\.tmp)|nginxlint\.config\..*|package\.json)$/;

/** What is written while others are replaced (src/host/write-file.ts), and by editors. */
const passing = /^\..*\.(?:tmp|swp|swx)$|~$|^4913$/;

const clearScreen = '\x1b[2J\x1b[3J\x1b[H';

/**
 * Lints, and lints again whenever a file that was read changes, or one comes or goes beside them or where an include looks for some;
 * until Ctrl-C. Only configurations that have the file in them are checked again.
 */
export async function watchCommand(
  line: CommandLine,
  streams: Streams,
  run: (line: CommandLine) => Promise<number>,
): Promise<number> {
  if (line.paths.includes('-')) throw new UsageError('--watch is for files, not for standard input');
  if (line.diff || line.updateBaseline)
    throw new UsageError('--watch is not for --diff or --update-baseline, which are asked for once');
  const cwd = streams.cwd();
  const watching = watchDirectories();
  const end = interruption();
  const written = [...line.formats.map(({ file }) => file), line.cache].filter((file) => file !== undefined);
  const ours = new Set(written.map((file) => resolve(cwd, file)));
  const memory = new WatchMemory();
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst && streams.stdout.isTTY) streams.stdout.write(clearScreen);
    const started = timestamp();
    const files = new Set(await lintedFiles({ ...line, memory }, streams, run));
    const isNew = await watching.add([...directoriesAround(files, line, cwd), ...memory.searched(cwd)]);
    streams.stderr.write(`watching ${files.size} file${files.size === 1 ? '' : 's'}; Ctrl-C ends\n`);
    if (isNew && [...files].some((file) => isNewer(file, started))) continue;
    const matters = ({ kind, path }: FileEvent) =>
      files.has(path) ||
      (!ours.has(path) && (deciding.test(basename(path)) || (kind !== 'changed' && !passing.test(basename(path)))));
    if ((await Promise.race([watching.next(matters), end])) !== 'interrupted') continue;
    await watching.close();
    return ok;
  }
}

/** Lints once, and gives the files that were read, absolute. What cannot be done is said; the next change may mend it. */
async function lintedFiles(line: CommandLine, streams: Streams, run: (line: CommandLine) => Promise<number>): Promise<string[]> {
  const files: string[] = [];
  try {
    await run({ ...line, onRead: (sources) => files.push(...sources.map(({ name }) => resolve(streams.cwd(), name))) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    streams.stderr.write(`nginxlint: ${error.message}\n`);
  }
  return files;
}

/** Where files lie, or would lie: those that were read, and what the command line names. */
function directoriesAround(files: Iterable<string>, { paths }: CommandLine, cwd: string): Set<string> {
  const named = paths.flatMap((path) => [resolve(cwd, path), dirname(resolve(cwd, path))]);
  return new Set([cwd, ...named.filter((path) => !/[*?[]/.test(path)), ...[...files].map((file) => dirname(file))]);
}

function interruption(): Promise<'interrupted'> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done('interrupted'));
  });
}
