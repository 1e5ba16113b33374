import { bytesOf } from '../base/source-text.ts';
import type { Root } from '../check.ts';
import { readDump } from '../config/dump.ts';
import { directoryOf, plain } from '../config/paths.ts';
import { diskFiles } from '../host/files.ts';
import { type Streams, UsageError } from './streams.ts';

/** The configuration that a command is given: a file, or what `nginx -T` printed. Relative includes start at `prefix`, or beside it. */
export function configRootOf(file: string, prefix: string | undefined, streams: Streams): Root {
  const loader = diskFiles(streams.cwd());
  const path = plain(bytesOf(file));
  const source = loader.read(path);
  if ('error' in source) throw new UsageError(`cannot read ${file}: ${source.error}`);
  const dump = readDump(source);
  if (dump) return { source: dump.root, loader: dump.loader, prefix: directoryOf(dump.path) };
  return { source, loader, prefix: prefix === undefined ? directoryOf(path) : bytesOf(prefix.replace(/\/*$/, '/')) };
}
