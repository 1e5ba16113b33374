/** How the parameters of `check` (nginx_upstream_check_module) are read: plain integers, and a few words. */
interface Parameter {
  readonly integer?: true;
  readonly values?: readonly string[];
  readonly anyCase?: true;
  /** True when it is a span of time, in milliseconds. */
  readonly time?: true;
}

const parameters: Readonly<Record<string, Parameter>> = {
  interval: { integer: true, time: true },
  timeout: { integer: true, time: true },
  rise: { integer: true },
  fall: { integer: true },
  port: { integer: true },
  default_down: { values: ['true', 'false'], anyCase: true },
  type: { values: ['tcp', 'http', 'ssl_hello', 'mysql', 'ajp', 'fastcgi'] },
};

/** Parameters that Tengine's version of the module adds. */
const tengine = ['unique', 'port', 'fastcgi', 'keepalive'];

/** What is wrong with one parameter. */
export interface BadParameter {
  readonly message: string;
  readonly why: string;
  readonly help: string;
  /** The word that means the same and is accepted, if there is one. */
  readonly instead?: string;
}

/** Milliseconds in nginx's units of time. */
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Judges one word of a `check` line; undefined when it is accepted. */
export function badParameter(word: string): BadParameter | undefined {
  const [, name = word, value = ''] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
  const parameter = Object.hasOwn(parameters, name) && word.includes('=') ? parameters[name] : undefined;
  if (!parameter) return tengine.includes(name) ? undefined : unknown(word);
  if (parameter.values) return wrongValue(name, value, parameter);
  return /^\d+$/.test(value) && Number(value) > 0 ? undefined : wrongNumber(name, value, parameter);
}

/** The value of a time parameter in force in a `check` line, in milliseconds. */
export function timeIn(args: readonly string[], name: 'interval' | 'timeout'): { value: number; index: number } {
  const index = args.findLastIndex((word) => word.startsWith(`${name}=`));
  const written = args[index]?.slice(name.length + 1) ?? '';
  if (/^\d+$/.test(written)) return { value: Number(written), index };
  return { value: milliseconds(written) ?? (name === 'interval' ? 30_000 : 1000), index };
}

function unknown(word: string): BadParameter {
  return {
    message: `"${word}" is not a parameter of check`,
    why: 'nginx does not start with a parameter that the module does not know.',
    help: `parameters are ${Object.keys(parameters)
      .map((name) => `${name}=`)
      .join(', ')}`,
  };
}

function wrongValue(name: string, value: string, { values = [], anyCase }: Parameter): BadParameter | undefined {
  if (values.includes(anyCase ? value.toLowerCase() : value)) return undefined;
  return {
    message: `${name} cannot be "${value}"`,
    why: 'nginx does not start with it.',
    help: `${name} is one of ${values.join(', ')}`,
  };
}

function wrongNumber(name: string, value: string, { time }: Parameter): BadParameter {
  const instead = time ? milliseconds(value) : undefined;
  const kind = time ? 'a number of milliseconds, without a unit' : 'a whole number, at least 1';
  return {
    message: `${name} cannot be "${value}": it is ${kind}`,
    why: 'nginx does not start with it.',
    help: instead ? `write "${name}=${instead}"` : `write ${kind}, such as "${name}=${time ? 3000 : 2}"`,
    ...(instead ? { instead: `${name}=${instead}` } : {}),
  };
}

function milliseconds(value: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)(ms|[smhd])$/.exec(value) ?? [];
  const factor = units[unit];
  return digits && factor && Number(digits) > 0 ? Number(digits) * factor : undefined;
}
