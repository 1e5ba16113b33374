import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Model } from '../../model/build.ts';
import { type InForce, inForce } from '../../model/in-force.ts';
import { mergeOf, type Scope, scopesWithin, type Use } from '../../model/scope.ts';
import { http, mail, main, server, stream } from '../../schema/contexts.ts';

/**
 * What each block takes from the blocks around it, as directives that mean the same when they are written into it. Left out, for a
 * copy would mean something else or nothing: handlers and what else belongs to one location (`alias` replaces the name of its own),
 * blocks of data, `proxy_redirect default`, and fields that `add_header_inherit` adds up.
 */
export function inheritedBy(model: Model): (block: ConfigDirective) => readonly ConfigDirective[] {
  const scopes = new Map<ConfigDirective, Scope>();
  for (const scope of scopesWithin(model.root)) if (scope.directive) scopes.set(scope.directive, scope);
  return (block) => {
    const scope = scopes.get(block);
    if (!scope) return [];
    const settings = inForce(scope).filter(({ from }) => from !== scope);
    const addsUp = new Set(inForce(scope).flatMap(({ uses }) => uses.flatMap(namesAddedUp)));
    return settings.filter((one) => mayBeCopied(one, addsUp)).flatMap(({ uses }) => uses.map(({ directive }) => directive));
  };
}

const outsideOfLocations = main | http | server | stream | mail;

function mayBeCopied({ uses }: InForce, addsUp: ReadonlySet<string>): boolean {
  return uses.every((use) => {
    const { directive, entry } = use;
    const merge = mergeOf(use);
    if (merge !== 'value' && merge !== 'list') return false;
    if (directive.node.block || (entry.facts.in & outsideOfLocations) === 0 || addsUp.has(directive.name)) return false;
    return !(directive.name === 'proxy_redirect' && directive.args[0] === 'default');
  });
}

function namesAddedUp({ directive: { name } }: Use): readonly string[] {
  const [, field] = /^(add_header|add_trailer)_inherit$/.exec(name) ?? [];
  return field === undefined ? [] : [field];
}
