/** A location as far as the search for one is concerned; `R` is what a regular expression's match is noted in. */
export interface Searched<R, L> {
  readonly name: string;
  readonly kind: string;
  /** `^~` */
  readonly noRegex: boolean;
  /** Requests that lack its last slash are redirected to it. */
  readonly autoRedirect: boolean;
  readonly nested: LocationLevel<R, L>;
}

/** A regular expression of a level and what it leads to. */
export interface RegexEntry<R, L> {
  readonly matcher: { matches(r: R, subject: string): boolean };
  readonly location: L;
}

/** What levels have that hold nothing: most locations have none inside. */
const nothing = new Map<string, never>();

/** Locations of one level, in the order in which they are tried (nginx: static_locations, regex_locations). */
export class LocationLevel<R, L> {
  exact: Map<string, L> = nothing;
  prefixes: Map<string, L> = nothing;
  /** Lengths of prefixes, longest first. */
  lengths: readonly number[] = [];
  readonly regexes: RegexEntry<R, L>[] = [];
  /** True when a location here redirects requests that lack its last slash. */
  redirects = false;
  empty = true;
}

/** What a search has found. */
export interface Found<L> {
  /** The deepest match; null when there is none and the outer level stays in force. */
  location: L | null;
  /** The URI lacks the last slash of this location: redirect. */
  redirect: boolean;
  /** Exact and regex matches end the search on outer levels too. */
  final: boolean;
}

/**
 * What a search finds out about a location: it is the URI (`exact`), the URI with a slash behind it (`slash`), the longest
 * prefix (`longest`), or one that keeps regular expressions out (`final`); an expression matches (`match`) or not (`no`).
 */
export type Looked = 'exact' | 'slash' | 'longest' | 'final' | 'match' | 'no';

/** Is told what a search looks at, in its order. */
export type Notice<L> = (location: L, outcome: Looked) => void;

/** Puts a location into its level; false when its name is taken there. */
export function addLocation<R, L extends Searched<R, L>>(level: LocationLevel<R, L>, location: L): boolean {
  const which = location.kind === 'exact' ? 'exact' : 'prefixes';
  if (level[which] === nothing) level[which] = new Map();
  const table = level[which];
  if (table.has(location.name)) return false;
  table.set(location.name, location);
  level.empty = false;
  const { length } = location.name;
  if (table === level.prefixes && !level.lengths.includes(length))
    level.lengths = [...level.lengths, length].sort((a, b) => b - a);
  level.redirects ||= location.autoRedirect;
  return true;
}

/** Searches one level and what is below the match (ngx_http_core_find_location). The result is reused: read it at once. */
export function findLocation<R extends { readonly uri: string }, L extends Searched<R, L>>(
  level: LocationLevel<R, L>,
  r: R,
  notice: Notice<L> | null = null,
): Found<L> {
  result.location = null;
  result.redirect = result.final = false;
  search(level, r, result as Found<L>, notice);
  return result as Found<L>;
}

const result: Found<unknown> = { location: null, redirect: false, final: false };

function search<R extends { readonly uri: string }, L extends Searched<R, L>>(
  level: LocationLevel<R, L>,
  r: R,
  found: Found<L>,
  notice: Notice<L> | null,
): void {
  if (level.empty) return;
  const { uri } = r;
  const exact = level.exact.get(uri);
  if (exact) {
    if (notice) notice(exact, 'exact');
    settle(found, exact, false);
    return;
  }
  // ngx_http_core_find_static_location
  if (level.redirects) {
    const slashed = level.exact.get(`${uri}/`) ?? level.prefixes.get(`${uri}/`);
    if (slashed?.autoRedirect && !level.prefixes.has(uri)) {
      if (notice) notice(slashed, 'slash');
      settle(found, slashed, true);
      return;
    }
  }
  const prefix = longestPrefix(level, uri);
  if (prefix) {
    if (notice) notice(prefix, prefix.noRegex ? 'final' : 'longest');
    found.location = prefix;
    search(prefix.nested, r, found, notice);
    if (found.final) return;
  }
  // `^~` turns off the regexes of its own level only.
  if (prefix?.noRegex) return;
  searchRegexes(level, r, found, notice);
}

function searchRegexes<R extends { readonly uri: string }, L extends Searched<R, L>>(
  level: LocationLevel<R, L>,
  r: R,
  found: Found<L>,
  notice: Notice<L> | null,
): void {
  for (const { matcher, location } of level.regexes) {
    const matches = matcher.matches(r, r.uri);
    if (notice) notice(location, matches ? 'match' : 'no');
    if (!matches) continue;
    found.location = location;
    search(location.nested, r, found, notice);
    found.final = true;
    return;
  }
}

function settle<L>(found: Found<L>, location: L, redirect: boolean): void {
  found.location = location;
  found.redirect = redirect;
  found.final = true;
}

function longestPrefix<R, L>(level: LocationLevel<R, L>, uri: string): L | undefined {
  for (const length of level.lengths) {
    if (length > uri.length) continue;
    const location = level.prefixes.get(length === uri.length ? uri : uri.slice(0, length));
    if (location) return location;
  }
  return undefined;
}
