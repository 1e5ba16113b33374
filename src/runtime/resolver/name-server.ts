import type { Address, Datagrams, Host, Socket, SystemError } from '../../host/host.ts';
import { printAddress } from '../../host/host.ts';
import { Deadline } from '../deadline.ts';
import { systemErrorText } from '../http/system-error-text.ts';
import type { LogLevel } from '../log-level.ts';

/** Who asks name servers. */
export interface NameServerOwner {
  /** A message has come; nobody knows yet whether it answers anything. */
  answered(message: Buffer, overTcp: boolean): void;
  log(level: LogLevel, message: string): void;
}

/** A connection without new questions is closed after so many milliseconds (nginx: tcp_timeout). */
const tcpTimeout = 5000;
/** Bytes of questions that wait for a connection (NGX_RESOLVER_TCP_WSIZE). */
const mostWaiting = 8192;

/** One server and the sockets to it, opened when they are needed (ngx_resolver_connection_t). */
export class NameServer {
  private readonly host: Host;
  private readonly address: Address;
  private readonly owner: NameServerOwner;
  private udp: Datagrams | null = null;
  private tcp: TcpQueries | null = null;

  constructor(host: Host, address: Address, owner: NameServerOwner) {
    this.host = host;
    this.address = address;
    this.owner = owner;
  }

  /** ngx_resolver_send_udp_query */
  sendUdp(query: Buffer): void {
    this.udp ??= this.host.network.datagrams(this.address, {
      received: (message) => this.owner.answered(message, false),
      failed: (error) => {
        this.udp = null;
        this.complain('recv() failed', error);
      },
    });
    this.udp.send(query);
  }

  /** ngx_resolver_send_tcp_query */
  sendTcp(query: Buffer): void {
    if (this.tcp?.isOpen !== true) {
      this.tcp = new TcpQueries(this.host, this.address, this.owner, (error) => this.complain('send() failed', error));
    }
    if (!this.tcp.send(query)) this.owner.log('crit', `buffer overflow${this.context}`);
  }

  close(): void {
    this.udp?.close();
    this.udp = null;
    this.tcp?.close();
    this.tcp = null;
  }

  private complain(call: string, error: SystemError): void {
    this.owner.log('error', `${call} (${systemErrorText(error)})${this.context}`);
  }

  private get context(): string {
    return ` while resolving, resolver: ${printAddress(this.address)}`;
  }
}

/** Questions and answers on a stream, each behind its length (RFC 1035 section 4.2.2). */
class TcpQueries {
  isOpen = true;
  private readonly socket: Socket;
  private readonly deadline: Deadline;
  private connected = false;
  private waiting: Buffer[] = [];
  private waitingSize = 0;
  private received: Buffer = Buffer.alloc(0);

  constructor(host: Host, address: Address, owner: NameServerOwner, failed: (error: SystemError) => void) {
    this.deadline = new Deadline(host.clock, () => this.close());
    this.deadline.set(tcpTimeout);
    this.socket = host.network.connect(address, {});
    this.socket.handler = {
      connected: () => {
        this.connected = true;
        this.socket.writeAll(this.waiting);
        this.waiting = [];
        this.waitingSize = 0;
      },
      data: (chunk) => this.take(chunk, owner),
      end: () => this.close(),
      closed: (error) => {
        if (this.isOpen && error) failed(error);
        this.close();
      },
    };
  }

  /** False when too much is waiting already. */
  send(query: Buffer): boolean {
    if (this.waitingSize + 2 + query.length > mostWaiting) return false;
    const length = Buffer.of(query.length >> 8, query.length & 255);
    if (this.connected) {
      this.socket.writeAll([length, query]);
      this.deadline.set(tcpTimeout);
    } else {
      this.waiting.push(length, query);
      this.waitingSize += 2 + query.length;
    }
    return true;
  }

  close(): void {
    this.isOpen = false;
    this.deadline.stop();
    this.socket.destroy();
  }

  /** ngx_resolver_tcp_read */
  private take(chunk: Buffer, owner: NameServerOwner): void {
    let bytes = this.received.length > 0 ? Buffer.concat([this.received, chunk]) : chunk;
    while (this.isOpen && bytes.length >= 2) {
      const end = 2 + bytes.readUInt16BE(0);
      if (bytes.length < end) break;
      owner.answered(bytes.subarray(2, end), true);
      bytes = bytes.subarray(end);
    }
    this.received = bytes;
  }
}
