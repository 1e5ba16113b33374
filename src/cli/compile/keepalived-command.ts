import { type Command, InvalidArgumentError, Option } from 'commander';
import { keepalived } from '../../compile/keepalived/compile.ts';
import type { LbKind } from '../../compile/keepalived/job.ts';
import { isIp } from '../../model/address.ts';
import type { Streams } from '../streams.ts';
import { addTargetOptions, type TargetOptions, targetCommand } from './target-command.ts';

/** The options of `nginxc keepalived`. */
export interface KeepalivedCommandOptions extends TargetOptions {
  readonly lbKind: LbKind;
  readonly vip: readonly string[];
  readonly vrrp?: string;
  readonly host?: ReadonlyMap<string, string>;
}

/** Adds the options of `nginxc keepalived`. */
export function addKeepalivedOptions(command: Command): Command {
  const kind = new Option('--lb-kind <kind>', 'how packets reach the real servers')
    .choices(['nat', 'dr', 'tun'])
    .makeOptionMandatory();
  return addTargetOptions(
    command
      .description("keepalived's configuration: layer 4, on stdout, headed by what it cannot say")
      .addOption(kind)
      .requiredOption('--vip <address>', 'the virtual address; again for one of the other family', addressAmong)
      .option('--vrrp <interface>', 'let VRRP hold the virtual addresses on that interface', interfaceOf)
      .option('--host <name=address>', 'the address of a host that an upstream names; may be given again', hostAmong),
  );
}

function addressAmong(text: string, before: readonly string[] = []): readonly string[] {
  if (!isAddress(text)) throw new InvalidArgumentError('It must be an IP address.');
  return [...before, text];
}

function interfaceOf(text: string): string {
  if (!/^[\w.:@-]{1,15}$/.test(text)) throw new InvalidArgumentError('It must be the name of a network interface.');
  return text;
}

function hostAmong(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [, name = '', address = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (!isAddress(address)) throw new InvalidArgumentError('It must be NAME=ADDRESS.');
  return new Map([...before, [name.toLowerCase(), address]]);
}

function isAddress(text: string): boolean {
  return isIp(text) && /^[\da-f.:]+$/i.test(text);
}

/** `nginxc keepalived FILE`. */
export function keepalivedCommand(file: string, options: KeepalivedCommandOptions, streams: Streams): number {
  const { lbKind: kind, vip: vips, vrrp, host: hosts = new Map() } = options;
  return targetCommand(file, keepalived, { kind, vips, hosts, ...(vrrp === undefined ? {} : { vrrp }) }, options, streams);
}
