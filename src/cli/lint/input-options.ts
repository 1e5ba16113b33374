import { type Command, InvalidArgumentError } from 'commander';
import { bytesOf } from '../../base/source-text.ts';
import { contextOf } from '../../schema/contexts.ts';
import type { InputSettings } from './lint-settings.ts';

/** What is read, as the command line has it. */
export interface InputOptions {
  readonly checkFiles?: boolean;
  readonly checkDns?: boolean;
  readonly context?: number;
  readonly prefix?: string;
  readonly stdinFilename?: string;
}

/** Adds the options that decide what files are and where their includes start. */
export function addInputOptions(program: Command): void {
  program
    .option('--check-files', 'look at the files that nginx -t would open here: certificates, logs, directories; and at users')
    .option('--check-dns', 'look up the names that nginx -t would look up')
    .option('--context <path>', 'where files that are no nginx.conf belong: http, http>server, stream>upstream …', readContext)
    .option('--prefix <directory>', 'where relative includes start (default: the directory of nginx.conf)')
    .option('--stdin-filename <name>', 'what standard input is called in findings, and where its includes start');
}

/** Reads them. */
export function inputSettings(options: InputOptions): InputSettings {
  const { checkFiles = false, checkDns = false, context, prefix, stdinFilename } = options;
  return {
    checkFiles,
    checkDns,
    ...(context === undefined ? {} : { context }),
    ...(prefix === undefined ? {} : { prefix: bytesOf(prefix.replace(/\/*$/, '/')) }),
    ...(stdinFilename === undefined ? {} : { stdinFilename }),
  };
}

function readContext(text: string): number {
  const context = contextOf(text);
  if (context === undefined)
    throw new InvalidArgumentError('It looks like http, http>server, http>server>location, http>upstream or stream>server.');
  return context;
}
