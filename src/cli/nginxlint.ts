import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import pc from 'picocolors';
import { bytesOf } from '../base/source-text.ts';
import type { Severity } from '../diagnostics/diagnostic.ts';
import { type Paint, plainPaint } from '../diagnostics/render/paint.ts';
import { targetsOf } from '../model/check/target-options.ts';
import { contextOf } from '../schema/contexts.ts';
import { failed, ok } from './exit-codes.ts';
import { lintCommand } from './lint-command.ts';
import type { Format, LintSettings } from './lint-settings.ts';
import { type Streams, UsageError } from './streams.ts';
import { version } from './version.ts';

interface RawOptions {
  format: Format;
  color?: boolean;
  fix?: boolean;
  unsafeFixes?: boolean;
  diff?: boolean;
  nginxVersion?: string;
  flavor?: string;
  modules?: string;
  context?: number;
  prefix?: string;
  stdinFilename?: string;
  minSeverity: Severity;
  failOn: Severity;
  quiet?: boolean;
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** The `nginxlint` command; resolves to its exit code: 0 nothing found, 1 findings, 2 wrong usage. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  let code = ok;
  const program = programFor(streams, (chosen) => {
    code = chosen;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
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
    finish(await lintCommand(settingsOf(paths, options), streams, paintFor(options.color, streams)));
  });
  program
    .command('explain <rule>')
    .description('print the page of a rule')
    .action(async (rule: string) => {
      finish((await import('./rule-pages.ts')).explainCommand(rule, streams));
    });
  program
    .command('rules')
    .description('list all rules')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      finish((await import('./rule-pages.ts')).rulesCommand(json ?? false, streams));
    });
  return program;
}

function addLintOptions(program: Command): Command {
  return program
    .addOption(
      new Option('--format <format>', 'how findings are written').choices(['pretty', 'concise', 'json']).default('pretty'),
    )
    .option('--fix', 'make the fixes that keep the meaning or repair what nginx refuses')
    .option('--unsafe-fixes', 'with --fix or --diff: also fixes that change what the configuration does')
    .option('--diff', 'show the fixes as a unified diff, change no file; exit code 1 when there are any')
    .addOption(new Option('--fail-on <severity>', 'exit code 1 from this severity on').choices(severities).default('error'))
    .addOption(new Option('--min-severity <severity>', 'show findings from this severity on').choices(severities).default('info'))
    .option('-q, --quiet', 'findings only: no summary, no notes')
    .option(
      '--nginx-version <version>',
      'the nginx whose defaults and refusals count, or a range: 1.22..1.28 (default: not known)',
    )
    .option('--flavor <name>', 'whose nginx it is: oss, plus, openresty, tengine, angie or freenginx (default: not known)')
    .option('--modules <list>', 'what it is built with, against all modules we know: +check,-stream')
    .option('--context <path>', 'where files that are no nginx.conf belong: http, http>server, stream>upstream …', readContext)
    .option('--prefix <directory>', 'where relative includes start (default: the directory of nginx.conf)')
    .option('--stdin-filename <name>', 'what standard input is called in findings, and where its includes start')
    .option('--color', 'colours even when stdout is no terminal')
    .option('--no-color', 'no colours (so does NO_COLOR in the environment)');
}

function settingsOf(paths: readonly string[], raw: RawOptions): LintSettings {
  const { format, fix = false, unsafeFixes = false, diff = false, minSeverity, failOn, quiet = false } = raw;
  if (unsafeFixes && !fix && !diff) throw new UsageError('--unsafe-fixes says which fixes are made; add --fix or --diff');
  if (fix && diff) throw new UsageError('--fix changes files and --diff does not; choose one');
  return {
    paths,
    format,
    fix,
    unsafeFixes,
    diff,
    minSeverity,
    failOn,
    quiet,
    target: targetOf(raw),
    ...(raw.color === undefined ? {} : { color: raw.color }),
    ...(raw.context === undefined ? {} : { context: raw.context }),
    ...(raw.prefix === undefined ? {} : { prefix: bytesOf(raw.prefix.replace(/\/*$/, '/')) }),
    ...(raw.stdinFilename === undefined ? {} : { stdinFilename: raw.stdinFilename }),
  };
}

function targetOf({ nginxVersion, flavor, modules }: RawOptions): LintSettings['target'] {
  const target = {
    ...(nginxVersion === undefined ? {} : { nginxVersion }),
    ...(flavor === undefined ? {} : { flavor }),
    ...(modules === undefined ? {} : { modules }),
  };
  const targets = targetsOf(target);
  if ('error' in targets) throw new UsageError(targets.error);
  return target;
}

function readContext(text: string): number {
  const context = contextOf(text);
  if (context === undefined)
    throw new InvalidArgumentError('It looks like http, http>server, http>server>location, http>upstream or stream>server.');
  return context;
}

function paintFor(color: boolean | undefined, { env, stdout }: Streams): Paint {
  const isWanted = color ?? (stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb');
  return isWanted ? pc.createColors(true) : plainPaint;
}
