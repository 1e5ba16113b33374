import type { Model } from '../../model/build.ts';
import type { Pass } from '../../model/references.ts';
import type { Scope } from '../../model/scope.ts';
import type { Ledger } from '../gaps.ts';
import type { Names } from './words.ts';

/** A section of haproxy.cfg. */
export interface Section {
  readonly kind: 'global' | 'defaults' | 'userlist' | 'fcgi-app' | 'frontend' | 'listen' | 'backend';
  readonly name: string;
  readonly lines: readonly string[];
}

/** What a user may choose. */
export interface HaproxyOptions {
  /** HAProxy's release: `2.6`. */
  readonly version: string;
  /** Text of a file that the configuration names (passwords), or undefined when it cannot be read. */
  readonly read?: (path: string) => string | undefined;
}

/** One compilation: what is read, what is said of it, what is written. */
export interface Job {
  readonly model: Model;
  readonly ledger: Ledger;
  readonly options: HaproxyOptions;
  readonly names: Names;
  /** Sections beside frontends and backends: user lists, tables, FastCGI applications, by kind and content. */
  readonly extras: Section[];
  readonly backends: Section[];
  /** Names of backends by their lines. */
  readonly bodies: Map<string, string>;
  /** What passes requests of http on, by the block it stands in. */
  readonly passes: ReadonlyMap<Scope, Pass>;
  readonly globals: Globals;
}

/** What all sections share. */
export interface Globals {
  /** Bytes; 0: HAProxy's own. */
  bufferSize: number;
  usesTls: boolean;
  normalises: boolean;
}

/** True when the release that is written for is `wanted` or later. */
export function isSince({ options }: Job, wanted: string): boolean {
  const number = (text: string) => text.split('.').map(Number);
  const [[major = 0, minor = 0], [since = 0, sinceMinor = 0]] = [number(options.version), number(wanted)];
  return major > since || (major === since && minor >= sinceMinor);
}
