import { spawnSync } from 'node:child_process';

/** Why git could not answer, in its own words. */
export interface GitFailure {
  readonly error: string;
}

/** What differs between the work tree and a tree or the index; all paths are byte strings from the top of the work tree. */
export interface Difference {
  /** The top of the work tree, absolute, without a slash at its end. */
  readonly top: string;
  /** What each file that differs holds there; null where it is not there. */
  readonly texts: ReadonlyMap<string, string | null>;
}

/** The commit that `--changed=REF` compares with: where HEAD left REF, else REF itself. */
export function baseOf(ref: string, directory: string): string | GitFailure {
  const commit = run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], directory);
  if (typeof commit !== 'string') {
    const top = topOf(directory);
    return typeof top === 'string' ? { error: `git knows no commit ${ref}` } : top;
  }
  const common = run(['merge-base', commit.trim(), 'HEAD'], directory);
  return (typeof common === 'string' ? common : commit).trim();
}

/** The tree of the last commit; the empty one before the first. */
export function headOf(directory: string): string | GitFailure {
  const head = run(['rev-parse', '--verify', '--quiet', 'HEAD^{tree}'], directory);
  if (typeof head === 'string') return head.trim();
  const empty = run(['hash-object', '-t', 'tree', '--stdin'], directory);
  return typeof empty === 'string' ? empty.trim() : empty;
}

/** What a commit or tree, or the index, holds where the work tree holds something else. Files that git ignores do not count. */
export function differenceTo(tree: string | 'index', directory: string): Difference | GitFailure {
  const top = topOf(directory);
  if (typeof top !== 'string') return top;
  const listed = run(['diff', '--name-status', '-z', '--no-renames', '--no-ext-diff', ...(tree === 'index' ? [] : [tree])], top);
  if (typeof listed !== 'string') return listed;
  const untracked = run(['ls-files', '--others', '--exclude-standard', '-z'], top);
  if (typeof untracked !== 'string') return untracked;
  const fields = listed.split('\0');
  const texts = new Map<string, string | null>(untracked.split('\0').map((path) => [path, null]));
  const wanted: string[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [status, path = ''] = fields.slice(i, i + 2);
    texts.set(path, null);
    if (status !== 'A') wanted.push(path);
  }
  texts.delete('');
  const found = contentsOf(wanted, tree === 'index' ? '' : tree, top);
  if (!(found instanceof Map)) return found;
  return { top, texts: new Map([...texts, ...found]) };
}

function topOf(directory: string): string | GitFailure {
  const top = run(['rev-parse', '--show-toplevel'], directory);
  return typeof top === 'string' ? top.replace(/\n$/, '') : top;
}

/** Reads the blobs of paths in one process. */
function contentsOf(paths: readonly string[], tree: string, top: string): Map<string, string> | GitFailure {
  const texts = new Map<string, string>();
  const askable = paths.filter((path) => !path.includes('\n'));
  if (askable.length === 0) return texts;
  const output = run(['cat-file', '--batch'], top, askable.map((path) => `${tree}:${path}\n`).join(''));
  if (typeof output !== 'string') return output;
  let at = 0;
  for (const path of askable) {
    const lineEnd = output.indexOf('\n', at);
    const header = output.slice(at, lineEnd);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
    at = lineEnd + 1;
    if (size !== undefined) texts.set(path, output.slice(at, at + Number(size)));
    // A link to a commit (a submodule) has no text here; a tree or a tag can't stand in a difference.
    if (/^[0-9a-f]+ \w+ \d+$/.test(header)) at += Number(header.slice(header.lastIndexOf(' ') + 1)) + 1;
  }
  return texts;
}

function run(args: readonly string[], directory: string, input = ''): string | GitFailure {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd: directory,
    input: Buffer.from(input, 'latin1'),
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (error) return { error: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'git is not installed' : error.message };
  if (status === 0) return stdout.toString('latin1');
  const [said = ''] = stderr
    .toString()
    .replace(/^(?:fatal|error): /, '')
    .split('\n');
  return { error: said === '' ? `git ${args[0]} failed` : said };
}
