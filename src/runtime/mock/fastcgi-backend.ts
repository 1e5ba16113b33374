import type { Address, Socket, SystemError } from '../../host/host.ts';
import { type BackendServer, listenAsBackend, type Machine } from './backend-server.ts';
import { cgiResponse, requestOfParams } from './cgi-messages.ts';
import type { BackendHandler, BackendRequest } from './http-server.ts';

/*
 * The responder's side of FastCGI. A handler sees the params as the request's headers, and answers as over HTTP.
 */

const beginRequest = 1;
const endRequest = 3;
const params = 4;
const stdin = 5;
const stdout = 6;

/** Serves FastCGI with a handler. */
export function serveFastcgi(machine: Machine, address: Address, handler: BackendHandler): Promise<BackendServer | SystemError> {
  return listenAsBackend(machine, address, (socket, gone) => {
    const connection = new Connection(socket, handler);
    socket.handler = { data: (chunk) => connection.receive(chunk), end: () => socket.end(), closed: gone };
  });
}

class Connection {
  private bytes: Buffer = Buffer.alloc(0);
  private keep = false;
  private params: Buffer[] = [];
  private body: Buffer[] = [];

  constructor(
    private readonly socket: Socket,
    private readonly handler: BackendHandler,
  ) {}

  receive(chunk: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    while (this.bytes.length >= 8) {
      const length = this.bytes.readUInt16BE(4);
      const end = 8 + length + this.bytes.readUInt8(6);
      if (this.bytes.length < end) return;
      const record = this.bytes.subarray(0, 8 + length);
      this.bytes = this.bytes.subarray(end);
      this.take(record.readUInt8(1), record.readUInt16BE(2), record.subarray(8));
    }
  }

  private take(type: number, id: number, content: Buffer): void {
    if (type === beginRequest) {
      this.keep = ((content[2] ?? 0) & 1) === 1;
      this.params = [];
      this.body = [];
    } else if (type === params) this.params.push(Buffer.from(content));
    else if (type === stdin && content.length > 0) this.body.push(Buffer.from(content));
    else if (type === stdin) void this.answer(id, requestOf(Buffer.concat(this.params), Buffer.concat(this.body)));
  }

  private async answer(id: number, request: BackendRequest): Promise<void> {
    const reply = await this.handler(request);
    if (reply === null) {
      this.socket.destroy();
      return;
    }
    const bytes = cgiResponse(reply);
    for (let at = 0; at < bytes.length; at += 65_535) this.socket.write(record(stdout, id, bytes.subarray(at, at + 65_535)));
    this.socket.write(Buffer.concat([record(stdout, id, Buffer.alloc(0)), record(endRequest, id, Buffer.alloc(8))]));
    if (!this.keep) this.socket.end();
  }
}

function record(type: number, id: number, content: Buffer): Buffer {
  const padding = (8 - (content.length % 8)) % 8;
  const header = Buffer.from([1, type, id >> 8, id & 0xff, content.length >> 8, content.length & 0xff, padding, 0]);
  return Buffer.concat([header, content, Buffer.alloc(padding)]);
}

function requestOf(encoded: Buffer, body: Buffer): BackendRequest {
  const list: (readonly [string, string])[] = [];
  for (let at = 0; at < encoded.length; ) {
    const [nameLength, afterName] = lengthAt(encoded, at);
    const [valueLength, start] = lengthAt(encoded, afterName);
    const middle = start + nameLength;
    list.push([encoded.toString('latin1', start, middle), encoded.toString('latin1', middle, middle + valueLength)]);
    at = middle + valueLength;
  }
  return requestOfParams(list, body);
}

/** A length of one byte, or of four when the first bit is set; and the offset behind it. */
function lengthAt(bytes: Buffer, at: number): [length: number, next: number] {
  const first = bytes[at] ?? 0;
  return first < 0x80 ? [first, at + 1] : [bytes.readUInt32BE(at) & 0x7fff_ffff, at + 4];
}
