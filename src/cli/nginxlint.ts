import { Command, CommanderError } from 'commander';
import pc from 'picocolors';
import { type Paint, plainPaint } from '../diagnostics/render/paint.ts';
import { projectCommand } from './config/project-command.ts';
import { failed, ok } from './exit-codes.ts';
import { addInputOptions, type InputOptions, inputSettings } from './lint/input-options.ts';
import type { CommandLine } from './lint/lint-settings.ts';
import { addOutputOptions, type OutputOptions, outputSettings } from './lint/output-options.ts';
import { addRuleOptions, type RuleOptions, ruleSettings } from './lint/rule-options.ts';
import { addSelectionOptions, type SelectionOptions, selectionSettings, spelledOut } from './lint/selection-options.ts';
import type { RoutesOptions } from './routes/routes.ts';
import { type Streams, UsageError } from './streams.ts';
import { version } from './version.ts';

type RawOptions = InputOptions & RuleOptions & OutputOptions & SelectionOptions;

/** The `nginxlint` command; resolves to its exit code: 0 nothing found, 1 findings, 2 wrong usage. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let code = ok;
  const program = programFor(streams, (chosen) => {
    code = chosen;
  });
  try {
    await program.parseAsync(spelledOut(argv), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ok : failed;
    if (!(error instanceof UsageError)) throw error;
    streams.stderr.write(`nginxlint: ${error.message}\n`);
    return failed;
  }
}

function programFor(streams: Streams, finish: (code: number) => void): Command {
  const program = new Command('nginxlint')
    .description('Checks nginx configurations: what nginx would refuse, and what it would accept but nobody means.')
    .version(version, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.stdout.write(text), writeErr: (text) => streams.stderr.write(text) })
    .argument('[paths...]', 'files, directories, nginx -T dumps, or - for standard input (default: nginx.conf or conf.d here)');
  addLintOptions(program).action(async (paths: string[], options: RawOptions) => {
    const run = (line: CommandLine) => projectCommand({ ...options, line }, streams, paintFor(options.color, streams));
    const line = settingsOf(paths, options);
    finish(options.watch ? await (await import('./lint/watch-command.ts')).watchCommand(line, streams, run) : await run(line));
  });
  program
    .command('explain <rule>')
    .description('print the page of a rule')
    .action(async (rule: string) => {
      finish((await import('./lint/rule-pages.ts')).explainCommand(rule, streams));
    });
  program
    .command('rules')
    .description('list all rules')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      finish((await import('./lint/rule-pages.ts')).rulesCommand(json ?? false, streams));
    });
  program
    .command('routes <conf> [new]')
    .description('which server and location answers what, and how; with --diff: what differs between two configurations')
    .option('--json', 'as JSON')
    .option('--host <name>', 'only servers that answer for this host')
    .option('--path <path>', 'only the location that answers this path')
    .action(async (conf: string, other: string | undefined, _: unknown, command: Command) => {
      const options: RoutesOptions & { color?: boolean } = command.optsWithGlobals();
      const { routesCommand } = await import('./routes/routes.ts');
      finish(routesCommand(other === undefined ? [conf] : [conf, other], options, streams, paintFor(options.color, streams)));
    });
  return program;
}

function addLintOptions(program: Command): Command {
  addOutputOptions(program);
  addSelectionOptions(program);
  addRuleOptions(program);
  addInputOptions(program);
  return program;
}

function settingsOf(paths: readonly string[], raw: RawOptions): CommandLine {
  const output = outputSettings(raw);
  return { paths, ...output, ...selectionSettings(raw, output), ...ruleSettings(raw), ...inputSettings(raw) };
}

function paintFor(color: boolean | undefined, { env, stdout }: Streams): Paint {
  const isWanted = color ?? (stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb');
  return isWanted ? pc.createColors(true) : plainPaint;
}
