import { isLiteral } from './addresses.ts';
import type { Address, Network } from './host.ts';

/** Other places for addresses: where a configuration listens and connects, and where that really happens. */
export interface Routes {
  /** Where to listen instead. */
  listenAt(address: Address): Address;
  /** Where to connect instead. A name that `resolve` made an address of arrives here as its host. */
  connectTo(address: Address): Address;
  /**
   * True when a name that resolves to nothing shall stand for itself: it becomes the address of its peer, is shown as
   * it is written, and is for `connectTo` to replace.
   */
  standsForItself(name: string): boolean;
}

/** A network on which some addresses are elsewhere; whoever uses it sees the addresses that it asked for. */
export function rerouted(network: Network, { listenAt, connectTo, standsForItself }: Routes): Network {
  return {
    async listen(address, accept) {
      const listener = await network.listen(listenAt(address), accept);
      return listener;
    },
    connect: (address, options) => network.connect(connectTo(address), options),
    async resolve(name) {
      if (isLiteral(name)) return [name];
      const found = await network.resolve(name);
      return found.length === 0 && standsForItself(name) ? [name] : found;
    },
  };
}
