import type { HeadLimits } from '../codec/http1-request-head.ts';
import type { Matcher } from '../hooks.ts';
import type { Request } from '../http/request.ts';
import { HostTable } from './host-table.ts';
import type { PlannedServer } from './planned.ts';

export type HowChosen = 'exact' | 'wildcard' | 'regex' | 'default';

/** Chooses a server by the request's host (ngx_http_find_virtual_server). One table for each address. */
export class ServerNames {
  /** The default server of the address. */
  readonly first: PlannedServer;
  /** Buffers for heads, as the default server says. */
  readonly limits: HeadLimits;
  /** How the last lookup went, for events. */
  how: HowChosen = 'default';
  private readonly table = new HostTable<PlannedServer>();
  private readonly regexes: { readonly matcher: Matcher; readonly server: PlannedServer }[] = [];
  private single = true;

  constructor(first: PlannedServer) {
    this.first = first;
    const { clientHeaderBufferSize, largeClientHeaderBuffers: large } = first.root.core;
    this.limits = { first: clientHeaderBufferSize, count: large.count, size: large.size };
  }

  /** Adds one name of a server; the first one wins. Returns false when another server has it already. */
  add(name: string, server: PlannedServer): boolean {
    this.single = false;
    return this.table.add(name, server);
  }

  addRegex(matcher: Matcher, server: PlannedServer): void {
    this.single = false;
    this.regexes.push({ matcher, server });
  }

  find(host: string, r: Request): PlannedServer {
    this.how = 'default';
    if (this.single || host === '') return this.first;
    const found = this.table.named(host);
    if (found) return this.found('exact', found);
    const wild = this.table.matching(host);
    if (wild) return this.found('wildcard', wild);
    for (const { matcher, server } of this.regexes) if (matcher.matches(r, host)) return this.found('regex', server);
    return this.first;
  }

  private found(how: HowChosen, server: PlannedServer): PlannedServer {
    this.how = how;
    return server;
  }
}
