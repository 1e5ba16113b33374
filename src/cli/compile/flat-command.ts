import { loadConfig, present } from '../../check.ts';
import { writeFlat } from '../../compile/flat/write.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { concise } from '../../diagnostics/render/concise.ts';
import { configRootOf } from '../config-root.ts';
import { found, ok } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

/** `nginxc flat FILE`: writes nothing when nginx could not read the configuration, for half a file would pass for the whole. */
export function flatCommand(file: string, prefix: string | undefined, streams: Streams): number {
  const loaded = loadConfig(configRootOf(file, prefix, streams));
  const errors = errorsIn(loaded.diagnostics);
  for (const error of errors) streams.stderr.write(`${concise(error)}\n`);
  if (errors.length > 0) return found;
  streams.stdout.write(Buffer.from(writeFlat(loaded.value), 'latin1'));
  return ok;
}

function errorsIn(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return present(diagnostics, {}).diagnostics.filter(({ severity }) => severity === 'error');
}
