import type { LocationLevel } from '../../model/routes/location-search.ts';
import type { Route, Site, Visit } from '../../model/routes/sites.ts';
import { word } from './words.ts';

/** A test of the normalised path: `txn.uri`. */
export interface PathTest {
  readonly match: 'str' | 'beg' | 'reg';
  readonly value: string;
  readonly caseless: boolean;
  readonly negated: boolean;
}

/** Where the requests for which all tests hold go, unless an earlier way takes them. */
export interface Way {
  readonly tests: readonly PathTest[];
  /** Null: no location takes them. */
  readonly route: Route | null;
  /** They are redirected to the location's name, which ends in a slash that they lack. */
  readonly slash: boolean;
}

type Level = LocationLevel<Visit, Route>;

/**
 * A server's locations as a list of which the first that fits is right: what ngx_http_core_find_location finds. Exact names first, then
 * what longest prefixes keep from regular expressions, then those, then prefixes, longest first.
 */
export function waysOf({ level }: Site): readonly Way[] {
  const { finals, prefixes } = split(level, []);
  const ways = [...finals, ...prefixes, { tests: [], route: null, slash: false }];
  const end = ways.findIndex(({ tests }) => tests.length === 0);
  return ways.slice(0, end + 1);
}

interface Split {
  /** Those that end the search. */
  readonly finals: readonly Way[];
  /** Those that regular expressions outside may still overrule. */
  readonly prefixes: readonly Way[];
}

function split(level: Level, outside: readonly PathTest[]): Split {
  const prefixes = [...level.prefixes.values()].sort((a, b) => b.name.length - a.name.length);
  const inner = prefixes.map((route) => ({
    route,
    own: longest(route, prefixes),
    ...split(route.nested, longest(route, prefixes)),
  }));
  const finals: Way[] = [...exactWays(level, outside), ...inner.flatMap((one) => one.finals.map((way) => within(way, outside)))];
  const kept = inner.filter(({ route }) => route.noRegex);
  const results = inner.map(({ route, own, prefixes: deeper }) => {
    const here: Way = { tests: [...outside, ...own], route, slash: false };
    return { route, ways: [...deeper.map((way) => within(way, outside)), here] };
  });
  if (outside.length === 0) {
    // What `^~` takes comes first, so that the expressions need not know.
    const first = results.filter(({ route }) => route.noRegex).flatMap(({ ways }) => ways);
    const rest = results.filter(({ route }) => !route.noRegex).flatMap(({ ways }) => ways.map(withoutNegations));
    return { finals: [...finals, ...first, ...regexWays(level, [])], prefixes: rest };
  }
  // Inside a location the loser of `^~` may still lose to expressions outside: each prefix says whether these are asked.
  const asked =
    kept.length === 0
      ? [outside]
      : [
          ...inner.filter(({ route }) => !route.noRegex).map(({ own }) => [...outside, ...own]),
          [...outside, ...noneOf(prefixes)],
        ];
  return {
    finals: [...finals, ...asked.flatMap((tests) => regexWays(level, tests))],
    prefixes: results.flatMap(({ ways }) => ways),
  };
}

function within(way: Way, outside: readonly PathTest[]): Way {
  return { ...way, tests: [...outside, ...way.tests.filter((test) => !outside.includes(test))] };
}

/** Longer prefixes were asked before: only what must hold is left. */
function withoutNegations(way: Way): Way {
  return { ...way, tests: way.tests.filter(({ negated }) => !negated) };
}

function exactWays(level: Level, outside: readonly PathTest[]): Way[] {
  const names = [...level.exact.values()].map((route) => ({ tests: [...outside, test('str', route.name)], route, slash: false }));
  const redirected = [...level.exact.values(), ...level.prefixes.values()].filter(({ autoRedirect, name }) => {
    const bare = name.slice(0, -1);
    return autoRedirect && bare !== '' && !level.exact.has(bare) && !level.prefixes.has(bare);
  });
  return [
    ...names,
    ...redirected.map((route) => ({ tests: [...outside, test('str', route.name.slice(0, -1))], route, slash: true })),
  ];
}

function regexWays(level: Level, outside: readonly PathTest[]): Way[] {
  return level.regexes.flatMap(({ location: route }) => {
    const own: readonly PathTest[] = [...outside, { match: 'reg', value: route.name, caseless: route.caseless, negated: false }];
    const { finals, prefixes } = split(route.nested, own);
    return [...finals, ...prefixes, { tests: own, route, slash: false }];
  });
}

/** That a prefix is the longest of its level: it fits, and none that begins with it does. Every path begins with a slash. */
function longest({ name }: Route, prefixes: readonly Route[]): PathTest[] {
  const longer = prefixes.filter((other) => other.name !== name && other.name.startsWith(name));
  const next = longer.filter((other) => !longer.some((between) => between !== other && other.name.startsWith(between.name)));
  const own = name === '/' ? [] : [test('beg', name)];
  return [...own, ...next.map((other) => ({ ...test('beg', other.name), negated: true }))];
}

function noneOf(prefixes: readonly Route[]): PathTest[] {
  const shortest = prefixes.filter(({ name }) => !prefixes.some((other) => other.name !== name && name.startsWith(other.name)));
  return shortest.map(({ name }) => ({ ...test('beg', name), negated: true }));
}

function test(match: 'str' | 'beg', value: string): PathTest {
  return { match, value, caseless: false, negated: false };
}

/** A test as an anonymous ACL. */
export function pathTerm({ match, value, caseless, negated }: PathTest): string {
  return `${negated ? '!' : ''}{ var(txn.uri) -m ${match}${caseless ? ' -i' : ''} -- ${word(value)} }`;
}
