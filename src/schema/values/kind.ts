/** What the arguments of a directive are; the readers beside this file turn them into values. */
export type ValueKind =
  | {
      readonly kind:
        | 'flag'
        | 'none'
        | 'ignored'
        | 'predicates'
        | 'mime-types'
        | 'access'
        | 'bufs'
        | 'keyval'
        | 'param'
        | 'complex'
        | 'custom'
        | 'name'
        | 'user'
        | 'charset'
        | 'string'
        | 'string-list';
      readonly file?: FileBase;
      readonly variables?: true;
    }
  | {
      readonly kind: 'enum' | 'bitmask' | 'enum-list' | 'header-name' | 'char';
      readonly values?: readonly string[];
      readonly open?: true;
      readonly pattern?: string;
    }
  | {
      readonly kind: 'number' | 'size' | 'offset' | 'time';
      readonly unit?: 'ms' | 's';
      readonly min?: number;
      readonly max?: number;
      readonly values?: readonly string[];
      readonly multipleOf?: string | number;
      readonly powerOfTwo?: true;
      readonly signed?: true;
      readonly variables?: true;
      readonly minEffective?: number;
    }
  | {
      readonly kind: 'path' | 'file-list' | 'cache-path';
      readonly file?: FileBase;
      readonly variables?: true;
      readonly values?: readonly string[];
      readonly glob?: true;
      readonly levels?: true;
      readonly grammar?: string;
    }
  | { readonly kind: 'regex'; readonly captures?: number }
  | {
      readonly kind: 'url' | 'uri' | 'address' | 'bind' | 'zone' | 'cidr';
      readonly schemes?: readonly string[];
      readonly values?: readonly string[];
      readonly variables?: true;
      readonly hostname?: true;
    }
  | { readonly kind: 'grammar' | 'cache-valid'; readonly grammar: string; readonly file?: FileBase };

/** Where a relative file name starts: nginx's `conf` directory, its prefix, or the current directory. */
export type FileBase = 'conf' | 'prefix' | 'cwd';
