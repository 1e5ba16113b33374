import { connect, type Socket } from 'node:net';

/** How a request ended: a status, or why there was none. */
export interface Outcome {
  readonly status: number | 'closed' | 'silent';
  readonly body: string;
}

const head = /^HTTP\/1\.1 (\d+)[\s\S]*?\r\nContent-Length: (\d+)\r\n[\s\S]*?\r\n\r\n/;

/** A client of 127.0.0.1 that sends one request after another on a connection it keeps, and opens another when that is lost. */
export class KeptClient {
  private socket: Socket | null = null;
  private received = '';
  private tell: ((outcome: Outcome) => void) | null = null;

  /** Nothing within `patience` milliseconds is silence. */
  constructor(
    private readonly port: number,
    private readonly patience = 10_000,
  ) {}

  ask(request: string): Promise<Outcome> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.close();
        this.finish('silent', '');
      }, this.patience);
      this.tell = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      this.received = '';
      this.connection().write(request, 'latin1');
    });
  }

  close(): void {
    const { socket } = this;
    this.socket = null;
    socket?.destroy();
  }

  private connection(): Socket {
    if (this.socket) return this.socket;
    const socket = connect(this.port, '127.0.0.1').setEncoding('latin1').setNoDelay(true);
    this.socket = socket;
    socket.on('data', (chunk: string) => this.take(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.finish('closed', this.received);
    });
    return socket;
  }

  private take(chunk: string): void {
    this.received += chunk;
    const [start = '', status = '', length = ''] = head.exec(this.received) ?? [];
    if (start === '' || this.received.length < start.length + Number(length)) return;
    if (/\r\nConnection: close\r\n/.test(start)) this.close();
    this.finish(Number(status), this.received.slice(start.length));
  }

  private finish(status: Outcome['status'], body: string): void {
    const { tell } = this;
    this.tell = null;
    tell?.({ status, body });
  }
}
