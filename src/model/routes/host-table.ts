import { inLowerCase } from '../address.ts';

/** Values by names of hosts, of which some begin or end with a star (ngx_hash_find_combined). */
export class HostTable<T> {
  private readonly exact = new Map<string, T>();
  /** `*.example.com` by `.example.com`. */
  private readonly heads = new Map<string, T>();
  /** `mail.*` by `mail.`. */
  private readonly tails = new Map<string, T>();

  /** Adds a name, or a name with a star; the first one wins. Returns false when it stands for something else already. */
  add(name: string, value: T): boolean {
    const lower = inLowerCase(name);
    if (lower.startsWith('*.')) return put(this.heads, lower.slice(1), value);
    if (lower.endsWith('.*')) return put(this.tails, lower.slice(0, -1), value);
    if (lower.startsWith('.')) return put(this.exact, lower.slice(1), value) && put(this.heads, lower, value);
    return put(this.exact, lower, value);
  }

  /** Adds a text in which a star is nothing special. */
  addExact(name: string, value: T): boolean {
    return put(this.exact, inLowerCase(name), value);
  }

  /** The value of a name as it stands. */
  named(host: string): T | undefined {
    return this.exact.get(host);
  }

  /** The value of the longest name with a star: those at the beginning first. */
  matching(host: string): T | undefined {
    return (this.heads.size > 0 ? this.byHead(host) : undefined) ?? (this.tails.size > 0 ? this.byTail(host) : undefined);
  }

  private byHead(host: string): T | undefined {
    for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      const value = this.heads.get(host.slice(dot));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  private byTail(host: string): T | undefined {
    for (let dot = host.lastIndexOf('.'); dot > 0; dot = host.lastIndexOf('.', dot - 1)) {
      const value = this.tails.get(host.slice(0, dot + 1));
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

function put<T>(table: Map<string, T>, key: string, value: T): boolean {
  const other = table.get(key);
  if (other === undefined) table.set(key, value);
  return other === undefined || other === value;
}
