import { describe, expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { buildModel } from '../../src/model/build.ts';
import { reachOf, stolenFrom } from '../../src/model/routes/reach.ts';
import { isWithin, matchPath, type Route, type Site, sitesOf } from '../../src/model/routes/sites.ts';

function siteOf(inside: string): Site {
  const source = sourceText('nginx.conf', `events { } http { server { ${inside} } }`);
  const [site] = sitesOf(buildModel(loadConfig({ source, loader: textsLoader({}), prefix: '' }).value)).all;
  if (!site) throw new Error('no server');
  return site;
}

/** `~ ^/a reached /a`, `~ ^/a never: ~ ^/`, `~ (?=a) unknown`. */
function told(route: Route): string {
  const reach = reachOf(route);
  const name = route.at.args.join(' ');
  if (reach.kind === 'reached') return `${name} reached ${reach.path}`;
  if (reach.kind === 'unknown') return `${name} unknown`;
  return `${name} never: ${reach.takers.map(({ route: taker }) => taker?.at.args.join(' ') ?? 'server').join(', ')}`;
}

describe('whether a location is reached', () => {
  test.each([
    ['location ~ ^/api { } location ~ ^/api/v2 { }', ['~ ^/api reached /api', '~ ^/api/v2 never: ~ ^/api']],
    ['location ~ . { } location = /a { } location /b { }', ['~ . reached /', '= /a reached /a', '/b never: ~ .']],
    [
      'location ^~ /s/ { } location ~ ^/s/.*\\.js$ { } location ~ s { }',
      ['^~ /s/ reached /s/', '~ ^/s/.*\\.js$ never: ^~ /s/', '~ s reached /s'],
    ],
    ['location ~* \\.(a|b)$ { } location ~ ^/x/.*\\.B$ { }', ['~* \\.(a|b)$ reached /.a', '~ ^/x/.*\\.B$ never: ~* \\.(a|b)$']],
    // A longer prefix on the outer level is chosen before what is inside the shorter one.
    ['location /a { location = /a/b { } } location /a/b { }', ['/a reached /a', '= /a/b never: /a/b', '/a/b reached /a/b']],
    // Inside a prefix regular expressions are asked first, and end the search.
    [
      'location /a { location ~ \\.x$ { } } location ~ ^/a/.*\\.x$ { }',
      ['/a reached /a', '~ \\.x$ reached /a.x', '~ ^/a/.*\\.x$ never: ~ \\.x$'],
    ],
    // `^~` keeps out the regular expressions of its own level only.
    [
      'location /a { location ^~ /a/b { } } location ~ ^/a/ { }',
      ['/a reached /a', '^~ /a/b never: ~ ^/a/', '~ ^/a/ reached /a/'],
    ],
    ['location ~ ^/(?!api) { } location ~ ^/foo { }', ['~ ^/(?!api) unknown', '~ ^/foo unknown']],
    // A longer prefix without `^~` lets them in again.
    ['location ^~ / { } location /bb { } location ~ b { }', ['^~ / reached /', '/bb never: ~ b', '~ b reached /bb']],
    ['merge_slashes off; location ~ // { }', ['~ // reached //']],
  ])('%s', (inside, expected) => {
    expect(siteOf(inside).routes.map(told)).toEqual(expected);
  });
});

/** Numbers that are the same each time (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('what is said of locations made at random holds for paths made at random', () => {
  test.each(Array.from({ length: 120 }, (_, seed) => [seed]))('%i', (seed) => {
    const random = dice(seed);
    const one = (all: readonly string[]) => all[Math.floor(random() * all.length)] ?? '';
    const text = (length: number) => Array.from({ length }, () => one(['a', 'b', '/', '.'])).join('');
    const path = () => `/${text(Math.floor(random() * 7))}`;
    const regex = () =>
      `${one(['^', '^/', ''])}${text(1 + Math.floor(random() * 2)).replaceAll('.', '\\.')}${one(['', '.*', '[ab]+', '(a|b)'])}${one(['', '$'])}`;
    const lines = Array.from({ length: 9 }, () => {
      const kind = one(['~', '~', '~*', '=', '^~', '']);
      return `location ${kind} ${kind.startsWith('~') ? regex() : path()} { }`;
    });
    const nested = ['/a', '/b', '/ab'].slice(0, Math.floor(random() * 4)).map((name) => {
      const inside = Array.from({ length: 2 }, () =>
        one([`location ~ ${regex()} { }`, `location ${one(['', '=', '^~'])} ${name}${text(2)} { }`]),
      );
      return `location ${one(['', '^~'])} ${name} { ${[...new Set(inside)].join(' ')} }`;
    });
    const site = siteOf([...new Set([...nested, ...lines])].join('\n'));
    const paths = Array.from({ length: 400 }, path).filter((one) => !/\/\/|\/\.{1,2}(?:\/|$)/.test(one));
    for (const route of site.routes) {
      const reach = reachOf(route);
      expect(reach.kind).not.toBe('unknown');
      if (reach.kind === 'reached') expect(isWithin(matchPath(site, reach.path).route, route)).toBe(true);
      else expect(paths.filter((one) => matchPath(site, one).route === route)).toEqual([]);
      const stolen = stolenFrom(route);
      if (stolen) expect(matchPath(site, stolen.path).route).toBe(stolen.route);
    }
  });
});
