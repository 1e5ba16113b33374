import { type Address, failed, type Host, type Listener, type Socket, type SystemError } from '../../host/host.ts';

/** What a backend lives on. */
export type Machine = Pick<Host, 'network' | 'clock'>;

/** A listening backend. */
export interface BackendServer extends Listener {
  /** Closes the listener and resets every connection: what a killed process leaves behind. */
  kill(): void;
}

/** Milliseconds after which servers close a connection on which nothing has come (client_header_timeout). */
const patience = 60_000;

/** Listens as a backend; `serve` sets the handler of each connection and calls `gone` when that is closed. */
export async function listenAsBackend(
  { network, clock }: Machine,
  address: Address,
  serve: (socket: Socket, gone: () => void) => void,
): Promise<BackendServer | SystemError> {
  const open = new Set<Socket>();
  const listener = await network.listen(address, (socket) => {
    open.add(socket);
    const waiting = clock.after(patience, () => socket.end());
    serve(socket, () => {
      waiting.cancel();
      open.delete(socket);
    });
    const { handler } = socket;
    const take = handler.data.bind(handler);
    handler.data = (chunk) => {
      waiting.cancel();
      handler.data = take;
      take(chunk);
    };
  });
  if (failed(listener)) return listener;
  const kill = () => {
    listener.close();
    for (const socket of open) socket.reset();
  };
  return { address: listener.address, close: () => listener.close(), kill };
}
