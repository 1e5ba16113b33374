import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as say from '../../src/diagnostics/nginx-messages.ts';
import { filesIn, root } from './files.ts';

/** Stands for what only a configuration can fill in. */
const hole = '\u0000';

/**
 * Every message of nginx's that our code can print, as regular expressions: calls of `say.NAME(…)` and `refuse(…)` in the model,
 * the reader and the commands, with the literals among their arguments, and the words that `say` is given from elsewhere.
 */
export function saidMessages(): readonly string[] {
  const found = new Set<string>();
  const files = ['src/model/check', 'src/schema', 'src/syntax', 'src/cli', 'src/modules'].flatMap((folder) =>
    filesIn(folder, '.ts'),
  );
  for (const file of files) for (const text of callsIn(file)) found.add(text);
  for (const file of [...filesIn('src/schema', '.ts'), ...filesIn('src/model/check', '.ts'), 'src/syntax/limits.ts']) {
    for (const text of literalsIn(file)) found.add(text);
  }
  return [...found].flatMap((text) => [text, text.replace(/^nginx: /, '').replace(` (${hole}: ${hole})`, '')]);
}

const places = /%\*?(?:ui|uz|ud|uD|[a-zA-Z])/g;

/** Which formats (of ngx_log_error) one of the messages is an instance of, with anything in its places. */
export function formatsIn(formats: readonly string[], said: readonly string[]): ReadonlySet<string> {
  const examples = said.map((text) => text.replaceAll(hole, 'x'));
  const patterns = said.map((text) => patternOf(text, hole));
  const isSaid = (format: string): boolean => {
    const pattern = patternOf(format, places);
    const example = filled(format);
    return examples.some((text) => pattern.test(text)) || patterns.some((one) => one.test(example));
  };
  // A setter that returns text leaves the directive's name to nginx.
  const returned = (format: string): string => format.replace(/^"%V" directive (?=.)/, '');
  return new Set(formats.filter((format) => isSaid(format) || (returned(format) !== format && isSaid(returned(format)))));
}

/** A format with something in each place. */
function filled(format: string): string {
  return format.replace(places, 'x').replaceAll('%%', '%');
}

/** A message with holes, as an expression; one of holes only matches nothing. */
function patternOf(text: string, holes: string | RegExp): RegExp {
  const parts = text.split(holes).map((part) => part.replaceAll('%%', '%').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return parts.join('').trim().length < 4 ? /^(?!)/ : new RegExp(`^${parts.join('[\\s\\S]*?')}$`);
}

function sourceOf(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

function callsIn(file: string): string[] {
  const texts: string[] = [];
  for (const node of nodesOf(sourceOf(file))) {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'say') texts.push(...messagesOf(node));
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    const [first] = node.arguments;
    if (node.expression.name.text === 'refuse' && first) {
      texts.push(...valuesOf(first).flatMap((text) => (text === hole ? [] : [say.directive(hole, text)])));
    }
  }
  return texts;
}

const byName: ReadonlyMap<string, unknown> = new Map(Object.entries(say));

/** A message that is mentioned; where it is called, with the literals it is given. */
function messagesOf(node: ts.PropertyAccessExpression): string[] {
  const message = byName.get(node.name.text);
  if (typeof message === 'string') return [message];
  if (typeof message !== 'function' || message === say.directive) return [];
  const call = ts.isCallExpression(node.parent) && node.parent.expression === node ? node.parent : undefined;
  const choices = Array.from({ length: message.length }, (_, index) => {
    const argument = call?.arguments[index];
    const values = argument ? valuesOf(argument) : [hole];
    return values[0] === hole ? [hole, '', undefined] : values;
  });
  return combined(choices).map((values) => String((message as (...values: unknown[]) => string)(...values)));
}

function combined<T>(choices: readonly (readonly T[])[]): T[][] {
  return choices.reduce<T[][]>((all, values) => all.flatMap((one) => values.map((value) => [...one, value])), [[]]);
}

/** What an expression may be: literals, branches of a choice, templates with holes; a hole for everything else. */
function valuesOf(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => hole + literal.text).join('')];
  }
  if (ts.isConditionalExpression(node)) return [...valuesOf(node.whenTrue), ...valuesOf(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return valuesOf(node.expression);
  return [hole];
}

/** Words that are no call's: errors of addresses, scripts and the like. */
function literalsIn(file: string): string[] {
  const texts: string[] = [];
  for (const node of nodesOf(sourceOf(file))) {
    if (ts.isStringLiteralLike(node) && / /.test(node.text)) texts.push(node.text);
    if (ts.isTemplateExpression(node) && / /.test(node.head.text)) texts.push(...valuesOf(node));
  }
  return texts;
}
