import type { Payload, PayloadFile, Statement } from './payload.ts';

/** A payload, or the first place where something is none: `config[0].parsed[2].args is not a list of words`. */
export type Read = { readonly payload: Payload } | { readonly problem: string };

/** Blocks are not nested deeper: nginx's own configurations are not, and whatever walks a payload may recurse. */
const deepest = 64;

/** Takes a payload from JSON that any program may have written: crossplane's `build` needs `file`, `parsed`, `directive` and `args`. */
export function readPayload(json: unknown): Read {
  const config = fieldOf(json, 'config');
  if (!Array.isArray(config) || config.length === 0) return { problem: 'config is not a list of files' };
  for (const [index, file] of config.entries()) {
    const at = `config[${index}]`;
    if (typeof fieldOf(file, 'file') !== 'string') return { problem: `${at}.file is not a name` };
    const problem = problemIn(fieldOf(file, 'parsed'), `${at}.parsed`, 0);
    if (problem !== undefined) return { problem };
  }
  const files = config.map(({ file, parsed }: PayloadFile): PayloadFile => ({ file, status: 'ok', errors: [], parsed }));
  return { payload: { status: 'ok', errors: [], config: files } };
}

function problemIn(block: unknown, at: string, depth: number): string | undefined {
  if (!Array.isArray(block)) return `${at} is not a list of directives`;
  if (depth > deepest) return `${at} is nested deeper than ${deepest} blocks`;
  for (const [index, statement] of block.entries()) {
    const problem = problemOf(statement, `${at}[${index}]`, depth);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(value: unknown, at: string, depth: number): string | undefined {
  const { directive, args, line, comment, block, code } = (value ?? {}) as { readonly [K in keyof Statement]?: unknown };
  if (typeof directive !== 'string') return `${at}.directive is not a word`;
  if (!isOptional(line, 'number')) return `${at}.line is not a number`;
  if (directive === '#' && comment !== undefined) return typeof comment === 'string' ? undefined : `${at}.comment is not a text`;
  if (!Array.isArray(args) || !args.every((word) => typeof word === 'string')) return `${at}.args is not a list of words`;
  if (!isOptional(code, 'string')) return `${at}.code is not a text`;
  return block === undefined || block === null ? undefined : problemIn(block, `${at}.block`, depth + 1);
}

function isOptional(value: unknown, type: 'number' | 'string'): boolean {
  return value === undefined || value === null || (typeof value === type && (type === 'string' || Number.isSafeInteger(value)));
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
