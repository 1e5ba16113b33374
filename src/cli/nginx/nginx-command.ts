import { readFileSync } from 'node:fs';
import { bytesOf, display } from '../../base/source-text.ts';
import { hasInherited } from '../../host/inherited-listeners.ts';
import {
  daemonServes,
  isDaemon,
  leave,
  onSignals,
  type SignalName,
  sayAsDaemon,
  sendSignal,
  signalNumbers,
  startDaemon,
} from '../../host/process.ts';
import type { Target } from '../../model/check/target.ts';
import { targetsOf } from '../../model/check/target-options.ts';
import { ServerProcess } from '../../run/process/server-process.ts';
import { systemErrorText } from '../../runtime/http/system-error-text.ts';
import { newestMainline } from '../../schema/version.ts';
import { failed, ok } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';
import { type NginxOptions, type NginxSignal, nginxOptionsOf } from './nginx-options.ts';
import { configurationOf, prefixOf } from './nginx-paths.ts';
import { versionInfo } from './nginx-version.ts';

/** nginx exits so when it does not start, and when it does not know an option. */
const refused = 1;

/**
 * nginx's own command line: a process that binds what the file says, with nothing remapped or mocked. Resolves to the
 * exit code; a server that runs in the foreground ends the process itself.
 */
export async function nginxCommand(argv: readonly string[], streams: Streams): Promise<number> {
  const options = nginxOptionsOf(argv);
  if (typeof options === 'string') return complain(streams, options, refused);
  const { nginxVersion = newestMainline, flavor, modules, help, configure } = options;
  if (options.version) streams.stderr.write(versionInfo(nginxVersion, { help, configure }));
  if (options.test) return (await import('./nginx-test.ts')).nginxTestCommand(argv, streams);
  if (options.version) return ok;
  const targets = targetsOf({ nginxVersion, ...(flavor && { flavor }), ...(modules && { modules }) });
  if ('error' in targets) return complain(streams, `nginxrun: ${targets.error}`, failed);
  const [target] = targets;
  if (!target || targets.length > 1)
    return complain(streams, 'nginxrun: a process plays one release: --nginx-version 1.28', failed);
  const process = processFor(options, target, streams);
  if (!process.read()) return refused;
  return options.signal === undefined ? serve(process, streams) : signalTo(process, options.signal, streams);
}

function processFor(options: NginxOptions, target: Target, streams: Streams): ServerProcess {
  return new ServerProcess({
    target,
    path: configurationOf(options, streams.cwd()),
    prefix: prefixOf(options),
    directory: streams.cwd(),
    globals: bytesOf(options.globals ?? ''),
    errorLog: bytesOf(options.errorLog ?? 'logs/error.log'),
    say: isDaemon() ? sayAsDaemon : sayOn(streams),
  });
}

function sayOn({ stderr }: Streams): (line: string) => void {
  return (line) => void stderr.write(Buffer.from(`${line}\n`, 'latin1'));
}

async function serve(process: ServerProcess, streams: Streams): Promise<number> {
  if (process.wantsDaemon && !isDaemon() && !hasInherited()) return startDaemon(sayOn(streams));
  onSignals((name) => process.signal(name, () => leave(ok)));
  if (!(await process.start())) leave(refused);
  if (isDaemon()) daemonServes();
  return ok;
}

const signals: Readonly<Record<NginxSignal, SignalName>> = {
  stop: 'SIGTERM',
  quit: 'SIGQUIT',
  reopen: 'SIGUSR1',
  reload: 'SIGHUP',
};

/** ngx_signal_process: the pid file of the configuration says whom to tell. */
function signalTo({ pidFile: path }: ServerProcess, signal: NginxSignal, streams: Streams): number {
  if (path === null) return refused;
  let text: string;
  try {
    text = readFileSync(Buffer.from(path, 'latin1'), 'latin1').replace(/[\r\n]+$/, '');
  } catch (error) {
    const why = systemErrorText({ errno: (error as NodeJS.ErrnoException).code ?? 'EIO' });
    return complain(streams, `nginx: [error] open() "${display(path)}" failed (${why})`, refused);
  }
  if (!/^\d+$/.test(text)) return complain(streams, `nginx: [error] invalid PID number "${text}" in "${display(path)}"`, refused);
  const error = sendSignal(Number(text), signals[signal]);
  if (!error) return ok;
  return complain(
    streams,
    `nginx: [alert] kill(${text}, ${signalNumbers[signals[signal]]}) failed (${systemErrorText(error)})`,
    refused,
  );
}

function complain({ stderr }: Streams, line: string, code: number): number {
  stderr.write(`${line}\n`);
  return code;
}
