import { lineAt } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import * as contexts from '../../schema/contexts.ts';
import { Frame } from './frame.ts';
import { regex } from './regex.ts';
import type { Call, Run } from './run.ts';

/** What a location's arguments say. */
export interface Location {
  readonly name: string;
  readonly kind: 'prefix' | 'noregex' | 'exact' | 'regex' | 'named';
}

/** The location that a frame stands for, `if` and `limit_except` blocks being those around them. */
export function locationOf(frame: Frame): Location | undefined {
  return frame.nearest(contexts.location)?.own<Location>('location itself');
}

/** ngx_http_core_location */
export function location(call: Call): void {
  const read = locationFrom(call);
  if (!read) return;
  const outer = call.frame.is(contexts.location) ? call.frame.own<Location>('location itself') : undefined;
  if (outer && !fitsInside(call, read, outer)) return;
  const inside = new Frame(contexts.location, call.directive, call.frame);
  inside.fields.set('location itself', read);
  call.enter(contexts.location, inside);
}

function locationFrom(call: Call): Location | undefined {
  const [first = '', second] = call.args;
  if (second !== undefined) {
    if (first === '=') return { name: second, kind: 'exact' };
    if (first === '^~') return { name: second, kind: 'noregex' };
    if (first === '~' || first === '~*') return regex(call, second, 1) ? { name: second, kind: 'regex' } : undefined;
    call.fail(say.invalidLocationModifier(first), 0);
    return undefined;
  }
  if (first.startsWith('=')) return { name: first.slice(1), kind: 'exact' };
  if (first.startsWith('^~')) return { name: first.slice(2), kind: 'noregex' };
  if (first.startsWith('~')) {
    const pattern = first.slice(first.startsWith('~*') ? 2 : 1);
    return regex(call, pattern, 0) ? { name: pattern, kind: 'regex' } : undefined;
  }
  return { name: first, kind: first.startsWith('@') ? 'named' : 'prefix' };
}

function fitsInside(call: Call, { name, kind }: Location, outer: Location): boolean {
  const rule = 'invalid-location-nesting';
  if (outer.kind === 'exact') call.fail(say.insideExactLocation(name, outer.name), undefined, rule);
  else if (outer.kind === 'named') call.fail(say.insideNamedLocation(name, outer.name), undefined, rule);
  else if (kind === 'named') call.fail(say.namedOnServerLevelOnly(name), undefined, rule);
  else if (kind !== 'regex' && !name.startsWith(outer.name)) call.fail(say.outsideLocation(name, outer.name), undefined, rule);
  else return true;
  return false;
}

interface Listed extends Location {
  readonly frame: Frame;
  readonly directive: ConfigDirective;
  /** The name as ngx_filename_cmp orders it: a slash sorts before everything else. */
  readonly order: string;
}

/** ngx_http_init_locations, ngx_http_init_static_location_trees: locations that are written twice. */
export function checkDuplicateLocations(run: Run, frame: Frame): void {
  const plain: Listed[] = [];
  for (const at of frame.frames) {
    const read = at.context === contexts.location ? at.own<Location>('location itself') : undefined;
    if (!read || !at.directive || read.kind === 'regex' || read.kind === 'named') continue;
    plain.push({ name: read.name, kind: read.kind, frame: at, directive: at.directive, order: read.name.replaceAll('/', '\0') });
  }
  plain.sort(asNginxSorts);
  for (const { frame: inner } of plain) checkDuplicateLocations(run, inner);
  for (const [index, one] of plain.entries()) {
    const next = plain[index + 1];
    if (!next || next.name !== one.name || (one.kind === 'exact') !== (next.kind === 'exact')) continue;
    const { directive } = next;
    const { source, node } = directive;
    run.log('emerg', say.duplicateLocation(next.name, source.name, lineAt(source, Math.max(node.terminator, node.start))), {
      directive,
      rule: 'duplicate-location',
      nowhere: true,
    });
  }
}

/** ngx_http_cmp_locations: an exact one stands before a prefix of the same name. */
function asNginxSorts(a: Listed, b: Listed): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return Number(b.kind === 'exact') - Number(a.kind === 'exact');
}

const methods = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'MKCOL',
  'COPY',
  'MOVE',
  'OPTIONS',
  'PROPFIND',
  'PROPPATCH',
  'LOCK',
  'UNLOCK',
  'PATCH',
]);

/** ngx_http_core_limit_except */
export function limitExcept(call: Call): void {
  if (!call.set(call.args)) return;
  for (const [index, method] of call.args.entries()) {
    if (!methods.has(method.toUpperCase())) return call.fail(say.invalidMethod(method), index);
  }
  call.enter(contexts.limitExcept);
}
