import { ServerTable } from '../../model/routes/server-names.ts';
import type { HeadLimits } from '../codec/http1-request-head.ts';
import type { Request } from '../http/request.ts';
import type { PlannedServer } from './planned.ts';

/** The servers of an address by name, and what its default server says for requests whose host is not known yet. */
export class ServerNames extends ServerTable<Request, PlannedServer> {
  /** Buffers for heads, as the default server says. */
  readonly limits: HeadLimits;
  /** Connections begin with the PROXY protocol. */
  readonly proxyProtocol: boolean;

  constructor(first: PlannedServer, proxyProtocol: boolean) {
    super(first);
    this.proxyProtocol = proxyProtocol;
    const { clientHeaderBufferSize, largeClientHeaderBuffers: large } = first.root.core;
    this.limits = { first: clientHeaderBufferSize, count: large.count, size: large.size };
  }
}
