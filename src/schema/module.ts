import type { DirectiveFacts, DirectiveSpec, Settings } from './directive.ts';
import type { Value } from './setting.ts';

/** One nginx module: its name, its settings, its directives. */
export interface Module<S extends Settings = Settings> {
  /** nginx's own name: `ngx_http_access_module`. */
  readonly name: string;
  readonly settings: S;
  /** A name may have several meanings in one module (by context). */
  readonly directives: Readonly<Record<string, DirectiveFacts | readonly DirectiveFacts[]>>;
  /** The package it comes with, when it is not nginx's own. */
  readonly package?: string;
}

/** What a handler sees of a module's settings, merged. */
export type ValuesOf<S extends Settings> = { readonly [K in keyof S]: Value<S[K]> };

/** Describes a module; types make sure that every directive fills a setting that exists, with what it holds. */
export function defineModule<const S extends Settings = Record<never, never>>(module: {
  readonly name: string;
  readonly settings?: S;
  readonly directives: Readonly<Record<string, DirectiveSpec<S> | readonly DirectiveSpec<S>[]>>;
  readonly package?: string;
}): Module<S> {
  return { ...module, settings: module.settings ?? ({} as S) };
}

/** All meanings of a name in a module. */
export function meaningsIn(module: Module, name: string): readonly DirectiveFacts[] {
  const found = Object.hasOwn(module.directives, name) ? module.directives[name] : undefined;
  if (!found) return [];
  return Array.isArray(found) ? (found as readonly DirectiveFacts[]) : [found as DirectiveFacts];
}
