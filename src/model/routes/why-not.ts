import { findLocation, type Looked } from './location-search.ts';
import { isWithin, type Route, type Site, type Visit } from './sites.ts';

/** Why a search did not end at a location; `by` is the location that came before it, or the one around it that was not entered. */
export interface WhyNot {
  readonly reason:
    | 'chosen'
    /** Only `error_page`, `try_files` and the like lead to a name. */
    | 'named'
    /** The location around it is not entered. */
    | 'outside'
    /** It is entered, and a location inside it takes the request. */
    | 'inside'
    | 'no-match'
    /** `by` is the URI itself (`= /x`), with or without a slash at its end. */
    | 'exact'
    /** `by` is a longer prefix. */
    | 'shorter'
    /** `by` is a `^~` prefix: expressions are not tried. */
    | 'final'
    /** `by` is an expression: it comes before prefixes, and before later expressions. */
    | 'regex';
  readonly by: Route | null;
}

/** Searches a server's locations for a path, and says what kept it from a location. */
export function whyNot(site: Site, route: Route, uri: string): WhyNot {
  if (route.kind === 'named') return { reason: 'named', by: null };
  const visit: Visit = { uri, captures: null, unsure: false };
  const looked = new Map<Route, Looked>();
  const { location: chosen } = findLocation(site.level, visit, (one, outcome) => looked.set(one, outcome));
  if (chosen === route) return { reason: 'chosen', by: null };
  const { outer } = route;
  if (outer && (looked.get(outer) ?? 'no') === 'no') return { reason: 'outside', by: outer };
  const fits = route.kind === 'exact' ? uri === route.name : route.kind === 'prefix' ? uri.startsWith(route.name) : undefined;
  const own = looked.get(route);
  if (fits === false || own === 'no') return { reason: 'no-match', by: null };
  if (own !== undefined && isWithin(chosen, route)) return { reason: 'inside', by: chosen };
  return lostTo(
    route,
    chosen,
    [...looked].filter(([one]) => one.outer === outer),
  );
}

/** What decided on the location's own level. */
function lostTo({ kind }: Route, chosen: Route | null, level: readonly (readonly [Route, Looked])[]): WhyNot {
  const decided = (...outcomes: readonly Looked[]) => level.find(([, outcome]) => outcomes.includes(outcome))?.[0];
  const exact = decided('exact', 'slash');
  if (exact) return { reason: 'exact', by: exact };
  const regex = decided('match');
  if (regex) return { reason: 'regex', by: regex };
  const final = decided('final');
  if (final) return { reason: kind === 'regex' ? 'final' : 'shorter', by: final };
  return { reason: 'shorter', by: decided('longest') ?? chosen };
}
