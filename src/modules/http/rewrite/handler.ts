import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Use } from '../../../model/scope.ts';
import { handle, type PlanContext, type Script, type Verdict } from '../../../runtime/hooks.ts';
import { contentTypeOf } from '../../../runtime/http/content-type.ts';
import { listenerOf } from '../../../runtime/http/reporting.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import type { LocationPlan } from '../../../runtime/plan/plans.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { planCondition } from './condition.ts';
import { httpRewrite } from './directives.ts';
import { planRewrite } from './rewrite.ts';
import type { Step } from './step.ts';

/** `return`, `set`, `rewrite`, `break` and `if`: one program for each block, run in the order of the file. */
export const rewriteHandler = handle(
  httpRewrite,
  {
    rewrite({ warnsOfUnset }, at) {
      const { kind } = at.location;
      if (!warnsOfUnset) silent.add(at.location);
      if (kind === 'if' || kind === 'limit_except') return undefined;
      const steps = planProgram(at.scope.uses, at);
      return steps.length === 0 ? undefined : (r) => run(steps, r as RequestState) ?? 'declined';
    },
  },
  ['return', 'set', 'rewrite', 'break', 'if'],
);

/** Where a variable that is read before it is set is nothing to talk of. */
const silent = new WeakSet<LocationPlan>();

function planProgram(uses: readonly Use[], at: PlanContext): readonly Step[] {
  const own = uses.filter(({ entry }) => entry.module.name === httpRewrite.name);
  return own.map((use) => planStep(use, at)).filter((step) => step !== undefined);
}

function run(steps: readonly Step[], r: RequestState): Verdict | undefined {
  for (const step of steps) {
    const verdict = step(r);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function planStep(use: Use, at: PlanContext): Step | undefined {
  const { directive } = use;
  switch (directive.name) {
    case 'return':
      return planReturn(directive, at);
    case 'set':
      return planSet(directive, at);
    case 'rewrite':
      return planRewrite(directive, at);
    case 'if':
      return planIf(use, at);
    case 'break':
      return stop;
    default:
      return undefined;
  }
}

// ngx_http_script_break_code
const stop: Step = (r) => {
  if (r.uriChanged) r.validLocation = false;
  r.uriChanged = false;
  return 'declined';
};

// ngx_http_rewrite_return
function planReturn(directive: ConfigDirective, at: PlanContext): Step {
  const [first = '', text] = directive.args;
  const alone = text === undefined && /^(?:https?:\/\/|\$)/.test(first);
  const status = alone ? 302 : (parseNumber(first) ?? 1000);
  if (status > 999) at.fail(directive, `invalid return code "${first}"`);
  const script = at.script(alone ? first : (text ?? ''));
  const answer = planAnswer(status, text ?? '', script);
  return (r) => {
    const listener = listenerOf(r);
    if (listener) listener({ type: 'return', id: r.id, at: directive, status, text: script(r) });
    return answer(r);
  };
}

function planAnswer(status: number, text: string, script: Script): Step {
  if ([301, 302, 303, 307, 308].includes(status))
    return (r) => {
      r.headersOut.location = script(r);
      return status;
    };
  if (status >= 400 && text === '') return () => status;
  return (r) => {
    // `$status` in the text is this one already.
    r.status = status;
    r.respond(status, contentTypeOf(r), script(r));
    return 'done';
  };
}

function planSet(directive: ConfigDirective, at: PlanContext): Step {
  const [name = '', text = ''] = directive.args;
  const script = at.script(text);
  const plain = name.replace(/^\$/, '');
  // ngx_http_rewrite_var
  const set = at.setter(plain, (r) => {
    if (!silent.has(r.location)) r.log('warn', `using uninitialized "${plain.toLowerCase()}" variable`);
  });
  return (r) => {
    const value = script(r);
    set(r, value);
    const listener = listenerOf(r);
    if (listener) listener({ type: 'set', id: r.id, at: directive, name, value });
    return undefined;
  };
}

// ngx_http_script_if_code
function planIf({ directive, opened }: Use, at: PlanContext): Step | undefined {
  const condition = planCondition(directive, at);
  if (!condition || !opened) return undefined;
  const steps = planProgram(opened.uses, at);
  const inside = at.location.kind === 'server' ? null : at.nested(opened);
  return (r) => {
    const holds = condition(r);
    const listener = listenerOf(r);
    if (listener) listener({ type: 'if', id: r.id, at: directive, holds });
    if (!holds) return undefined;
    if (inside) r.enter(inside);
    return run(steps, r);
  };
}
