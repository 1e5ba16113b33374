import { Command, CommanderError } from 'commander';
import { addFlatOptions, type FlatCommandOptions, flatCommand } from './compile/flat-command.ts';
import { addFmtOptions, type FmtOptions, fmtCommand } from './compile/fmt-command.ts';
import { addFromJsonOptions, type FromJsonOptions, fromJsonCommand } from './compile/from-json-command.ts';
import { addHaproxyOptions, haproxyCommand } from './compile/haproxy-command.ts';
import { addJsonOptions, type JsonOptions, jsonCommand } from './compile/json-command.ts';
import { addKeepalivedOptions, type KeepalivedCommandOptions, keepalivedCommand } from './compile/keepalived-command.ts';
import { type PlanOptions, planCommand } from './compile/plan-command.ts';
import { failed, ok } from './exit-codes.ts';
import { type Streams, UsageError } from './streams.ts';
import { version } from './version.ts';

/**
 * The `nginxc` command; resolves to its exit code: 0 compiled, 1 the configuration has errors (or, for
 * `fmt --check`, another layout; for a target, something is lost), 2 wrong usage.
 */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let code = ok;
  const program = new Command('nginxc')
    .description('Compiles nginx configurations into other forms.')
    .version(version, '-V, --version')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.stdout.write(text), writeErr: (text) => streams.stderr.write(text) });
  addFlatOptions(program.command('flat <file>')).action((file: string, options: FlatCommandOptions) => {
    code = flatCommand(file, options, streams);
  });
  addFmtOptions(program.command('fmt <paths...>')).action(async (paths: string[], options: FmtOptions) => {
    code = await fmtCommand(paths, options, streams);
  });
  addJsonOptions(program.command('json <file>')).action((file: string, options: JsonOptions) => {
    code = jsonCommand(file, options, streams);
  });
  addFromJsonOptions(program.command('from-json <file>')).action((file: string, options: FromJsonOptions) => {
    code = fromJsonCommand(file, options, streams);
  });
  addKeepalivedOptions(program.command('keepalived <file>')).action((file: string, options: KeepalivedCommandOptions) => {
    code = keepalivedCommand(file, options, streams);
  });
  program
    .command('plan <file>')
    .description(
      'what runs: addresses, names, locations in the order of the search, settings in force with their origins, upstreams',
    )
    .option('--json', 'as JSON')
    .option('--prefix <directory>', "where relative includes start (default: the file's directory)")
    .action((file: string, options: PlanOptions) => {
      code = planCommand(file, options, streams);
    });
  addHaproxyOptions(program.command('haproxy <file>')).action((file: string, options: Parameters<typeof haproxyCommand>[1]) => {
    code = haproxyCommand(file, options, streams);
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
