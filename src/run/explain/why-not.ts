import { bytesOf } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Model } from '../../model/build.ts';
import { readLocationName } from '../../model/routes/location-name.ts';
import { printRoute } from '../../model/routes/show.ts';
import { type Route, type Site, sitesOf } from '../../model/routes/sites.ts';
import { type WhyNot, whyNot } from '../../model/routes/why-not.ts';
import { locationAt } from './collect.ts';
import type { WhyNotAnswer } from './explanation.ts';

/** A search that was made: for which URI, in which server. */
interface Search {
  readonly uri: string;
  readonly server: ConfigDirective | null;
}

/** Says why a location (as it is written, or by its name alone) was not used by a request; throws when there is none of that name. */
export function answerWhyNot(
  model: Model,
  text: string,
  server: ConfigDirective | null,
  searches: readonly Search[],
): WhyNotAnswer {
  const { all } = sitesOf(model);
  const own = all.find(({ at }) => at === server);
  const route = routeNamed(own ? [own] : [], text) ?? routeNamed(all, text);
  if (!route) throw new Error(`there is no location ${text} in the configuration`);
  const here = locationAt(route.at);
  if (route.site !== own) return { ...here, searches: [], says: ['it stands in another server than the one that answers'] };
  if (searches.length === 0)
    return { ...here, searches: [], says: ['no location was searched for: the server answered before that'] };
  const answers = searches.map(({ uri }) => ({ uri, ...whyNot(own, route, uri) }));
  return {
    ...here,
    searches: answers.map(({ uri, reason, by }) => ({ uri, reason, by: by && locationAt(by.at) })),
    says: answers.map(({ uri, ...answer }) => `${uri}: ${inWords(route, answer)}`),
  };
}

/** `/x/` finds `location /x/`, then `^~ /x/`, `= /x/`, `~ /x/`; `~ \.php$` finds just that. */
function routeNamed(sites: readonly Site[], text: string): Route | undefined {
  const routes = sites.flatMap((site) => [...site.routes]);
  const words = bytesOf(text)
    .trim()
    .replace(/^location\s+/, '')
    .split(/\s+/);
  const wanted = readLocationName(words);
  const same = routes.filter(({ name }) => name === wanted.name);
  const isExact = (one: Route) => one.kind === wanted.kind && one.noRegex === wanted.noRegex && one.caseless === wanted.caseless;
  const rank = ({ kind }: Route) => ['prefix', 'exact', 'regex', 'named'].indexOf(kind);
  const alone = words.length === 1 && wanted.kind === 'prefix';
  return same.find(isExact) ?? (alone ? same.sort((a, b) => rank(a) - rank(b))[0] : undefined);
}

function inWords(route: Route, { reason, by }: WhyNot): string {
  const other = by ? `${printRoute(by)}${placeIn(by)}` : 'the server itself';
  switch (reason) {
    case 'chosen':
      return 'it is the one that is used';
    case 'named':
      return 'its name is never compared with a URI; only error_page, try_files and the like lead to it';
    case 'outside':
      return `it is looked at inside ${other} only, which is not entered`;
    case 'inside':
      return `it is entered, and ${other} inside it is used`;
    case 'no-match':
      if (route.kind === 'exact') return 'the URI is another one';
      return route.kind === 'regex' ? 'its expression does not match' : 'the URI does not begin with it';
    case 'exact':
      return `${other} is the URI itself, which ends the search`;
    case 'shorter':
      return `${other} is a longer prefix`;
    case 'final':
      return `${other} is the longest prefix and keeps regular expressions out (^~)`;
    case 'regex':
      return route.kind === 'regex'
        ? `${other} comes first in the file and matches`
        : `${other} matches, and regular expressions win over prefixes without ^~`;
  }
}

function placeIn({ at }: Route): string {
  const { file, line } = locationAt(at);
  return ` (${file}:${line})`;
}
