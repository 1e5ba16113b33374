import type { HeadLimits } from '../codec/http1-request-head.ts';
import type { Matcher } from '../hooks.ts';
import type { Request } from '../http/request.ts';
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
  private readonly exact = new Map<string, PlannedServer>();
  /** `*.example.com` by `.example.com`. */
  private readonly heads = new Map<string, PlannedServer>();
  /** `mail.*` by `mail.`. */
  private readonly tails = new Map<string, PlannedServer>();
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
    const lower = name.toLowerCase();
    if (lower.startsWith('*.')) return put(this.heads, lower.slice(1), server);
    if (lower.endsWith('.*')) return put(this.tails, lower.slice(0, -1), server);
    if (lower.startsWith('.')) return put(this.exact, lower.slice(1), server) && put(this.heads, lower, server);
    return put(this.exact, lower, server);
  }

  addRegex(matcher: Matcher, server: PlannedServer): void {
    this.single = false;
    this.regexes.push({ matcher, server });
  }

  find(host: string, r: Request): PlannedServer {
    this.how = 'default';
    if (this.single || host === '') return this.first;
    const found = this.exact.get(host);
    if (found) return this.found('exact', found);
    const wild = (this.heads.size > 0 && this.byHead(host)) || (this.tails.size > 0 && this.byTail(host));
    if (wild) return this.found('wildcard', wild);
    for (const { matcher, server } of this.regexes) if (matcher.matches(r, host)) return this.found('regex', server);
    return this.first;
  }

  private found(how: HowChosen, server: PlannedServer): PlannedServer {
    this.how = how;
    return server;
  }

  private byHead(host: string): PlannedServer | undefined {
    for (let dot = host.indexOf('.'); dot > 0; dot = host.indexOf('.', dot + 1)) {
      const server = this.heads.get(host.slice(dot));
      if (server) return server;
    }
    return undefined;
  }

  private byTail(host: string): PlannedServer | undefined {
    for (let dot = host.lastIndexOf('.'); dot > 0; dot = host.lastIndexOf('.', dot - 1)) {
      const server = this.tails.get(host.slice(0, dot + 1));
      if (server) return server;
    }
    return undefined;
  }
}

function put(table: Map<string, PlannedServer>, key: string, server: PlannedServer): boolean {
  const other = table.get(key);
  if (!other) table.set(key, server);
  return !other || other === server;
}
