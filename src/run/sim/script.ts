import { milliseconds } from '../duration.ts';
import type { KnownServer } from './servers.ts';

/** Something that happens to a server at a time of a simulation. */
export interface SimAction {
  /** Milliseconds from the start. */
  readonly at: number;
  readonly verb: 'kill' | 'start';
  readonly server: KnownServer;
}

/** An event that cannot be played: its text is not understood, or it names no server. */
export class ScriptError extends Error {
  override name = 'ScriptError';
}

/** Reads `20s kill b1`; throws a ScriptError when it is none, or the server is none of these. */
export function readAction(text: string, servers: readonly KnownServer[]): SimAction {
  const [, time = '', verb, name = ''] = /^(\d+(?:\.\d+)?(?:ms|s|m|h))\s+(kill|start)\s+(\S+)$/.exec(text.trim()) ?? [];
  if (verb !== 'kill' && verb !== 'start')
    throw new ScriptError(`"${text}" is not understood: it looks like '20s kill b1' or '70s start 10.0.0.7:80'`);
  const server = servers.find((known) => known.label === name || known.name === name || known.name.startsWith(`${name}:`));
  if (server) return { at: milliseconds(time), verb, server };
  const known = servers.map(({ label, name: address }) => `${label} (${address})`).join(', ');
  throw new ScriptError(`"${text}" names no server; there is ${known || 'none'}`);
}
