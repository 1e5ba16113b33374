/** How a `location` is written: its kind and its name. */
export interface LocationName {
  readonly kind: 'exact' | 'prefix' | 'regex' | 'named';
  readonly name: string;
  readonly noRegex: boolean;
  readonly caseless: boolean;
}

/** Reads a location's arguments (ngx_http_core_location). */
export function readLocationName([first = '', second]: readonly string[]): LocationName {
  const [, modifier = '', glued = ''] = /^(=|\^~|~\*|~)?(.*)$/s.exec(first) ?? [];
  const name = second ?? glued;
  const kind =
    modifier === '='
      ? 'exact'
      : modifier.startsWith('~')
        ? 'regex'
        : name.startsWith('@') && second === undefined
          ? 'named'
          : 'prefix';
  return { kind, name, noRegex: modifier === '^~', caseless: modifier === '~*' };
}

/** Which argument of a `location` has its name: it may be glued to the modifier. */
export function nameIndex({ args }: { readonly args: readonly string[] }): number {
  return args.length - 1;
}
