import { Command, CommanderError, InvalidArgumentError } from 'commander';
import pc from 'picocolors';
import { concise } from '../../diagnostics/render/concise.ts';
import { type Paint, plainPaint } from '../../diagnostics/render/paint.ts';
import { NginxConfigError } from '../../run/error.ts';
import { isVersion, newestStable } from '../../schema/version.ts';
import { failed, ok } from '../exit-codes.ts';
import { type Streams, UsageError } from '../streams.ts';

/** What all subcommands of nginxrun that play a configuration are told. */
export interface PlayOptions {
  readonly json?: boolean;
  readonly nginxVersion: string;
}

/** The head of such a subcommand: `nginxrun NAME <file>`, `--json`, `--nginx-version`. */
export function playCommand(name: string, description: string, { stdout, stderr }: Streams): Command {
  return new Command(`nginxrun ${name}`)
    .description(description)
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .argument('<file>', 'an nginx.conf, a part of one, or an nginx -T dump')
    .option('--json', 'as JSON')
    .option('--nginx-version <version>', 'the nginx whose behaviour is played', readVersion, newestStable);
}

/** Runs one: its exit code is what `action` resolves to, 2 when the options are wrong or the configuration cannot be run. */
export async function runSubcommand<T>(
  command: Command,
  argv: readonly string[],
  { stderr }: Streams,
  action: (file: string, options: T) => Promise<number>,
): Promise<number> {
  let code = ok;
  command.action(async (file: string, options: T) => {
    code = await action(file, options);
  });
  try {
    await command.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ok : failed;
    if (error instanceof NginxConfigError)
      stderr.write(
        `${error.diagnostics.length > 0 ? error.diagnostics.map(concise).join('\n') : `nginxrun: ${error.message}`}\n`,
      );
    else if (error instanceof UsageError) stderr.write(`nginxrun: ${error.message}\n`);
    else throw error;
    return failed;
  }
}

/** Colours where there is a terminal that has some. */
export function paintFor({ stdout, env }: Streams): Paint {
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb' ? pc.createColors(true) : plainPaint;
}

/** A release of nginx, for commander. */
export function readVersion(text: string): string {
  if (!isVersion(text)) throw new InvalidArgumentError('It looks like 1.28 or 1.28.1.');
  return text;
}
