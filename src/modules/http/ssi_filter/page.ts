import type { RequestState } from '../../../runtime/http/request-state.ts';

/** What the commands of a request and of its subrequests have in common. */
export interface SharedState {
  /** Variables that commands have set, by name in lower case. */
  readonly variables: Map<string, string>;
  readonly blocks: Block[];
  /** What the last regular expression that matched has captured. */
  captures: readonly (string | undefined)[];
}

/** A `block`: its text, commands as they were, for `include … stub`. */
export interface Block {
  readonly name: string;
  readonly pieces: Buffer[];
}

/** How `echo` writes. */
export type Encoding = 'none' | 'url' | 'entity';

/** What `$date_local` and `$date_gmt` look like before `config timefmt`. */
export const defaultTimeFormat = '%A, %d-%b-%Y %H:%M:%S %Z';

/** One answer that has commands (ngx_http_ssi_ctx_t). */
export class Page {
  timeFormat = defaultTimeFormat;
  errorMessage = '[an error occurred while processing the directive]';
  encoding: Encoding = 'entity';
  /** False in a branch that is not taken, and in a block. */
  shown = true;
  inBlock = false;
  /** Which commands of a condition may follow. */
  condition: 'none' | 'if' | 'else' = 'none';
  branchTaken = false;
  readonly r: RequestState;
  readonly shared: SharedState;
  /** Writes into the page. */
  readonly write: (text: string) => void;

  constructor(r: RequestState, write: (text: string) => void) {
    this.r = r;
    this.write = write;
    this.shared = sharedBy(r.main);
  }

  /** A variable that commands have set, or what was captured for a digit; the name in lower case. */
  own(name: string): string | undefined {
    return this.captured(name) ?? this.shared.variables.get(name);
  }

  /** Any variable, the page's own first. */
  variable(name: string): string | undefined {
    const lower = name.toLowerCase();
    return this.own(lower) ?? this.r.variable(lower);
  }

  /** Sets a variable, unless its name is that of a capture. */
  set(name: string, value: string): void {
    const lower = name.toLowerCase();
    if (this.captured(lower) === undefined) this.shared.variables.set(lower, value);
  }

  log(problem: string): false {
    this.r.log('error', problem);
    return false;
  }

  private captured(name: string): string | undefined {
    const { captures } = this.shared;
    return /^[0-9]$/.test(name) && Number(name) < captures.length ? (captures[Number(name)] ?? '') : undefined;
  }
}

function sharedBy({ moduleData }: RequestState): SharedState {
  let shared = moduleData.get(sharedBy) as SharedState | undefined;
  if (!shared) moduleData.set(sharedBy, (shared = { variables: new Map(), blocks: [], captures: [] }));
  return shared;
}
