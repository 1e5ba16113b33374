import { Command, CommanderError } from 'commander';
import { bytesOf } from '../base/source-text.ts';
import { loadConfig, present } from '../check.ts';
import { writeFlat } from '../compile/flat/write.ts';
import { directoryOf, plain } from '../config/paths.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { concise } from '../diagnostics/render/concise.ts';
import { diskFiles } from '../host/files.ts';
import { failed, found, ok } from './exit-codes.ts';
import { type Streams, UsageError } from './streams.ts';
import { version } from './version.ts';

/** The `nginxc` command; resolves to its exit code: 0 compiled, 1 the configuration has errors, 2 wrong usage. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let code = ok;
  const program = new Command('nginxc')
    .description('Compiles nginx configurations into other forms.')
    .version(version, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.stdout.write(text), writeErr: (text) => streams.stderr.write(text) });
  program
    .command('flat <file>')
    .description('one file with every include in place and its origin as a comment, on stdout')
    .option('--prefix <directory>', "where relative includes start (default: the file's directory)")
    .action((file: string, { prefix }: { prefix?: string }) => {
      code = flat(file, prefix, streams);
    });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ok : failed;
    if (!(error instanceof UsageError)) throw error;
    streams.stderr.write(`nginxc: ${error.message}\n`);
    return failed;
  }
}

/** Writes nothing when nginx could not read the configuration: half a file would pass for the whole. */
function flat(file: string, prefix: string | undefined, streams: Streams): number {
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
