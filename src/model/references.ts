import { display } from '../base/source-text.ts';
import { http, stream, streamServer, streamUpstream } from '../schema/contexts.ts';
import { type Address, addressOf, inLowerCase } from './address.ts';
import type { Model } from './build.ts';
import { textOf } from './flow/atom.ts';
import { type Flow, flowOf } from './flow/flow.ts';
import { type Scope, type Use, usesIn, usesNamed } from './scope.ts';

/** Directives that hand a request or a connection to a server elsewhere, and the family of directives they belong to. */
const protocols: ReadonlyMap<string, Protocol> = new Map([
  ['proxy_pass', 'proxy'],
  ['grpc_pass', 'grpc'],
  ['fastcgi_pass', 'fastcgi'],
  ['uwsgi_pass', 'uwsgi'],
  ['scgi_pass', 'scgi'],
  ['memcached_pass', 'memcached'],
]);

/** The directives that make a `Pass`. */
export const passNames: readonly string[] = [...protocols.keys()];

/** The first word of the directives that rule how something is passed. */
export type Protocol = 'proxy' | 'grpc' | 'fastcgi' | 'uwsgi' | 'scgi' | 'memcached';

/* Names and addresses in here are decoded, as people read them; arguments of directives are bytes. */

/** One `server` line of an upstream. */
export interface UpstreamServer {
  readonly use: Use;
  readonly address: Address;
  readonly backup: boolean;
  readonly down: boolean;
}

/** One `upstream` block. */
export interface Upstream {
  readonly name: string;
  readonly use: Use;
  readonly scope: Scope;
  readonly inStream: boolean;
  readonly servers: readonly UpstreamServer[];
  /** Servers that take traffic in normal times. */
  readonly primaries: readonly UpstreamServer[];
  /** Everything that passes to it, as far as can be known. */
  readonly passes: readonly Pass[];
}

/** One `proxy_pass` or its like. */
export interface Pass {
  readonly use: Use;
  readonly scope: Scope;
  readonly protocol: Protocol;
  readonly inStream: boolean;
  /** Where it can go; null when that is not known before a request. */
  readonly targets: readonly Address[] | null;
  readonly upstreams: readonly Upstream[];
}

/** Who defines what, and who uses it. */
export interface References {
  readonly upstreams: readonly Upstream[];
  readonly passes: readonly Pass[];
}

/** Upstreams by their names in lower case. */
type Named = Readonly<Record<'http' | 'stream', ReadonlyMap<string, readonly Upstream[]>>>;

type OpenUpstream = Omit<Upstream, 'passes'> & { readonly passes: Pass[] };

const memory = new WeakMap<Model, References>();

/** The references of a model, gathered once. */
export function referencesOf(model: Model): References {
  let references = memory.get(model);
  if (!references) memory.set(model, (references = gather(model.root, flowOf(model))));
  return references;
}

function gather(root: Scope, flow: Flow): References {
  const blocks = usesNamed(root, ['upstream']).filter(({ scope }) => scope.context & (http | stream));
  const upstreams = blocks.flatMap(upstreamOf);
  const named = byName(upstreams);
  const passes: Pass[] = [];
  for (const use of usesNamed(root, passNames)) {
    const protocol = protocols.get(use.directive.name);
    const pass = protocol && passOf(use, protocol, flow, named);
    if (pass) passes.push(pass);
  }
  for (const pass of passes) for (const upstream of pass.upstreams) (upstream as OpenUpstream).passes.push(pass);
  return { upstreams, passes };
}

/** nginx compares names of upstreams without case; those of http and stream do not meet. */
function byName(upstreams: readonly Upstream[]): Named {
  const named = { http: new Map<string, Upstream[]>(), stream: new Map<string, Upstream[]>() };
  for (const upstream of upstreams) {
    const names = upstream.inStream ? named.stream : named.http;
    const name = inLowerCase(upstream.name);
    const same = names.get(name);
    if (same) same.push(upstream);
    else names.set(name, [upstream]);
  }
  return named;
}

function upstreamOf(use: Use): Upstream[] {
  const { opened: scope, directive } = use;
  const name = display(directive.args[0] ?? '');
  if (!scope || name === '') return [];
  const servers = usesIn(scope, 'server').map(serverOf);
  const primaries = servers.filter(({ backup, down }) => !backup && !down);
  return [{ name, use, scope, inStream: scope.context === streamUpstream, servers, primaries, passes: [] }];
}

function serverOf(use: Use): UpstreamServer {
  const [address = '', ...parameters] = use.directive.args;
  return { use, address: addressOf(display(address)), backup: parameters.includes('backup'), down: parameters.includes('down') };
}

function passOf(use: Use, protocol: Protocol, flow: Flow, named: Named): Pass | undefined {
  const [text] = use.directive.args;
  if (text === undefined) return undefined;
  const inStream = (use.scope.context & (stream | streamServer)) !== 0;
  const targets = textsOf(hostPart(text), use, flow)?.map((target) => addressOf(display(target))) ?? null;
  // An address with a port is never an upstream's name.
  const names = inStream ? named.stream : named.http;
  const hit = (targets ?? []).flatMap(({ host, port }) => (port === '' ? (names.get(host) ?? []) : []));
  return { use, scope: use.scope, protocol, inStream, targets, upstreams: [...new Set(hit)] };
}

/** Every text that the value can become; null when one of them is not known before a request. */
function textsOf(value: string, use: Use, flow: Flow): readonly string[] | null {
  if (!value.includes('$')) return [value];
  const texts: string[] = [];
  for (const { atoms } of flow.expand(value, { scope: use.scope, before: use }) ?? [{ atoms: null }]) {
    const text = atoms && textOf(atoms);
    if (text === null) return null;
    texts.push(text);
  }
  return texts;
}

/** The value up to the path, so that variables in the path do not matter. */
function hostPart(text: string): string {
  return /^unix:|:\/\/unix:/i.test(text) ? text : (/^(?:[a-z]+:\/\/)?[^/]*/i.exec(text)?.[0] ?? text);
}
