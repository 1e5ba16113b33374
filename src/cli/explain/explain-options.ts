import { type Command, InvalidArgumentError } from 'commander';
import { type PlayOptions, playCommand } from '../run/subcommand.ts';
import type { Streams } from '../streams.ts';

/** The options of `nginxrun explain`. */
export interface ExplainOptions extends PlayOptions {
  readonly ip?: string;
  readonly header: readonly (readonly [name: string, value: string])[];
  readonly data?: string;
  readonly whyNot?: string;
  readonly down: readonly string[];
  readonly after: string;
  readonly root: Readonly<Record<string, string>>;
}

/** The command line of `nginxrun explain`; its second argument is the request. */
export function explainProgram(streams: Streams): Command {
  const description = 'Tells what becomes of a request, and why. Nothing is connected to: all back ends are played.';
  return playCommand('explain', description, streams)
    .argument('<request>', "'GET http://www.a.com/x', or a URL alone")
    .option('--ip <address>', "the client's address")
    .option('-H, --header <field>', "a header field: 'Name: value' (repeatable)", fields, [])
    .option('-d, --data <body>', 'a body; the method is POST then, unless the request has one')
    .option('--why-not <location>', 'say why this location is not the one: /app/, "~ \\.php$"')
    .option('--down <backend>', 'a back end that refuses connections: 10.0.0.7:80 (repeatable)', gathered, [])
    .option('--after <time>', 'how long it has been running by then, so that health checks have results', '1m')
    .option('--root <path=directory>', 'where a directory of the configuration is (repeatable)', roots, {});
}

function fields(text: string, before: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new InvalidArgumentError('It looks like Name: value.');
  return [...before, [text.slice(0, colon), text.slice(colon + 1).trim()]];
}

function gathered(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

function roots(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('It looks like FROM=TO.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
