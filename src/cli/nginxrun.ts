import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { placeOf } from '../host/addresses.ts';
import { type Flavor, flavors } from '../model/check/target.ts';
import type { RunOptions } from '../run/options.ts';
import { newestStable } from '../schema/version.ts';
import { failed, ok } from './exit-codes.ts';
import { asksForTest } from './nginx/asks-for-test.ts';
import { isForNginx } from './nginx/nginx-options.ts';
import type { RunSettings } from './run/run-settings.ts';
import { paintFor, readVersion } from './run/subcommand.ts';
import { type Streams, UsageError } from './streams.ts';
import { version } from './version.ts';

type Table = Readonly<Record<string, string>>;

interface RawOptions {
  mock: 'unreachable' | 'all' | 'none';
  map?: Table;
  listen?: Table;
  root?: Table;
  sessionCookie?: string[];
  allowNet?: boolean;
  strict?: boolean;
  nginxVersion: string;
  flavor: Flavor;
  quiet?: boolean;
  json?: boolean;
  watch: boolean;
}

/** The `nginxrun` command; resolves to its exit code when it is stopped: 0, 2 could not run, 3 something is not run and `--strict`. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  if (asksForTest(argv)) return (await import('./nginx/nginx-test.ts')).nginxTestCommand(argv, streams);
  if (isForNginx(argv)) return (await import('./nginx/nginx-command.ts')).nginxCommand(argv, streams);
  if (argv[0] === 'sessions') return (await import('./run/sessions-command.ts')).sessionsCommand(argv.slice(1), streams);
  if (argv[0] === 'explain') return (await import('./explain/explain-command.ts')).explainCommand(argv.slice(1), streams);
  if (argv[0] === 'sim') return (await import('./run/sim-command.ts')).simCommand(argv.slice(1), streams);
  let code = ok;
  const program = programFor(streams).action(async (file: string, raw: RawOptions) => {
    const { runCommand } = await import('./run/run-command.ts');
    code = await runCommand(settingsOf(file, raw), streams, paintFor(streams), interrupted());
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ok : failed;
    if (!(error instanceof UsageError)) throw error;
    streams.stderr.write(`nginxrun: ${error.message}\n`);
    return failed;
  }
}

function programFor(streams: Streams): Command {
  return new Command('nginxrun')
    .description('Runs an nginx configuration: its HTTP servers and proxies, on this machine, without nginx.')
    .version(version, '--version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.stdout.write(text), writeErr: (text) => streams.stderr.write(text) })
    .argument('<file>', 'an nginx.conf, a part of one, or an nginx -T dump')
    .addHelpText('after', '\nnginxrun sessions FILE plays logins, and tells what keeps them.')
    .addHelpText('after', "\nnginxrun explain FILE 'GET http://www.a.com/x' tells what becomes of a request, and why.")
    .addHelpText('after', '\nnginxrun sim FILE plays clients, and servers that die.')
    .addOption(
      new Option('--mock <which>', 'which backends are replaced by mocks that say what they were asked')
        .choices(['unreachable', 'all', 'none'])
        .default('unreachable'),
    )
    .option(
      '--map <address=address>',
      'where a backend is instead: 10.0.0.7:80=127.0.0.1:3001, web01=:3001 (repeatable)',
      pairs('map'),
    )
    .option('--listen <port=port>', 'where to listen instead: 80=8080 (repeatable)', pairs('listen'))
    .option(
      '--root <path=directory>',
      'where a directory of the configuration is: /code/test=./public (repeatable)',
      pairs('root'),
    )
    .option('--session-cookie <name>', 'a further cookie that names a session (repeatable)', collect)
    .option('--allow-net', 'listen and connect beyond this machine, and ask DNS')
    .option('--strict', 'do not start when a line of the configuration is not run')
    .option('--nginx-version <version>', 'the nginx whose behaviour is played', readVersion, newestStable)
    .addOption(new Option('--flavor <name>', 'whose nginx it is').choices(flavors).default('oss'))
    .option('--no-watch', 'do not reload when a file changes')
    .option('-q, --quiet', 'no line for each request')
    .option('--json', 'write JSON, one object a line');
}

function settingsOf(file: string, raw: RawOptions): RunSettings {
  const {
    mock,
    map,
    listen,
    root,
    allowNet = false,
    strict = false,
    nginxVersion,
    flavor,
    quiet = false,
    json = false,
    watch,
  } = raw;
  const run: RunOptions = {
    mock,
    allowNet,
    nginxVersion,
    flavor,
    ports: 'own',
    realPorts: true,
    ...(raw.sessionCookie && { sessionCookies: raw.sessionCookie }),
    ...(map && { map }),
    ...(listen && { listen }),
    ...(root && { roots: root }),
  };
  return { file, run, strict, quiet, json, watch };
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Collects `from=to` options; addresses are checked at once. */
function pairs(what: 'map' | 'listen' | 'root'): (text: string, before?: Table) => Table {
  return (text, before = {}) => {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('It looks like FROM=TO.');
    const [from, to] = [text.slice(0, at), text.slice(at + 1)];
    if (what !== 'root') checkAddress(to);
    return { ...before, [from]: to };
  };
}

function checkAddress(text: string): void {
  try {
    placeOf(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** Resolves when the user has had enough. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
