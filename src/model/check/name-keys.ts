/** Host names and wildcards that a hash of nginx holds. */
export interface NameKeys {
  readonly exact: Set<string>;
  readonly head: Set<string>;
  readonly tail: Set<string>;
  /** What the hash of exact names is built from. */
  readonly names: string[];
}

export function newNameKeys(): NameKeys {
  return { exact: new Set(), head: new Set(), tail: new Set(), names: [] };
}

/** ngx_hash_add_key, with NGX_HASH_WILDCARD_KEY when `wildcards`. */
export function takeName(keys: NameKeys, name: string, wildcards: boolean): 'new' | 'taken' | 'invalid' {
  if (!wildcards) return takeExact(keys, name);
  const stars = name.split('*').length - 1;
  if (stars > 1 || name.includes('..')) return 'invalid';
  if (name.length > 1 && name.startsWith('.'))
    return take(keys.exact, name.slice(1)) === 'taken' ? 'taken' : take(keys.head, name.slice(1));
  if (name.length > 2 && name.startsWith('*.')) return take(keys.head, name.slice(2));
  if (name.length > 2 && name.endsWith('.*')) return take(keys.tail, name.slice(0, -2));
  return stars > 0 ? 'invalid' : takeExact(keys, name);
}

function takeExact({ exact, names }: NameKeys, name: string): 'new' | 'taken' {
  const taken = take(exact, name);
  if (taken === 'new') names.push(name);
  return taken;
}

function take(names: Set<string>, name: string): 'new' | 'taken' {
  if (names.has(name)) return 'taken';
  names.add(name);
  return 'new';
}
