import * as contexts from '../schema/contexts.ts';
import type { DirectiveFacts } from '../schema/directive.ts';
import type { Meaning, Opener, Vocabulary } from '../syntax/vocabulary.ts';
import { entriesOf, opens } from './lookup.ts';

const none: readonly Meaning[] = [];
const known = new Map<string, readonly Meaning[]>();

const openers: readonly (Opener & { in: number })[] = [
  { name: 'events', line: 'events {', opens: contexts.events, in: contexts.main },
  { name: 'http', line: 'http {', opens: contexts.http, in: contexts.main },
  { name: 'stream', line: 'stream {', opens: contexts.stream, in: contexts.main },
  { name: 'mail', line: 'mail {', opens: contexts.mail, in: contexts.main },
  { name: 'server', line: 'server {', opens: contexts.server, in: contexts.http },
  { name: 'upstream', line: 'upstream NAME {', opens: contexts.upstream, in: contexts.http },
  { name: 'location', line: 'location / {', opens: contexts.location, in: contexts.server | contexts.location },
  { name: 'if', line: 'if (CONDITION) {', opens: contexts.ifInServer, in: contexts.server },
  { name: 'if', line: 'if (CONDITION) {', opens: contexts.ifInLocation, in: contexts.location },
  { name: 'limit_except', line: 'limit_except GET {', opens: contexts.limitExcept, in: contexts.location },
  { name: 'server', line: 'server {', opens: contexts.streamServer, in: contexts.stream },
  { name: 'upstream', line: 'upstream NAME {', opens: contexts.streamUpstream, in: contexts.stream },
  { name: 'server', line: 'server {', opens: contexts.mailServer, in: contexts.mail },
];

/** The catalog as recovery sees it. */
export const vocabulary: Vocabulary = {
  main: contexts.main,
  meanings(name) {
    let found = known.get(name);
    if (!found) {
      const entries = entriesOf(name);
      if (!entries.length) return none;
      found = entries.map(({ facts }) => meaningOf(facts));
      known.set(name, found);
    }
    return found;
  },
  openers: (context) => openers.filter((opener) => opener.in & context),
  nameOf: (context) => contexts.contextNames(context).join(', '),
};

function meaningOf(facts: DirectiveFacts): Meaning {
  const { block } = facts;
  const kind = !block ? 'none' : 'raw' in block ? 'raw' : 'data' in block ? 'data' : 'directives';
  return {
    contexts: facts.in,
    min: facts.args.min,
    max: facts.args.max,
    block: kind,
    // stream's proxy_pass has an address where http's has a URL.
    takes: (first) => facts.value?.kind !== 'address' || !/^\w+:\/\//.test(first),
    opens: (context) => opens(block, context),
  };
}
