import type { ConfigDirective } from '../../../config/config-tree.ts';
import { inLowerCase } from '../../../model/address.ts';
import { HostTable } from '../../../model/routes/host-table.ts';
import { handle, type Matcher, type PlanContext, type Script } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { httpMap } from './directives.ts';

/** `map`: one variable made of others, computed when it is asked for. */
export const mapHandler = handle(
  httpMap,
  {
    http(_, at) {
      for (const { directive } of at.scope.uses) if (directive.name === 'map') planMap(directive, at);
    },
  },
  ['map'],
);

interface Table {
  readonly names: HostTable<Script>;
  readonly regexes: { readonly matcher: Matcher; readonly value: Script }[];
  otherwise: Script | undefined;
  hostnames: boolean;
  volatile: boolean;
}

// ngx_http_map_block
function planMap(directive: ConfigDirective, at: PlanContext): void {
  const [source = '', name = ''] = directive.args;
  if (!name.startsWith('$')) return at.fail(directive, `invalid variable name "${name}"`);
  const key = at.script(source, directive);
  const table: Table = { names: new HostTable(), regexes: [], otherwise: undefined, hostnames: false, volatile: false };
  for (const line of directive.children ?? []) planLine(line, table, at);
  const { otherwise = () => '', hostnames, volatile } = table;
  at.define(name.slice(1), (r) => (find(table, withoutDot(key(r), hostnames), r) ?? otherwise)(r), { volatile });
}

// ngx_http_map
function planLine(line: ConfigDirective, table: Table, at: PlanContext): void {
  const { name: key, args } = line;
  if (args.length === 0 && key === 'hostnames') table.hostnames = true;
  else if (args.length === 0 && key === 'volatile') table.volatile = true;
  else if (args.length !== 1) at.fail(line, 'invalid number of the map parameters');
  else if (key !== 'include') addLine(line, key, at.script(args[0] ?? '', line), table, at);
}

function addLine(line: ConfigDirective, key: string, value: Script, table: Table, at: PlanContext): void {
  if (key === 'default') {
    if (table.otherwise) at.fail(line, 'duplicate default map parameter');
    table.otherwise = value;
  } else if (key.startsWith('~')) {
    const caseless = key.startsWith('~*');
    const matcher = at.regex(key.slice(caseless ? 2 : 1), caseless, line);
    if (matcher) table.regexes.push({ matcher, value });
  } else {
    const name = key.replace(/^\\/, '');
    const added = table.hostnames ? table.names.add(name, value) : table.names.addExact(name, value);
    if (!added) at.fail(line, `conflicting parameter "${name}"`);
  }
}

function withoutDot(text: string, hostnames: boolean): string {
  return hostnames && text.endsWith('.') ? text.slice(0, -1) : text;
}

// ngx_http_map_find
function find({ names, regexes }: Table, text: string, r: Request): Script | undefined {
  const lower = inLowerCase(text);
  const found = names.named(lower) ?? names.matching(lower);
  if (found) return found;
  if (text === '') return undefined;
  for (const { matcher, value } of regexes) if (matcher.matches(r, text)) return value;
  return undefined;
}
