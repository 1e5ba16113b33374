import { printAddress, type SocketHandler, type SystemError } from '../../host/host.ts';
import { readProxyHeader } from '../codec/proxy-protocol.ts';
import type { HttpConnection } from './connection.ts';

/**
 * Stands before a connection whose first bytes are a PROXY protocol's head: they must come in one piece
 * (the beginning of ngx_http_wait_request_handler).
 */
export class ProxyHeaderFirst implements SocketHandler {
  private readonly connection: HttpConnection;

  constructor(connection: HttpConnection) {
    this.connection = connection;
  }

  data(chunk: Buffer): void {
    const { connection } = this;
    const result = readProxyHeader(chunk);
    if ('error' in result) {
      this.refuse(result.error);
      return;
    }
    connection.proxyHeader = result.header;
    connection.socket.handler = connection;
    if (result.end < chunk.length) connection.data(chunk.subarray(result.end));
  }

  end(): void {
    this.connection.end();
  }

  closed(error: SystemError | null): void {
    this.connection.closed(error);
  }

  private refuse(error: string): void {
    const { engine, remoteAddr, id, socket, point } = this.connection;
    if (error !== '') {
      const where = ` while reading PROXY protocol, client: ${remoteAddr}, server: ${printAddress(socket.local)}`;
      engine.logs.error('error', error + where, id, point.serversFor(socket.local).first.root.errorLogs);
    }
    this.connection.destroy();
  }
}
