import { type Condition, conditionOf } from '../../model/condition.ts';
import { effectiveOne } from '../../model/inherited.ts';
import { isRedirect } from '../../model/routes/endings.ts';
import type { Scope, Use } from '../../model/scope.ts';
import { server } from '../../schema/contexts.ts';
import { type Around, sampleOf, textOf } from './expression.ts';
import type { Job } from './job.ts';
import { literal, word } from './words.ts';

/** What a block's rewrite directives are in a backend. */
export interface Rewriting {
  readonly rules: readonly string[];
  /** Every request is answered: nothing behind it is reached. */
  readonly ends: boolean;
}

interface Writing {
  readonly job: Job;
  readonly rules: string[];
  /** Names steps, so that a `break` is known behind it. */
  steps: number;
}

/** `return`, `rewrite`, `if`, `set` and `break` of a server or location, in order (ngx_http_rewrite_handler). */
export function rewritingOf(job: Job, scope: Scope, around: Around): Rewriting {
  const writing: Writing = { job, rules: [], steps: 0 };
  const ends = write(writing, scope, around, []);
  return { rules: writing.rules, ends };
}

function write(writing: Writing, scope: Scope, around: Around, guard: readonly string[]): boolean {
  const { job, rules } = writing;
  for (const use of scope.uses) {
    const { name } = use.directive;
    if (name === 'return') {
      rules.push(withGuard(returnRule(job, use, around), guard));
      return true;
    }
    if (name === 'rewrite') writeRewrite(writing, use, around, guard);
    else if (name === 'set') writeSet(writing, use, around, guard);
    else if (name === 'break') job.ledger.approximated(use.directive, 'rewriting goes on behind it unless it is the end anyway');
    else if (name === 'if' && use.opened) writeIf(writing, use, use.opened, around, guard);
  }
  return false;
}

function withGuard(rule: string, guard: readonly string[]): string {
  return guard.length === 0 ? rule : `${rule} if ${guard.join(' ')}`;
}

function writeIf(writing: Writing, use: Use, opened: Scope, around: Around, guard: readonly string[]): void {
  const { ledger } = writing.job;
  const condition = conditionOf(use.directive);
  const terms = condition && termsOf(condition, around);
  if (!terms) {
    for (const inner of opened.uses) ledger.dropped(inner.directive, 'it stands in an if that is not written');
    const refusal = opened.uses.find(({ directive: { name, args } }) => name === 'return' && /^4\d\d$/.test(args[0] ?? ''));
    const rest = refusal ? 'what it might refuse is refused' : 'its block is not written';
    ledger.dropped(use.directive, `the condition asks for what HAProxy does not know; ${rest}`);
    if (refusal) writing.rules.push(withGuard('http-request deny deny_status 403', guard));
    return;
  }
  ledger.mapped(use.directive, 'conditions of the rules in it');
  for (const inner of opened.uses)
    if (!/^(?:return|rewrite|set|break)$/.test(inner.directive.name))
      ledger.dropped(inner.directive, 'an if is written with return, rewrite and set only', 'if');
  const groups = condition?.kind === 'match' && !condition.operator.startsWith('!') ? groupsOf(condition, around) : around.groups;
  write(writing, opened, { ...around, groups }, [...guard, ...terms]);
}

function groupsOf({ variable, operator, right }: Extract<Condition, { kind: 'match' }>, around: Around): Around['groups'] {
  const subject = sampleOf(variable.toLowerCase(), around);
  return subject === undefined ? undefined : { pattern: right, caseless: operator.endsWith('*'), subject };
}

/** A condition of `if` as ACL terms that must all hold. */
function termsOf(condition: Condition, around: Around): readonly string[] | undefined {
  if (condition.kind === 'file') return undefined;
  const sample = sampleOf(condition.variable.toLowerCase(), around);
  if (sample === undefined) return undefined;
  const subject = word(sample);
  if (condition.kind === 'variable') return [`{ ${subject} -m len gt 0 }`, `!{ ${subject} -m str 0 }`];
  if (condition.kind === 'match') {
    const { operator, right } = condition;
    return [
      `${operator.startsWith('!') ? '!' : ''}{ ${subject} -m reg ${operator.endsWith('*') ? '-i ' : ''}-- ${word(right)} }`,
    ];
  }
  const { operator, right } = condition;
  if (right.includes('$')) return undefined;
  const isEmpty = right === '';
  const test = isEmpty ? `{ ${subject} -m len gt 0 }` : `{ ${subject} -m str -- ${word(right)} }`;
  return [(operator === '=') === isEmpty ? `!${test}` : test];
}

/** `return`: an answer of HAProxy's own. */
function returnRule(job: Job, use: Use, around: Around): string {
  const { directive } = use;
  const [first = '', second] = directive.args;
  const code = /^\d{3}$/.test(first) ? Number(first) : 302;
  const text = /^\d{3}$/.test(first) ? second : first;
  if (code === 444) {
    job.ledger.mapped(directive, 'http-request reject');
    return 'http-request reject';
  }
  if (text !== undefined && [301, 302, 303, 307, 308].includes(code)) return redirectRule(job, use, code, text, around);
  if (text === undefined || text === '') {
    if (code >= 400) job.ledger.approximated(directive, 'the same status with a body of HAProxy', 'body');
    else job.ledger.mapped(directive, 'http-request return');
    return `http-request return status ${code}`;
  }
  const body = textOf(text, around);
  const type = effectiveOne(around.scope, 'default_type')?.directive.args[0] ?? 'text/plain';
  if ('lost' in body) {
    job.ledger.dropped(directive, `HAProxy knows no ${body.lost}; the status has no text`, 'text');
    return `http-request return status ${code}`;
  }
  job.ledger.mapped(directive, 'http-request return');
  return `http-request return status ${code} content-type ${word(type)} ${text.includes('$') ? 'lf-string' : 'string'} ${word(text.includes('$') ? body.format : text)}`;
}

function redirectRule(job: Job, { directive }: Use, code: number, text: string, around: Around): string {
  const target = textOf(text, around);
  if ('lost' in target) {
    job.ledger.dropped(directive, `HAProxy knows no ${target.lost}: such requests are answered 500`, 'location');
    return 'http-request return status 500';
  }
  job.ledger.mapped(directive, 'http-request redirect');
  return `http-request redirect code ${code} location ${word(absolute(around.scope, text) + target.format)}`;
}

/** nginx makes redirects absolute unless it is told not to; only those that begin with a slash. */
export function absolute(scope: Scope, location: string): string {
  if (!location.startsWith('/')) return '';
  return effectiveOne(scope, 'absolute_redirect')?.directive.args[0] === 'off' ? '' : '%[var(txn.base)]';
}

function writeRewrite(writing: Writing, use: Use, around: Around, guard: readonly string[]): void {
  const { job, rules } = writing;
  const [pattern = '', replacement = '', flag] = use.directive.args;
  const groups = { pattern, caseless: false, subject: 'path' };
  const matches = [...guard, `{ path -m reg -- ${word(pattern)} }`];
  const [path = '', ...rest] = replacement.split('?');
  const ownArgs = rest.join('?');
  const keepsArgs = !replacement.endsWith('?');
  if (isRedirect(use)) {
    const target = textOf(replacement.replace(/\?$/, ''), { ...around, groups: { ...groups, subject: 'var(txn.uri)' } });
    if ('lost' in target) {
      job.ledger.dropped(use.directive, `HAProxy knows no ${target.lost}`);
      return;
    }
    const tail = !keepsArgs ? '' : ownArgs === '' ? '%[query,regsub(.+,?)]%[query]' : '%[query,regsub(.+,&)]%[query]';
    const terms = [...guard, `{ var(txn.uri) -m reg -- ${word(pattern)} }`];
    job.ledger.mapped(use.directive, 'http-request redirect');
    const location = word(absolute(around.scope, replacement) + target.format + tail);
    rules.push(withGuard(`http-request redirect code ${flag === 'permanent' ? 301 : 302} location ${location}`, terms));
    return;
  }
  if (flag !== 'break' || use.scope.context & server) {
    job.ledger.dropped(use.directive, 'HAProxy looks for no other location with the new path', flag ?? 'last');
    return;
  }
  const target = replacementOf(path, around);
  const args = ownArgs === '' ? undefined : textOf(ownArgs, { ...around, groups });
  if (target === undefined || (args && 'lost' in args)) {
    job.ledger.dropped(use.directive, 'it names a variable that HAProxy does not know');
    return;
  }
  job.ledger.approximated(use.directive, 'http-request replace-path; letters are matched as the client escaped them');
  const step = `{ var(txn.step) -m int ${++writing.steps} }`;
  rules.push(`http-request set-var(txn.step) int(${writing.steps}) if !{ var(txn.step) -m found } ${matches.join(' ')}`);
  if (args && 'format' in args)
    rules.push(`http-request set-query ${word(`${args.format}${keepsArgs ? '%[query,regsub(.+,&)]%[query]' : ''}`)} if ${step}`);
  else if (!keepsArgs) rules.push(`http-request set-uri %[path] if ${step}`);
  rules.push(`http-request replace-path ${word(pattern)} ${word(target)} if ${step}`);
}

/** `/base/$1` for `replace-path`: groups as `\1`, variables as samples. */
function replacementOf(text: string, around: Around): string | undefined {
  let format = '';
  for (const piece of text.split(/(\$[1-9])/)) {
    const [, digit] = /^\$([1-9])$/.exec(piece) ?? [];
    const part = digit === undefined ? textOf(piece.replaceAll('\\', '\\\\'), around) : { format: `\\${digit}` };
    if ('lost' in part) return undefined;
    format += part.format;
  }
  return format;
}

function writeSet({ job, rules }: Writing, { directive }: Use, around: Around, guard: readonly string[]): void {
  const [variable = '', value = ''] = directive.args;
  const name = variable.slice(1).toLowerCase();
  const text = textOf(value, around);
  if ('lost' in text || around.own?.get(name) === undefined) {
    job.ledger.dropped(directive, 'lost' in text ? `HAProxy knows no ${text.lost}` : 'HAProxy has no such variable to set');
    return;
  }
  job.ledger.mapped(directive, 'http-request set-var-fmt');
  rules.push(withGuard(`http-request set-var-fmt(txn.set_${name}) ${word(text.format)}`, guard));
}

/** The path of a redirect that adds the slash which a location's name has. */
export function slashRule(scope: Scope, name: string): string {
  const tail = '%[query,regsub(.+,?)]%[query]';
  return `http-request redirect code 301 location ${word(`${absolute(scope, name)}${literal(name)}${tail}`)}`;
}
