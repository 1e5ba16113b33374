import * as say from '../../diagnostics/nginx-messages.ts';

/** nginx's own options (ngx_get_options), and ours for the target. */
export interface NginxOptions {
  readonly help: boolean;
  readonly version: boolean;
  readonly configure: boolean;
  readonly test: boolean;
  readonly dump: boolean;
  readonly quiet: boolean;
  readonly file?: string;
  readonly prefix?: string;
  readonly globals?: string;
  readonly errorLog?: string;
  readonly signal?: NginxSignal;
  readonly nginxVersion?: string;
  readonly flavor?: string;
  readonly modules?: string;
  readonly checkFiles: boolean;
  readonly checkDns: boolean;
}

/** What `-s` can say. */
export type NginxSignal = 'stop' | 'quit' | 'reopen' | 'reload';

const nothingSaid: NginxOptions = {
  help: false,
  version: false,
  configure: false,
  test: false,
  dump: false,
  quiet: false,
  checkFiles: false,
  checkDns: false,
};

type Growing = { -readonly [Key in keyof NginxOptions]: NginxOptions[Key] };
type Text = 'file' | 'prefix' | 'globals' | 'errorLog' | 'signal';

const flags: Readonly<Record<string, (options: Growing) => void>> = {
  '?': showHelp,
  h: showHelp,
  v: (options) => void (options.version = true),
  V(options) {
    options.version = true;
    options.configure = true;
  },
  t: (options) => void (options.test = true),
  T(options) {
    options.test = true;
    options.dump = true;
  },
  q: (options) => void (options.quiet = true),
};

const withValue: Readonly<Record<string, readonly [Text, string]>> = {
  c: ['file', 'file name'],
  p: ['prefix', 'directory name'],
  g: ['globals', 'parameter'],
  e: ['errorLog', 'file name'],
  s: ['signal', 'parameter'],
};

const long: Readonly<Record<string, 'nginxVersion' | 'flavor' | 'modules'>> = {
  '--nginx-version': 'nginxVersion',
  '--flavor': 'flavor',
  '--modules': 'modules',
};

const looks: Readonly<Record<string, 'checkFiles' | 'checkDns'>> = {
  '--check-files': 'checkFiles',
  '--check-dns': 'checkDns',
};

const signals: readonly string[] = ['stop', 'quit', 'reopen', 'reload'];

/** True when a command line is written for nginx: its letters, and no file by itself. */
export function isForNginx(argv: readonly string[]): boolean {
  return argv.some((word) => /^-[?hvVtTq]*[cpges]/.test(word) || /^-[hq]*[?vVtT][?hvVtTq]*$/.test(word));
}

/** ngx_get_options: letters may stand together, a value may follow at once. A text is what nginx says against it. */
export function nginxOptionsOf(argv: readonly string[]): NginxOptions | string {
  const options: Growing = { ...nothingSaid };
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
    if (valued) return value(letter, valued, word.slice(at + 1), next, options);
    const flag = Object.hasOwn(flags, letter) ? flags[letter] : undefined;
    if (!flag) return say.invalidCommandOption(letter);
    flag(options);
  }
  return 0;
}

function value(
  letter: string,
  [key, what]: readonly [Text, string],
  rest: string,
  next: string | undefined,
  options: Growing,
): number | string {
  const text = rest === '' ? next : rest;
  if (text === undefined || text === '') return say.optionRequires(letter, what);
  if (key === 'signal' && !signals.includes(text)) return say.invalidSignalOption(text);
  (options as Record<Text, string>)[key] = text;
  return rest === '' ? 1 : 0;
}

function showHelp(options: Growing): void {
  options.version = true;
  options.help = true;
}
