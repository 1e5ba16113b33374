import type { Command } from 'commander';
import { loadConfig, present } from '../../check.ts';
import { inheritedBy } from '../../compile/flat/inherited.ts';
import { writeFlat } from '../../compile/flat/write.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { concise } from '../../diagnostics/render/concise.ts';
import { buildModel } from '../../model/build.ts';
import { configRootOf } from '../config-root.ts';
import { found, ok } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

/** The options of `nginxc flat`. */
export interface FlatCommandOptions {
  readonly prefix?: string;
  readonly comments?: boolean;
  readonly effective?: boolean;
}

/** Adds the options of `nginxc flat`. */
export function addFlatOptions(command: Command): Command {
  return command
    .description('one file with every include in place and its origin as a comment, on stdout')
    .option('--comments', "keep the sources' comments")
    .option('--effective', 'write into each block what it inherits, with its origin')
    .option('--prefix <directory>', "where relative includes start (default: the file's directory)");
}

/** `nginxc flat FILE`: writes nothing when nginx could not read the configuration, for half a file would pass for the whole. */
export function flatCommand(file: string, { prefix, comments, effective }: FlatCommandOptions, streams: Streams): number {
  const { value: config, diagnostics } = loadConfig(configRootOf(file, prefix, streams));
  const errors = errorsIn(diagnostics);
  for (const error of errors) streams.stderr.write(`${concise(error)}\n`);
  if (errors.length > 0) return found;
  const inherited = effective ? { inherited: inheritedBy(buildModel(config)) } : {};
  streams.stdout.write(Buffer.from(writeFlat(config, { comments: comments === true, ...inherited }), 'latin1'));
  return ok;
}

function errorsIn(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return present(diagnostics, {}).diagnostics.filter(({ severity }) => severity === 'error');
}
