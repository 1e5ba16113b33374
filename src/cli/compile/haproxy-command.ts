import { type Command, InvalidArgumentError } from 'commander';
import { bytesOf } from '../../base/source-text.ts';
import { haproxy } from '../../compile/haproxy/compile.ts';
import { directoryOf, plain } from '../../config/paths.ts';
import { diskFiles } from '../../host/files.ts';
import type { Streams } from '../streams.ts';
import { addTargetOptions, type TargetOptions, targetCommand } from './target-command.ts';

/** Adds the options of `nginxc haproxy`. */
export function addHaproxyOptions(command: Command): Command {
  return addTargetOptions(command)
    .description('haproxy.cfg on stdout, headed by what became of each directive')
    .option('--version <release>', 'the release of HAProxy that will read it', releaseOf, '2.6');
}

function releaseOf(text: string): string {
  if (!/^\d+\.\d+$/.test(text) || Number.parseFloat(text) < 2.4)
    throw new InvalidArgumentError('It must be a release from 2.4 on, as 2.6.');
  return text;
}

/** `nginxc haproxy FILE`: passwords are read from the files that the configuration names. */
export function haproxyCommand(file: string, options: TargetOptions & { readonly version: string }, streams: Streams): number {
  const disk = diskFiles(streams.cwd());
  const start = directoryOf(plain(bytesOf(file)));
  const read = (path: string) => {
    const source = disk.read(
      path.startsWith('/')
        ? path
        : `${options.prefix === undefined ? start : bytesOf(options.prefix.replace(/\/*$/, '/'))}${path}`,
    );
    return 'error' in source ? undefined : source.text;
  };
  return targetCommand(file, haproxy, { version: options.version, read }, options, streams);
}
