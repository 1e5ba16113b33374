import { type Cidr, parseCidr } from '../../../schema/values/grammar/cidr.ts';
import { type IpAddress, noAddress, prefixOf } from '../../../schema/values/ip-address.ts';

/** Reads a network of `geo`: 255.255.255.255 stands for whatever is no address (ngx_http_geo_cidr_value). */
export function readNetwork(text: string): Cidr | undefined {
  return text === '255.255.255.255' ? { family: 4, address: noAddress, bits: 32, hasHostBits: false } : parseCidr(text);
}

/** Values by network; the smallest network decides. */
export class Networks {
  /** By length, then by the leading digits. */
  private readonly v4 = new Map<number, Map<number | string, string>>();
  private readonly v6 = new Map<number, Map<number | string, string>>();
  private lengths4: readonly number[] = [];
  private lengths6: readonly number[] = [];

  /** Returns the value that the network had; a later one replaces it. */
  set(network: Cidr, value: string): string | undefined {
    const { table, bits, key } = this.placeOf(network);
    let level = table.get(bits);
    if (!level) {
      table.set(bits, (level = new Map()));
      this.lengths4 = longestFirst(this.v4);
      this.lengths6 = longestFirst(this.v6);
    }
    const old = level.get(key);
    level.set(key, value);
    return old;
  }

  delete(network: Cidr): boolean {
    const { table, bits, key } = this.placeOf(network);
    return table.get(bits)?.delete(key) ?? false;
  }

  setDefault(value: string): void {
    this.set({ family: 4, address: 0, bits: 0, hasHostBits: false }, value);
    this.set({ family: 6, key: '/0', hasHostBits: false }, value);
  }

  // ngx_http_geo_cidr_variable
  find(address: IpAddress | undefined): string {
    if (address?.v6 !== undefined && address.v4 === undefined) return this.find6(address.v6);
    const number = address?.v4 ?? noAddress;
    for (const bits of this.lengths4) {
      const size = 2 ** (32 - bits);
      const value = this.v4.get(bits)?.get(number - (number % size));
      if (value !== undefined) return value;
    }
    return '';
  }

  private find6(digits: string): string {
    for (const bits of this.lengths6) {
      const value = this.v6.get(bits)?.get(digits.slice(0, bits));
      if (value !== undefined) return value;
    }
    return '';
  }

  private placeOf(network: Cidr) {
    if (network.family === 4) return { table: this.v4, bits: network.bits, key: network.address };
    const key = prefixOf(network.key);
    return { table: this.v6, bits: key.length, key };
  }
}

function longestFirst(table: ReadonlyMap<number, unknown>): readonly number[] {
  return [...table.keys()].sort((a, b) => b - a);
}
