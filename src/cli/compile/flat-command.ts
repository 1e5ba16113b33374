import { bytesOf } from '../../base/source-text.ts';
import { loadConfig, present } from '../../check.ts';
import { writeFlat } from '../../compile/flat/write.ts';
import { directoryOf, plain } from '../../config/paths.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { concise } from '../../diagnostics/render/concise.ts';
import { diskFiles } from '../../host/files.ts';
import { found, ok } from '../exit-codes.ts';
import { type Streams, UsageError } from '../streams.ts';

/** `nginxc flat FILE`: writes nothing when nginx could not read the configuration, for half a file would pass for the whole. */
export function flatCommand(file: string, prefix: string | undefined, streams: Streams): number {
  const loader = diskFiles(streams.cwd());
  const path = plain(bytesOf(file));
  const source = loader.read(path);
  if ('error' in source) throw new UsageError(`cannot read ${file}: ${source.error}`);
  const start = prefix === undefined ? directoryOf(path) : bytesOf(prefix.replace(/\/*$/, '/'));
  const loaded = loadConfig({ source, loader, prefix: start });
  const errors = errorsIn(loaded.diagnostics);
  for (const error of errors) streams.stderr.write(`${concise(error)}\n`);
  if (errors.length > 0) return found;
  streams.stdout.write(Buffer.from(writeFlat(loaded.value), 'latin1'));
  return ok;
}

function errorsIn(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return present(diagnostics, {}).diagnostics.filter(({ severity }) => severity === 'error');
}
