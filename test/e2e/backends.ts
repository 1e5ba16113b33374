import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server in this process, made with Node's own, so that the other side of the tests is not our code. */
export interface Web {
  readonly address: string;
  /** Requests answered. */
  readonly served: () => number;
  /** What a killed process leaves behind. */
  kill(): Promise<void>;
}

/** Starts a web server that answers with its name. */
export async function startWeb(name: string): Promise<Web> {
  let served = 0;
  const server: Server = createServer((request, response) => {
    served++;
    response.setHeader('X-Served-By', name);
    response.end(`${name} ${request.method} ${request.url} ${request.headers.host}\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    served: () => served,
    async kill() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
