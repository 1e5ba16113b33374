import { type Address, failed, type Listener, type Network, type Socket, type SystemError } from '../../host/host.ts';

/** A listening backend. */
export interface BackendServer extends Listener {
  /** Closes the listener and resets every connection: what a killed process leaves behind. */
  kill(): void;
}

/** Listens as a backend; `serve` sets the handler of each connection and calls `gone` when that is closed. */
export async function listenAsBackend(
  network: Network,
  address: Address,
  serve: (socket: Socket, gone: () => void) => void,
): Promise<BackendServer | SystemError> {
  const open = new Set<Socket>();
  const listener = await network.listen(address, (socket) => {
    open.add(socket);
    serve(socket, () => open.delete(socket));
  });
  if (failed(listener)) return listener;
  const kill = () => {
    listener.close();
    for (const socket of open) socket.reset();
  };
  return { address: listener.address, close: () => listener.close(), kill };
}
