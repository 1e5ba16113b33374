import { isGlob } from '../../base/glob.ts';
import { bytesOf, type SourceText, sourceText } from '../../base/source-text.ts';
import { plain } from '../../config/paths.ts';
import type { ReadFailure, SourceLoader } from '../../config/source-loader.ts';
import { type DiskFiles, largestFile, refuse } from '../../host/files.ts';
import { readInput, type Streams, UsageError } from '../streams.ts';
import type { LintSettings } from './lint-settings.ts';
import { configFilesIn } from './walk-directory.ts';

/** A file that the user wants checked. Paths are byte strings. */
export interface Input {
  readonly path: string;
  /** `name`: given by name · `directory`: found in a directory that was given · `stdin`. */
  readonly from: 'name' | 'directory' | 'stdin';
}

/** The files to check, and where their text comes from. */
export interface Inputs {
  readonly files: readonly Input[];
  readonly loader: SourceLoader;
}

/** Finds out what the arguments mean; throws a `UsageError` where they mean nothing. */
export async function inputsOf(
  { paths, stdinFilename }: Pick<LintSettings, 'paths' | 'stdinFilename'>,
  disk: DiskFiles,
  streams: Streams,
): Promise<Inputs> {
  if (stdinFilename !== undefined && !paths.includes('-'))
    throw new UsageError('--stdin-filename names standard input; add - to the paths');
  const files = new Map<string, Input>();
  let loader: SourceLoader = disk;
  for (const path of paths.length > 0 ? paths : [defaultPath(disk, streams)]) {
    if (path === '-') {
      const name = stdinFilename ?? '<stdin>';
      const bytes = plain(bytesOf(name));
      loader = overlay(loader, new Map([[bytes, await stdinSource(name, streams)]]));
      files.set(bytes, { path: bytes, from: 'stdin' });
    } else {
      for (const input of inputsAt(plain(bytesOf(path)), path, disk)) if (!files.has(input.path)) files.set(input.path, input);
    }
  }
  return { files: [...files.values()], loader };
}

/** A loader in which some files have another text. */
export function overlay(loader: SourceLoader, texts: ReadonlyMap<string, SourceText | ReadFailure>): SourceLoader {
  return {
    read: (path) => texts.get(path) ?? loader.read(path),
    glob: (pattern) => loader.glob(pattern),
  };
}

function inputsAt(path: string, written: string, disk: DiskFiles): Input[] {
  const kind = disk.kindOf(path);
  if (kind === 'directory') {
    const found = configFilesIn(path.replace(/(.)\/+$/, '$1'), disk);
    if (found.length === 0)
      throw new UsageError(
        `no nginx configuration in ${written}: looked for *.conf files, and for any file in conf.d, snippets and sites-enabled`,
      );
    return found.map((file) => ({ path: file, from: 'directory' }));
  }
  if (kind === undefined && isGlob(path)) {
    const found = disk.glob(path).filter((match) => disk.kindOf(match) === 'file');
    if (found.length > 0) return found.map((match) => ({ path: match, from: 'name' }));
  }
  if (kind === undefined) {
    const failure = disk.read(path);
    throw new UsageError(`cannot read ${written}: ${'error' in failure ? failure.error : 'No such file or directory'}`);
  }
  return [{ path, from: 'name' }];
}

function defaultPath(disk: DiskFiles, { cwd }: Streams): string {
  if (disk.kindOf('nginx.conf') === 'file') return 'nginx.conf';
  if (disk.kindOf('conf.d') === 'directory') return 'conf.d';
  throw new UsageError(
    `nothing to lint: there is neither nginx.conf nor conf.d in ${cwd()}\nusage: nginxlint [paths…], or nginx -T | nginxlint -`,
  );
}

async function stdinSource(name: string, streams: Streams): Promise<SourceText | ReadFailure> {
  const text = await readInput(streams, largestFile);
  return refuse(text, text.length) ?? sourceText(name, text);
}
