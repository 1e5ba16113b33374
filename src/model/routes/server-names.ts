import { HostTable } from './host-table.ts';

/** Which way a server was chosen. */
export type HowChosen = 'exact' | 'wildcard' | 'regex' | 'default';

/** Chooses a server by the request's host (ngx_http_find_virtual_server). One table for each address. */
export class ServerTable<R, S> {
  /** The default server of the address. */
  readonly first: S;
  /** How the last lookup went. */
  how: HowChosen = 'default';
  private readonly table = new HostTable<S>();
  private readonly regexes: { readonly matcher: { matches(r: R, subject: string): boolean }; readonly server: S }[] = [];
  private single = true;

  constructor(first: S) {
    this.first = first;
  }

  /** Adds one name of a server; the first one wins. Returns false when another server has it already. */
  add(name: string, server: S): boolean {
    this.single = false;
    return this.table.add(name, server);
  }

  addRegex(matcher: { matches(r: R, subject: string): boolean }, server: S): void {
    this.single = false;
    this.regexes.push({ matcher, server });
  }

  find(host: string, r: R): S {
    this.how = 'default';
    if (this.single) return this.first;
    const found = this.table.named(host);
    if (found) return host === '' ? found : this.found('exact', found);
    if (host === '') return this.first;
    const wild = this.table.matching(host);
    if (wild) return this.found('wildcard', wild);
    for (const { matcher, server } of this.regexes) if (matcher.matches(r, host)) return this.found('regex', server);
    return this.first;
  }

  /** Every server that would answer for a host, in the order in which they are asked: for those who explain a choice. */
  candidates(host: string, r: R): readonly { readonly server: S; readonly how: HowChosen }[] {
    const all: { server: S; how: HowChosen }[] = [];
    const add = (server: S | undefined, how: HowChosen) => {
      if (server !== undefined && !all.some((other) => other.server === server)) all.push({ server, how });
    };
    if (host !== '') {
      add(this.table.named(host), 'exact');
      add(this.table.matching(host), 'wildcard');
      for (const { matcher, server } of this.regexes) if (matcher.matches(r, host)) add(server, 'regex');
    }
    add(this.first, 'default');
    return all;
  }

  private found(how: HowChosen, server: S): S {
    this.how = how;
    return server;
  }
}
