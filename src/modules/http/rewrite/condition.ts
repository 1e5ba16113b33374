import type { ConfigDirective } from '../../../config/config-tree.ts';
import { type FileStat, failed } from '../../../host/host.ts';
import type { PlanContext, Script } from '../../../runtime/hooks.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { statFile } from '../../../runtime/http/stat-file.ts';
import { planMatching } from './matching.ts';

/** True when the block is to be run. */
export type Condition = (r: RequestState) => boolean;

/** Plans what stands in `if ( … )`; undefined, and reported, when it cannot be run (ngx_http_rewrite_if_condition). */
export function planCondition(directive: ConfigDirective, at: PlanContext): Condition | undefined {
  const words = inside(directive.args);
  const [first = '', operator, right] = words;
  const condition = first.startsWith('$') ? planTest(first, operator, right, directive, at) : planFileTest(first, operator, at);
  if (!condition) at.notRun(directive, `the condition "${words.join(' ')}" is not run`);
  return condition;
}

/** The words between the parentheses. */
function inside(args: readonly string[]): readonly string[] {
  const words = [...args];
  words[0] = (words[0] ?? '').replace(/^\(/, '');
  words[words.length - 1] = (words.at(-1) ?? '').replace(/\)$/, '');
  return words.filter(
    (word, index) => word !== '' || (index > 0 && index < words.length - 1) || (index === 2 && args[index] !== ')'),
  );
}

function planTest(
  variable: string,
  operator: string | undefined,
  right = '',
  directive: ConfigDirective,
  at: PlanContext,
): Condition | undefined {
  const left = at.script(variable);
  switch (operator) {
    case undefined:
      return (r) => isTrue(left(r));
    case '=':
      return compare(left, at.script(right), true);
    case '!=':
      return compare(left, at.script(right), false);
    case '~':
    case '~*':
    case '!~':
    case '!~*':
      return planMatch(left, operator, right, directive, at);
    default:
      return undefined;
  }
}

function isTrue(value: string): boolean {
  return value !== '' && value !== '0';
}

function compare(left: Script, right: Script, equal: boolean): Condition {
  return (r) => (left(r) === right(r)) === equal;
}

function planMatch(
  left: Script,
  operator: string,
  pattern: string,
  directive: ConfigDirective,
  at: PlanContext,
): Condition | undefined {
  const matches = planMatching(pattern, operator.endsWith('*'), directive, at);
  const wanted = !operator.startsWith('!');
  return matches && ((r) => matches(r, left(r)) === wanted);
}

const fileTests: Readonly<Record<string, (stat: FileStat) => boolean>> = {
  '-f': ({ kind }) => kind === 'file',
  '-d': ({ kind }) => kind === 'directory',
  '-e': () => true,
  '-x': ({ mode }) => (mode & 0o100) !== 0,
};

function planFileTest(word: string, path: string | undefined, at: PlanContext): Condition | undefined {
  const wanted = !word.startsWith('!');
  const test = fileTests[word.replace(/^!/, '')];
  if (!test || path === undefined) return undefined;
  const script = at.script(path);
  const { files } = at.host;
  return (r) => {
    const stat = statFile(r as RequestState, files, script(r));
    return (!failed(stat) && test(stat)) === wanted;
  };
}
