import type { Model } from '../../model/build.ts';
import type { Pass } from '../../model/references.ts';
import type { Ledger } from '../gaps.ts';

/** How IPVS hands packets on: through itself (`nat`), on the same wire (`dr`), or in a tunnel (`tun`). */
export type LbKind = 'nat' | 'dr' | 'tun';

/** What a user must choose, and may. */
export interface KeepalivedOptions {
  readonly kind: LbKind;
  /** Virtual addresses; the first of a family stands for every `listen` of it. */
  readonly vips: readonly string[];
  /** The network interface of a `vrrp_instance` that holds them. */
  readonly vrrp?: string;
  /** Addresses of hosts that upstreams name. */
  readonly hosts: ReadonlyMap<string, string>;
}

/** One compilation: what is read, what is said of it. */
export interface Job {
  readonly model: Model;
  readonly ledger: Ledger;
  readonly options: KeepalivedOptions;
}

/** An address of the configuration, and where its connections go. */
export interface Service {
  readonly vip: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly pass: Pass;
}

/** True for the text of an IPv6 address. */
export function isV6(address: string): boolean {
  return address.includes(':');
}

/** A name in a comment: nothing in it ends the line. */
export function inOneLine(name: string): string {
  return name.replace(/[\s\p{Cc}]+/gu, ' ');
}
