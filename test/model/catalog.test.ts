import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog } from '../../src/modules/catalog.ts';
import type { Arity } from '../../src/schema/arity.ts';
import * as contexts from '../../src/schema/contexts.ts';
import { meaningsIn } from '../../src/schema/module.ts';
import { root } from '../support/files.ts';

/** What nginx's source and manual say, one variant of a directive (fixtures/data/directives.json). */
interface Variant {
  readonly module: string;
  readonly contexts: readonly string[];
  readonly args: { readonly min: number; readonly max: number | null; readonly set?: readonly number[] };
  readonly since?: string | null;
  readonly removed?: string;
  readonly commercial?: true;
}

const said: Readonly<Record<string, readonly Variant[]>> = JSON.parse(
  readFileSync(join(root, 'fixtures/data/directives.json'), 'utf8'),
);

const bits: Readonly<Record<string, number>> = {
  main: contexts.main,
  events: contexts.events,
  http: contexts.http,
  server: contexts.server,
  location: contexts.location,
  'if-in-server': contexts.ifInServer,
  'if-in-location': contexts.ifInLocation,
  limit_except: contexts.limitExcept,
  upstream: contexts.upstream,
  stream: contexts.stream,
  'stream-server': contexts.streamServer,
  'stream-upstream': contexts.streamUpstream,
  mail: contexts.mail,
  'mail-server': contexts.mailServer,
  mgmt: contexts.mgmt,
  oidc_provider: contexts.oidcProvider,
  acme_issuer: contexts.acmeIssuer,
};

function line(parts: {
  module: string;
  name: string;
  in: number;
  args: Arity;
  since: string | undefined;
  until: string | undefined;
  commercial: boolean;
}): string {
  const { module, name, args, since = '-', until = '-', commercial } = parts;
  const numbers = args.only ? args.only.join('|') : `${args.min}..${args.max}`;
  return `${module} ${name} in ${contexts.contextNames(parts.in).join(',')} takes ${numbers} ${since} ${until}${commercial ? ' commercial' : ''}`;
}

const theirs = Object.entries(said).flatMap(([name, variants]) =>
  variants.map(({ module, args, since, removed, commercial = false, ...variant }) =>
    line({
      module,
      name,
      in: variant.contexts.reduce((set, context) => set | (bits[context] ?? 0), 0),
      args: { min: args.min, max: args.max ?? Number.POSITIVE_INFINITY, ...(args.set ? { only: args.set } : {}) },
      since: since ?? undefined,
      until: removed,
      commercial,
    }),
  ),
);

const ours = catalog
  .filter((module) => !module.package)
  .flatMap((module) =>
    Object.keys(module.directives).flatMap((name) =>
      meaningsIn(module, name).map((facts) =>
        line({
          module: module.name,
          name,
          in: facts.in,
          args: facts.args,
          since: facts.since,
          until: facts.until,
          commercial: facts.commercial ?? false,
        }),
      ),
    ),
  );

test('every directive that nginx has is in its room, as nginx has it', () => {
  expect(theirs.filter((each) => !ours.includes(each))).toEqual([]);
});

test('every directive in a room of nginx is one that nginx has', () => {
  expect(ours.filter((each) => !theirs.includes(each))).toEqual([]);
});
