import type { Request } from '../http/request.ts';
import type { LocationLevel, PlannedLocation } from './planned.ts';

/** What a search has found. */
export interface Found {
  /** The deepest match; null when there is none and the outer level stays in force. */
  location: PlannedLocation | null;
  /** The URI lacks the last slash of this location: redirect. */
  redirect: boolean;
  /** Exact and regex matches end the search on outer levels too. */
  final: boolean;
}

/** Puts a location into its level; false when its name is taken there. */
export function addLocation(level: LocationLevel, location: PlannedLocation): boolean {
  const table = location.kind === 'exact' ? level.exact : level.prefixes;
  if (table.has(location.name)) return false;
  table.set(location.name, location);
  level.empty = false;
  level.lengths = [...new Set([...level.prefixes.keys()].map((name) => name.length))].sort((a, b) => b - a);
  level.redirects ||= location.autoRedirect;
  return true;
}

/** Searches one level and what is below the match (ngx_http_core_find_location). The result is reused: read it at once. */
export function findLocation(level: LocationLevel, r: Request): Found {
  result.location = null;
  result.redirect = result.final = false;
  search(level, r, result);
  return result;
}

const result: Found = { location: null, redirect: false, final: false };

function search(level: LocationLevel, r: Request, found: Found): void {
  if (level.empty) return;
  const { uri } = r;
  const exact = level.exact.get(uri);
  if (exact) {
    settle(found, exact, false);
    return;
  }
  // ngx_http_core_find_static_location
  if (level.redirects) {
    const slashed = level.exact.get(`${uri}/`) ?? level.prefixes.get(`${uri}/`);
    if (slashed?.autoRedirect && !level.prefixes.has(uri)) {
      settle(found, slashed, true);
      return;
    }
  }
  const prefix = longestPrefix(level, uri);
  if (prefix) {
    found.location = prefix;
    search(prefix.nested, r, found);
    if (found.final) return;
  }
  // `^~` turns off the regexes of its own level only.
  if (prefix?.noRegex) return;
  for (const { matcher, location } of level.regexes) {
    if (!matcher.matches(r, uri)) continue;
    found.location = location;
    search(location.nested, r, found);
    found.final = true;
    return;
  }
}

function settle(found: Found, location: PlannedLocation, redirect: boolean): void {
  found.location = location;
  found.redirect = redirect;
  found.final = true;
}

function longestPrefix(level: LocationLevel, uri: string): PlannedLocation | undefined {
  for (const length of level.lengths) {
    if (length > uri.length) continue;
    const location = level.prefixes.get(length === uri.length ? uri : uri.slice(0, length));
    if (location) return location;
  }
  return undefined;
}
