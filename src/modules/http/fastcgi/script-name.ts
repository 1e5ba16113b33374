import type { Matcher } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { LocationPlan } from '../../../runtime/plan/plans.ts';

/** What `fastcgi_index` and `fastcgi_split_path_info` say in a location. */
export interface ScriptNaming {
  readonly index: string;
  readonly split: Matcher | null;
}

const namings = new WeakMap<LocationPlan, ScriptNaming>();

/** Remembers a location's way of naming scripts. */
export function nameScripts(location: LocationPlan, naming: ScriptNaming): void {
  namings.set(location, naming);
}

/** `$fastcgi_script_name` */
export function scriptName(r: Request): string {
  const [name] = split(r);
  return name.endsWith('/') ? name + (namings.get(r.location)?.index ?? '') : name;
}

/** `$fastcgi_path_info` */
export function pathInfo(r: Request): string {
  return split(r)[1];
}

/** ngx_http_fastcgi_split: script and path info; the request's own captures stay. */
function split(r: Request): [string, string] {
  const matcher = namings.get(r.location)?.split;
  if (!matcher) return [r.uri, ''];
  const before = r.captures;
  const found: [string, string] = matcher.matches(r, r.uri) ? [r.captures?.[1] ?? '', r.captures?.[2] ?? ''] : [r.uri, ''];
  r.captures = before;
  return found;
}
