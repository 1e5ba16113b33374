import * as say from '../../diagnostics/nginx-messages.ts';
import { ifInLocation, ifInServer, server } from '../../schema/contexts.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { regex } from './regex.ts';
import type { Call } from './run.ts';
import { addVariable, useVariable, variablesIn } from './variables.ts';

const rule = 'error-page-or-return-invalid';

/** ngx_http_rewrite */
export function rewrite(call: Call): void {
  const [pattern = '', replacement = '', flag] = call.args;
  if (replacement === '') return call.fail(say.emptyReplacement, 1);
  if (!regex(call, pattern, 0)) return;
  if (flag !== undefined && !['last', 'break', 'redirect', 'permanent'].includes(flag))
    return call.fail(say.invalidParameter(flag), 2);
  variablesIn(call, replacement.endsWith('?') ? replacement.slice(0, -1) : replacement, 1);
}

/** ngx_http_rewrite_return */
export function returns(call: Call): void {
  const [code = '', text] = call.args;
  const status = parseNumber(code);
  if (status === undefined) {
    if (text !== undefined || !/^(https?:\/\/|\$scheme)/.test(code)) return call.fail(say.invalidReturnCode(code), 0, rule);
    variablesIn(call, code, 0);
    return;
  }
  if (status > 999) return call.fail(say.invalidReturnCode(code), 0, rule);
  if (text !== undefined) variablesIn(call, text, 1);
}

/** ngx_http_rewrite_set */
export function set(call: Call): void {
  const [name = '', value = ''] = call.args;
  if (!name.startsWith('$')) return call.fail(say.invalidVariable(name), 0, 'undefined-variable');
  if (!addVariable(call, name.slice(1), 0)) return;
  useVariable(call, name.slice(1), 0);
  variablesIn(call, value, 1);
}

/** ngx_http_rewrite_if */
export function condition(call: Call): void {
  if (isValid(call)) call.enter(call.frame.is(server) ? ifInServer : ifInLocation);
}

/** ngx_http_rewrite_if_condition */
function isValid(call: Call): boolean {
  const words = [...call.args];
  const lastIndex = words.length - 1;
  const [first = ''] = words;
  if (!first.startsWith('(')) return refuse(call, first, 0);
  let cur = 0;
  if (first === '(') cur = 1;
  else words[0] = first.slice(1);
  let last = lastIndex;
  const closing = words[last] ?? '';
  if (!closing.endsWith(')')) return refuse(call, closing, last);
  if (closing === ')') last--;
  else words[last] = closing.slice(0, -1);
  const subject = words[cur] ?? '';
  if (subject.length > 1 && subject.startsWith('$')) return comparison(call, words, cur, last);
  if (/^!?-.$/s.test(subject)) return fileTest(call, words, cur, last);
  return refuse(call, subject, cur);
}

function refuse(call: Call, word: string, arg: number): false {
  call.fail(say.invalidCondition(word), arg, 'if-invalid-condition');
  return false;
}

function comparison(call: Call, words: readonly string[], cur: number, last: number): boolean {
  const subject = words[cur] ?? '';
  if (cur !== last && cur + 2 !== last) return refuse(call, subject, cur);
  useVariable(call, subject.slice(1), cur);
  if (cur === last) return true;
  const operator = words[cur + 1] ?? '';
  const value = words[last] ?? '';
  if (operator === '=' || operator === '!=') return variablesIn(call, value, last);
  if (/^!?~\*?$/.test(operator)) return regex(call, value, last) !== null;
  call.fail(say.unexpectedInCondition(operator), cur + 1, 'if-invalid-condition');
  return false;
}

function fileTest(call: Call, words: readonly string[], cur: number, last: number): boolean {
  const test = words[cur] ?? '';
  if (cur + 1 !== last) return refuse(call, test, cur);
  if (!variablesIn(call, words[last] ?? '', last)) return false;
  return /-[fdex]$/.test(test) || refuse(call, test, cur);
}
