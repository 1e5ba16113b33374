import { escapeHtml, escapeUriHtml } from '../../../runtime/http/escape.ts';
import { holds } from './condition.ts';
import { type IncludeParameters, include } from './include.ts';
import type { Encoding, Page } from './page.ts';
import { evaluated } from './text.ts';

/** A command of the language (ngx_http_ssi_command_t). */
export interface Command {
  /** What may be given, and what must. */
  readonly parameters: readonly string[];
  readonly mandatory?: readonly string[];
  /** It goes on with a condition: what may have come before. */
  readonly follows?: readonly Page['condition'][];
  /** It is run in a block too. */
  readonly endsBlock?: boolean;
  /** Runs it; false, and logged, when it is wrong, `wait` when the page goes on behind the subrequests made so far. */
  readonly run: (page: Page, given: Readonly<Record<string, string>>) => boolean | 'wait';
}

const afterIf = ['if'] as const;

/** All commands by name. */
export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'include',
    { parameters: ['virtual', 'file', 'wait', 'set', 'stub'], run: (page, given: IncludeParameters) => include(page, given) },
  ],
  ['echo', { parameters: ['var', 'default', 'encoding'], mandatory: ['var'], run: echo }],
  ['config', { parameters: ['errmsg', 'timefmt'], run: configure }],
  ['set', { parameters: ['var', 'value'], mandatory: ['var', 'value'], run: set }],
  ['if', { parameters: ['expr'], mandatory: ['expr'], run: begin }],
  ['elif', { parameters: ['expr'], mandatory: ['expr'], follows: afterIf, run: choose }],
  ['else', { parameters: [], follows: afterIf, run: otherwise }],
  ['endif', { parameters: [], follows: ['if', 'else'], run: end }],
  ['block', { parameters: ['name'], mandatory: ['name'], run: beginBlock }],
  ['endblock', { parameters: [], endsBlock: true, run: endBlock }],
]);

// ngx_http_ssi_echo
function echo(page: Page, { var: name = '', default: fallback, encoding }: Readonly<Record<string, string>>): boolean {
  const value = page.variable(name) ?? fallback ?? '(none)';
  if (value === '') return true;
  if (encoding !== undefined && !isEncoding(encoding)) page.log(`unknown encoding "${encoding}" in the "echo" command`);
  else if (encoding !== undefined) page.encoding = encoding;
  page.write(encoders[page.encoding](value));
  return true;
}

const encoders: Readonly<Record<Encoding, (text: string) => string>> = {
  none: (text) => text,
  url: escapeUriHtml,
  entity: escapeHtml,
};

function isEncoding(word: string): word is Encoding {
  return Object.hasOwn(encoders, word);
}

// ngx_http_ssi_config
function configure(page: Page, { errmsg, timefmt }: Readonly<Record<string, string>>): boolean {
  if (timefmt !== undefined) page.timeFormat = timefmt;
  if (errmsg !== undefined) page.errorMessage = errmsg;
  return true;
}

// ngx_http_ssi_set
function set(page: Page, { var: name = '', value = '' }: Readonly<Record<string, string>>): boolean {
  const text = evaluated(page, value);
  if (text === undefined) return false;
  page.set(name, text);
  return true;
}

function begin(page: Page, given: Readonly<Record<string, string>>): boolean {
  if (page.condition !== 'none') return page.log('the "if" command inside the "if" command');
  return choose(page, given);
}

// ngx_http_ssi_if
function choose(page: Page, { expr = '' }: Readonly<Record<string, string>>): boolean {
  if (page.branchTaken) {
    page.shown = false;
    return true;
  }
  const truth = holds(page, expr);
  if (truth === undefined) return false;
  page.shown = truth;
  page.branchTaken = truth;
  page.condition = 'if';
  return true;
}

// ngx_http_ssi_else
function otherwise(page: Page): boolean {
  page.shown = !page.branchTaken;
  page.condition = 'else';
  return true;
}

// ngx_http_ssi_endif
function end(page: Page): boolean {
  page.shown = true;
  page.branchTaken = false;
  page.condition = 'none';
  return true;
}

// ngx_http_ssi_block
function beginBlock(page: Page, { name = '' }: Readonly<Record<string, string>>): boolean {
  page.shared.blocks.push({ name, pieces: [] });
  page.shown = false;
  page.inBlock = true;
  return true;
}

// ngx_http_ssi_endblock
function endBlock(page: Page): boolean {
  page.shown = true;
  page.inBlock = false;
  return true;
}
