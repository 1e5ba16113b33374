import { setFlagsFromString } from 'node:v8';
import { bytesOf } from '../base/source-text.ts';
import * as say from '../diagnostics/nginx-messages.ts';
import { diskFiles } from '../host/files.ts';
import { printed } from '../model/check/finding.ts';
import { nginxTest, type Verdict } from '../model/check/nginx-test.ts';
import { targetsOf } from '../model/check/target-options.ts';
import { failed } from './exit-codes.ts';
import { hostAnswers } from './host-answers.ts';
import type { Streams } from './streams.ts';

/** nginx's own options, and ours for the target. */
interface TestOptions {
  readonly test: boolean;
  readonly dump: boolean;
  readonly quiet: boolean;
  readonly file?: string;
  readonly prefix?: string;
  readonly globals?: string;
  readonly nginxVersion?: string;
  readonly flavor?: string;
  readonly modules?: string;
  readonly checkFiles: boolean;
  readonly checkDns: boolean;
}

/** nginx exits so when the test fails, and when it does not know an option. */
const refused = 1;

/** `nginxrun -t [-c FILE] [-p PREFIX] [-g DIRECTIVES] [-q] [-T]`: nginx's own lines, and its exit code. */
export async function nginxTestCommand(argv: readonly string[], streams: Streams): Promise<number> {
  const options = optionsOf(argv);
  if (typeof options === 'string') return complain(streams, options, refused);
  const { nginxVersion, flavor, modules, quiet, dump } = options;
  const targets = targetsOf({
    ...(nginxVersion === undefined ? {} : { nginxVersion }),
    ...(flavor === undefined ? {} : { flavor }),
    ...(modules === undefined ? {} : { modules }),
  });
  if ('error' in targets) return complain(streams, `nginxrun: ${targets.error}`, failed);
  const path = pathOf(options, streams);
  for (const target of targets) {
    const label = targets.length > 1 ? ` (nginx ${target.nginxVersion})` : '';
    const question = {
      path,
      target,
      loader: diskFiles(streams.cwd()),
      prefix: prefixOf(options),
      ...(options.globals === undefined ? {} : { globals: bytesOf(options.globals) }),
    };
    const host = await hostAnswers(options, streams, (host) => nginxTest({ ...question, host }));
    const verdict = withoutOptimizing(() => nginxTest({ ...question, host }));
    print(verdict, path, quiet, label, streams);
    if (verdict.stop) return refused;
    if (dump && target === targets.at(-1)) dumpFiles(verdict, streams);
  }
  return 0;
}

/**
 * The process is over before optimized code, or marking beside the work, would pay. The flags are put back, because V8 keeps and
 * takes compiled code (launch.ts) only under the flags it started with.
 */
function withoutOptimizing<T>(work: () => T): T {
  setFlagsFromString('--no-opt --no-incremental-marking');
  const result = work();
  setFlagsFromString('--opt --incremental-marking');
  return result;
}

function complain({ stderr }: Streams, line: string, code: number): number {
  stderr.write(`${line}\n`);
  return code;
}

/** ngx_process_options: where the configuration file is. */
function pathOf(options: TestOptions, { cwd }: Streams): string {
  const { file, prefix } = options;
  if (file === undefined) return prefix === undefined ? '/etc/nginx/nginx.conf' : `${prefixOf(options)}conf/nginx.conf`;
  const bytes = bytesOf(file);
  if (bytes.startsWith('/')) return bytes;
  return prefix === undefined ? `${bytesOf(cwd())}/${bytes}` : prefixOf(options) + bytes;
}

function prefixOf({ prefix = '/etc/nginx/' }: TestOptions): string {
  const bytes = bytesOf(prefix);
  return bytes.endsWith('/') ? bytes : `${bytes}/`;
}

function print({ said, stop, whileReading }: Verdict, path: string, quiet: boolean, label: string, { stderr }: Streams): void {
  const write = (line: string): unknown => stderr.write(Buffer.from(`${line}\n`, 'latin1'));
  for (const finding of said.slice(0, whileReading)) write(printed(finding) + label);
  const isRead = !stop || said.indexOf(stop) >= whileReading;
  if (isRead && !quiet) write(say.syntaxIsOk(path) + label);
  for (const finding of said.slice(whileReading)) write(printed(finding) + label);
  if (stop) write(say.testFailed(path));
  else if (!quiet) write(say.testIsSuccessful(path) + label);
}

/** What `nginx -T` prints: each file under its name, once. */
function dumpFiles({ files }: Verdict, { stdout }: Streams): void {
  for (const { name, text } of files) stdout.write(Buffer.from(`# configuration file ${name}:\n${text}\n`, 'latin1'));
}

type Growing = { -readonly [Key in keyof TestOptions]: TestOptions[Key] };

const withValue: Readonly<Record<string, readonly [keyof TestOptions & ('file' | 'prefix' | 'globals'), string]>> = {
  c: ['file', 'file name'],
  p: ['prefix', 'directory name'],
  g: ['globals', 'parameter'],
  e: ['file', 'file name'],
};

const long: Readonly<Record<string, keyof TestOptions & ('nginxVersion' | 'flavor' | 'modules')>> = {
  '--nginx-version': 'nginxVersion',
  '--flavor': 'flavor',
  '--modules': 'modules',
};

const looks: Readonly<Record<string, 'checkFiles' | 'checkDns'>> = {
  '--check-files': 'checkFiles',
  '--check-dns': 'checkDns',
};

/** ngx_get_options: letters may stand together, a value may follow at once. A text is what nginx says against it. */
function optionsOf(argv: readonly string[]): TestOptions | string {
  const options: Growing = { test: false, dump: false, quiet: false, checkFiles: false, checkDns: false };
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    const look = Object.hasOwn(looks, word) ? looks[word] : undefined;
    if (look) {
      options[look] = true;
      continue;
    }
    const [name = '', given] = word.split(/=(.*)/s);
    const key = Object.hasOwn(long, name) ? long[name] : undefined;
    if (key) {
      const value = given ?? argv[++index];
      if (value === undefined) return `nginxrun: option "${name}" requires a value`;
      options[key] = value;
      continue;
    }
    if (!word.startsWith('-')) return say.invalidCommandOption(word);
    const taken = letters(word.slice(1), argv[index + 1], options);
    if (typeof taken === 'string') return taken;
    index += taken;
  }
  return options;
}

/** Reads letters; gives how many further arguments they took, or what is wrong. */
function letters(word: string, next: string | undefined, options: Growing): number | string {
  for (const [at, letter] of [...word].entries()) {
    const valued = Object.hasOwn(withValue, letter) ? withValue[letter] : undefined;
    if (valued) {
      const rest = word.slice(at + 1);
      const value = rest === '' ? next : rest;
      if (value === undefined || value === '') return say.optionRequires(letter, valued[1]);
      if (letter !== 'e') options[valued[0]] = value;
      return rest === '' ? 1 : 0;
    }
    if (letter === 't') options.test = true;
    else if (letter === 'T') options.dump = true;
    else if (letter === 'q') options.quiet = true;
    else return say.invalidCommandOption(letter);
  }
  return 0;
}
