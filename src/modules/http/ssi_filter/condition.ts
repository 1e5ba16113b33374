import { searchAtRun } from '../../../runtime/http/search-at-run.ts';
import type { Page } from './page.ts';
import { evaluated } from './text.ts';

/** Whether the expression of an `if` or `elif` holds (ngx_http_ssi_if); undefined, and logged, when it is none. */
export function holds(page: Page, expression: string): boolean | undefined {
  const [operand = ''] = /^[A-Za-z0-9${}_"']*/.exec(expression) ?? [];
  const left = evaluated(page, operand.toLowerCase());
  if (left === undefined) return undefined;
  const rest = expression.slice(operand.length).replace(/^ +/, '');
  if (rest === '') return left !== '';
  const [whole, not, given = ''] = /^(!?)= *(.*)$/s.exec(rest) ?? [];
  const isPattern = given.length > 1 && given.startsWith('/');
  if (whole === undefined || (isPattern && !given.endsWith('/'))) {
    page.log(`invalid expression in "${operand.toLowerCase()}${expression.slice(operand.length)}"`);
    return undefined;
  }
  const right = evaluated(page, isPattern ? given.slice(1, -1) : unescaped(given));
  if (right === undefined) return undefined;
  const found = isPattern ? matches(page, left, right) : left === right;
  return found === undefined ? undefined : found === (not === '');
}

/** `\/` is a slash that begins no pattern. */
function unescaped(text: string): string {
  return text.length > 2 && text.startsWith('\\/') ? text.slice(1) : text;
}

// ngx_http_ssi_regex_match
function matches(page: Page, subject: string, pattern: string): boolean | undefined {
  const found = searchAtRun(pattern, subject);
  if ('problem' in found) {
    page.log(found.problem);
    return undefined;
  }
  if (!found.captures) return false;
  const last = found.captures.findLastIndex((capture) => capture !== undefined);
  page.shared.captures = found.captures.slice(0, last + 1);
  for (const [name, group] of found.names) page.set(name, found.captures[group] ?? '');
  return true;
}
