import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { scriptOf } from '../../schema/values/grammar/script.ts';
import { isAtLeast } from '../../schema/version.ts';
import { type KnownVariable, knownVariables } from '../known-variables.ts';
import { likely } from './likely.ts';
import type { Call, Run } from './run.ts';
import { hasModule, type Target } from './target.ts';

/** The first use of a variable. */
interface Use {
  readonly name: string;
  readonly directive: ConfigDirective;
  readonly arg: number | undefined;
}

type Subsystem = KnownVariable['in'];

/** The variables of one subsystem while a configuration is read. */
class Variables {
  readonly uses = new Map<string, Use>();
  readonly defined = new Set<string>();
  readonly known = new Map<string, KnownVariable>();
  readonly prefixes: string[] = [];
  /** Values without an error whose variables are among `uses`. */
  readonly read = new Set<string>();

  constructor(subsystem: Subsystem, target: Target) {
    for (const variable of knownVariables) {
      if (variable.in !== subsystem || !isThere(variable, target)) continue;
      if (variable.prefix) this.prefixes.push(variable.name);
      else this.known.set(variable.name, variable);
    }
  }

  /** A question that may help, when some name is near. */
  guess(name: string): string | undefined {
    const near = likely(name, [...this.known.keys(), ...this.defined]);
    return near === undefined ? undefined : `did you mean "$${near}"?`;
  }

  isKnown(name: string): boolean {
    return this.known.has(name) || this.defined.has(name) || this.prefixes.some((prefix) => name.startsWith(prefix));
  }
}

function isThere({ modules, since, commercial }: KnownVariable, target: Target): boolean {
  if (commercial && target.flavor !== 'plus') return false;
  if (since !== undefined && !isAtLeast(target.nginxVersion, since)) return false;
  return modules.some((name) => hasModule(target, { name }));
}

/** The subsystem a directive belongs to. */
export function subsystemOf(call: Call): Subsystem {
  return call.entry.module.name.startsWith('ngx_stream') ? 'stream' : 'http';
}

function variablesOf(run: Run, subsystem: Subsystem): Variables {
  return run.share(`${subsystem} variables`, () => new Variables(subsystem, run.target));
}

/** Notes the variables in a value; false (and said so) when nginx cannot read it (ngx_http_compile_complex_value). */
export function variablesIn(call: Call, text: string, arg?: number, directive: ConfigDirective = call.directive): boolean {
  if (!text.includes('$')) return true;
  const { read } = variablesOf(call.run, subsystemOf(call));
  if (read.has(text)) return true;
  const { names, error } = scriptOf(text);
  for (const name of names) useVariable(call, name, arg, directive);
  if (error === undefined) {
    read.add(text);
    return true;
  }
  call.log('emerg', error, { arg, directive, rule: 'undefined-variable' });
  return false;
}

/** ngx_http_get_variable_index */
export function useVariable(call: Call, name: string, arg?: number, directive: ConfigDirective = call.directive): void {
  if (name === '') return call.log('emerg', say.invalidVariable('$'), { arg, directive, rule: 'undefined-variable' });
  const { uses } = variablesOf(call.run, subsystemOf(call));
  const lower = name.toLowerCase();
  if (!uses.has(lower)) uses.set(lower, { name: lower, directive, arg });
}

/** ngx_http_add_variable; false (and said so) when the name is taken. */
export function addVariable(call: Call, name: string, arg?: number, directive: ConfigDirective = call.directive): boolean {
  if (name === '') {
    call.log('emerg', say.invalidVariable('$'), { arg, directive, rule: 'undefined-variable' });
    return false;
  }
  const { known, defined } = variablesOf(call.run, subsystemOf(call));
  const lower = name.toLowerCase();
  const taken = known.get(lower);
  if (taken && !taken.changeable) {
    call.log('emerg', say.duplicateVariable(name), { arg, directive, rule: 'duplicate-directive' });
    return false;
  }
  defined.add(lower);
  return true;
}

/** ngx_http_variables_init_vars: the first name in use that nobody defines. */
export function unknownVariables(run: Run, subsystem: Subsystem): void {
  const variables = run.shared.get(`${subsystem} variables`) as Variables | undefined;
  for (const { name, directive, arg } of variables?.uses.values() ?? []) {
    if (!variables?.isKnown(name))
      run.log('emerg', say.unknownVariable(name), {
        directive,
        arg,
        rule: 'unknown-variable',
        nowhere: true,
        help: variables?.guess(name),
      });
  }
}
