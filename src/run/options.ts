import type { Flavor } from '../model/check/target.ts';
import type { ClientResponse } from '../runtime/client/exchange.ts';
import type { Event } from '../runtime/events.ts';
import type { BackendHandler } from '../runtime/mock/http-server.ts';
import type { BackendControl, PlacedBackend } from './backends.ts';
import type { Burst } from './burst.ts';
import type { Explanation } from './explain/explanation.ts';
import type { FetchInit, ListeningAt } from './fetch.ts';
import type { ServedRoot } from './roots.ts';
import type { SeenSession, SessionHop } from './sessions/session-tracker.ts';
import type { RunSource } from './source.ts';

/** How a configuration is run; everything has a default. */
export interface RunOptions {
  /** `virtual`: in memory, where no time passes but by `advance`. `real`, the default: on sockets of this machine. */
  readonly clock?: 'real' | 'virtual';
  /** Backends in this process, by address (`10.0.0.7:80`) or host (`web01`). */
  readonly backends?: Readonly<Record<string, BackendHandler>>;
  /** What stands in for the other backends: mocks for those that cannot be reached (default), for all, for none. */
  readonly mock?: 'unreachable' | 'all' | 'none';
  /** Other addresses for backends: `{ '10.0.0.7:80': '127.0.0.1:3001' }`. */
  readonly map?: Readonly<Record<string, string>>;
  /** Other addresses for listeners: `{ 80: 8080 }`, `{ '10.0.0.1:80': '127.0.0.1:8080' }`. */
  readonly listen?: Readonly<Record<string, string | number>>;
  /** `free` (default): at any free port; `own`: at the configured ports, or near them. On a virtual network: as configured. */
  readonly ports?: 'own' | 'free';
  /** Leave the loopback interface: listen on and connect to other addresses, ask DNS. */
  readonly allowNet?: boolean;
  /** Where directories of the configuration are: `{ '/code/test': './public' }`. */
  readonly roots?: Readonly<Record<string, string>>;
  /** Files of the virtual machine: path to content; or `real`: those that a run on this machine may read, and nothing is written. */
  readonly disk?: Readonly<Record<string, string | Buffer>> | 'real';
  /** The nginx whose behaviour is played; the newest stable one unless given. */
  readonly nginxVersion?: string;
  /** Whose nginx it is: `oss` (nginx.org's, with third-party modules) unless given; `tengine` checks with its own module. */
  readonly flavor?: Flavor;
  /** What `$hostname` is; this machine's name unless given. */
  readonly hostname?: string;
  /** Chooses the random numbers of the virtual machine. */
  readonly seed?: number;
  /** How many times faster than it does time passes on this machine: checks every 3 s come every 30 ms at 100. */
  readonly speed?: number;
  /** Worker processes, each with what it knows of peers for itself but where they have a `zone`; `peers` are the first one's. 1 unless given. */
  readonly workers?: number;
  /** True when redirects and `$server_port` show the port that is really listened on. */
  readonly realPorts?: boolean;
  /** Told of every decision as it is made. */
  readonly onEvent?: (event: Event) => void;
  /** Further cookies that name a session, beside PHPSESSID, JSESSIONID, connect.sid and their like; false to follow none. */
  readonly sessionCookies?: readonly string[] | false;
  /** Told when a session cookie of one peer gets to another one, before the event that ends the request. */
  readonly onSessionHop?: (hop: SessionHop) => void;
  /** Told of every line of the error log. */
  readonly onLog?: (line: string) => void;
  /** Told of files that were asked for, but may not be seen. */
  readonly onHidden?: (path: string, why: 'read' | 'written') => void;
}

/** A request to explain; its method may stand before the URL. */
export interface ExplainInit extends FetchInit {
  /** A location, as it is written or by its name alone: why it was not the one. */
  readonly whyNot?: string;
}

/** A part of the configuration that is known, and not run. */
export interface NotRunLine {
  readonly directive: string;
  /** `lb.conf:12` */
  readonly place: string;
  readonly why: string;
  /** True for what only a real nginx could use: its processes, sockets, caches. Answers are the same without it. */
  readonly harmless: boolean;
}

/** One server of an upstream, as it is now. */
export interface PeerState {
  /** As nginx shows it. */
  readonly name: string;
  readonly backup: boolean;
  readonly down: boolean;
  /** True while active checks find it down. */
  readonly checkDown: boolean;
  readonly fails: number;
  readonly requests: number;
  readonly weight: number;
  readonly conns: number;
}

/** A running configuration. */
export interface RunningNginx {
  /** Where the first listener is: `http://127.0.0.1:8080`; null when it listens nowhere. */
  readonly url: string | null;
  readonly listeners: readonly ListeningAt[];
  readonly backends: readonly PlacedBackend[];
  readonly roots: readonly ServedRoot[];
  readonly notRun: readonly NotRunLine[];
  /** What was put around a fragment, in words; null for a whole configuration. */
  readonly wrapped: string | null;
  /** The files that were read. */
  readonly files: readonly string[];
  /** What it has written to its logs: the last ten thousand lines of each kind, wherever the configuration sends them. */
  readonly logs: { readonly access: readonly string[]; readonly error: readonly string[] };
  /** Milliseconds of the clock that it runs by; on a virtual machine since the start. */
  readonly elapsed: number;
  /** The session cookies that peers have issued, and where they were sent since. */
  readonly sessions: readonly SeenSession[];
  /** Sends a request to the listener on the URL's port, with the URL's host as Host. A path alone goes to the first listener. */
  fetch(url: string, init?: FetchInit): Promise<ClientResponse>;
  /** `fetch` with GET. */
  get(url: string, init?: Omit<FetchInit, 'method' | 'body'>): Promise<ClientResponse>;
  /** Sends a request so many times, one after another, and counts who answers; `/` unless given. */
  burst(count: number, url?: string, init?: FetchInit): Promise<Burst>;
  /** Sends bytes as they are, and reads one response. */
  send(bytes: string | Buffer, options?: { readonly port?: number; readonly ip?: string }): Promise<ClientResponse>;
  /**
   * Sends a request (`GET http://www.a.com/x`, or a URL alone) as `fetch` does, and tells what became of it, and why: it
   * counts for balancers like any other. The promise rejects when `whyNot` names no location.
   */
  explain(request: string, init?: ExplainInit): Promise<Explanation>;
  /** The servers of an upstream: primaries, then backups. */
  peers(upstream: string): readonly PeerState[];
  /** One server of an upstream, by its name as nginx shows it (`web01:80`) or its host. */
  peer(upstream: string, server: string): PeerState;
  /** The backend of that address or host when it lives in this process, to be watched and broken. */
  backend(name: string): BackendControl;
  /** Takes another configuration over without losing a connection; rejects, and keeps the old one, when that cannot be run. */
  reload(source: RunSource): Promise<void>;
  /** Lets virtual time pass: milliseconds, or `500ms`, `10s`, `2m`, `1h`. */
  advance(time: number | string): Promise<void>;
  /** Stops listening and closes everything. */
  stop(): Promise<void>;
}
