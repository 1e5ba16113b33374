import type { Address, Socket, SystemError } from '../../host/host.ts';
import { type BackendServer, listenAsBackend, type Machine } from './backend-server.ts';
import { cgiResponse, requestOfParams } from './cgi-messages.ts';
import type { BackendHandler } from './http-server.ts';

/*
 * The server's side of SCGI and uwsgi: one packet of params, then a body as long as CONTENT_LENGTH says; the connection
 * ends with the answer.
 */

type Params = (readonly [name: string, value: string])[];

/** Takes the params off the front; the bytes behind them, null while there are not enough. */
type Packet = (bytes: Buffer) => { readonly params: Params; readonly rest: Buffer } | null;

/** Serves SCGI with a handler. */
export function serveScgi(machine: Machine, address: Address, handler: BackendHandler): Promise<BackendServer | SystemError> {
  return serve(machine, address, handler, netstring);
}

/** Serves uwsgi with a handler. */
export function serveUwsgi(machine: Machine, address: Address, handler: BackendHandler): Promise<BackendServer | SystemError> {
  return serve(machine, address, handler, uwsgiPacket);
}

function serve(
  machine: Machine,
  address: Address,
  handler: BackendHandler,
  packet: Packet,
): Promise<BackendServer | SystemError> {
  return listenAsBackend(machine, address, (socket, gone) => {
    let bytes: Buffer = Buffer.alloc(0);
    let answered = false;
    socket.handler = {
      data(chunk) {
        bytes = Buffer.concat([bytes, chunk]);
        const head = packet(bytes);
        if (!head || answered) return;
        const length = Number(head.params.find(([name]) => name === 'CONTENT_LENGTH')?.[1] ?? '') || 0;
        if (head.rest.length < length) return;
        answered = true;
        void answer(socket, head.params, head.rest.subarray(0, length), handler);
      },
      end: () => socket.end(),
      closed: gone,
    };
  });
}

async function answer(socket: Socket, params: Params, body: Buffer, handler: BackendHandler): Promise<void> {
  const reply = await handler(requestOfParams(params, body));
  if (reply === null) {
    socket.destroy();
    return;
  }
  socket.write(cgiResponse(reply));
  socket.end();
}

/** `70:` name NUL value NUL … `,` */
function netstring(bytes: Buffer): ReturnType<Packet> {
  const colon = bytes.indexOf(58);
  if (colon < 0) return null;
  const end = colon + 1 + Number(bytes.toString('latin1', 0, colon));
  if (bytes.length <= end) return null;
  const words = bytes.toString('latin1', colon + 1, end - 1).split('\0');
  return { params: pairsOf(words), rest: bytes.subarray(end + 1) };
}

/** A modifier, a length of two bytes, a modifier; then texts, each behind its length. */
function uwsgiPacket(bytes: Buffer): ReturnType<Packet> {
  const end = bytes.length < 4 ? 4 : 4 + bytes.readUInt16LE(1);
  if (bytes.length < end) return null;
  const words: string[] = [];
  for (let at = 4; at + 2 <= end; ) {
    const next = at + 2 + bytes.readUInt16LE(at);
    words.push(bytes.toString('latin1', at + 2, next));
    at = next;
  }
  return { params: pairsOf(words), rest: bytes.subarray(end) };
}

function pairsOf(words: readonly string[]): Params {
  const pairs: Params = [];
  for (let at = 0; at + 1 < words.length; at += 2) pairs.push([words[at] as string, words[at + 1] as string]);
  return pairs;
}
