import { effectiveFor, pathAround } from '../model/inherited.ts';
import type { Pass } from '../model/references.ts';
import type { Use } from '../model/scope.ts';

/** Words in a location's path that say that WebSockets, and nothing else, are meant. */
export const webSocketWords = [
  'ws',
  'wss',
  'websocket',
  'websockets',
  'socket.io',
  'sockjs',
  'signalr',
  'hub',
  'cable',
  'live',
  'hmr',
];

/** The `proxy_set_header Upgrade …` in force that passes a client's wish on; undefined without one, or when it is empty. */
export function upgradeHeader({ scope }: Pass): Use | undefined {
  const use = effectiveFor(scope, 'proxy_set_header', 'Upgrade');
  return use && use.directive.args[1] !== '' ? use : undefined;
}

/** True when the path of the location has one of these words: `/chat/ws`, `/socket.io/`. */
export function isOwnPath({ scope }: Pick<Pass, 'scope'>, words: readonly string[]): boolean {
  const parts = pathAround(scope)
    .toLowerCase()
    .replaceAll('\\', '')
    .split(/[^a-z0-9.]+/)
    .map((part) => part.replace(/^\.+|\.+$/g, ''));
  return parts.some((part) => words.includes(part));
}
