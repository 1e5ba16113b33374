import { factsIn, hasModule, isInRelease, type Target } from '../../src/model/check/target.ts';
import { catalog } from '../../src/modules/catalog.ts';
import { takes } from '../../src/schema/arity.ts';
import * as contexts from '../../src/schema/contexts.ts';
import type { DirectiveFacts } from '../../src/schema/directive.ts';
import { type Module, meaningsIn } from '../../src/schema/module.ts';
import type { Dice } from './mutate.ts';

/** A configuration around one statement. */
export interface Probe {
  readonly context: string;
  readonly statement: string;
  readonly text: string;
}

/** A place for a statement: its name, its context, and a configuration around it. */
type Place = readonly [name: string, context: number, around: (statement: string) => string];

const events = 'events {}';
const inServer = (inside: string): string => `${events} http { server { listen 28099;\n${inside}\n} }\n`;

/** Every context that nginx's own modules have on this machine. */
function places(load: string): readonly Place[] {
  return [
    ['main', contexts.main, (statement) => `${load}\n${events}\n${statement}\n`],
    ['events', contexts.events, (statement) => `${load}\nevents {\n${statement}\n}\n`],
    ['http', contexts.http, (statement) => `${load}${events} http {\n${statement}\n}\n`],
    ['server', contexts.server, (statement) => load + inServer(statement)],
    ['location', contexts.location, (statement) => load + inServer(`location /x {\n${statement}\n}`)],
    ['if in server', contexts.ifInServer, (statement) => load + inServer(`if ($arg_a) {\n${statement}\n}`)],
    ['if in location', contexts.ifInLocation, (statement) => load + inServer(`location /x { if ($arg_a) {\n${statement}\n} }`)],
    ['limit_except', contexts.limitExcept, (statement) => load + inServer(`location /x { limit_except GET {\n${statement}\n} }`)],
    [
      'upstream',
      contexts.upstream,
      (statement) => `${load}${events} http { upstream u {\nserver 127.0.0.1:1;\n${statement}\n} }\n`,
    ],
    ['stream', contexts.stream, (statement) => `${load}${events} stream {\n${statement}\n}\n`],
    [
      'server in stream',
      contexts.streamServer,
      (statement) => `${load}${events} stream { server { listen 28098; proxy_pass 127.0.0.1:1;\n${statement}\n} }\n`,
    ],
    [
      'upstream in stream',
      contexts.streamUpstream,
      (statement) => `${load}${events} stream { upstream u {\nserver 127.0.0.1:1;\n${statement}\n} }\n`,
    ],
    ['mail', contexts.mail, (statement) => `${load}${events} mail { auth_http 127.0.0.1:1;\n${statement}\n}\n`],
    [
      'server in mail',
      contexts.mailServer,
      (statement) => `${load}${events} mail { auth_http 127.0.0.1:1; server { listen 28097; protocol imap;\n${statement}\n} }\n`,
    ],
  ];
}

/** Directives that reach for the machine whatever their value is. */
const leftOut = new Set(['load_module', 'user', 'daemon']);

/** Every directive in every context with every number of arguments up to one more than it takes, as a statement and as a block. */
export function structureProbes(load: string): Probe[] {
  const probes = new Map<string, Probe>();
  for (const { name, most } of names()) {
    for (const [context, , around] of places(load)) {
      for (let count = 0; count <= most + 1; count++) {
        const words = [name, ...Array.from({ length: count }, (_, index) => `a${index}`)].join(' ');
        for (const statement of count === 1 ? [`${words};`, `${words} {}`] : [`${words};`]) {
          probes.set(`${context} ${statement}`, { context, statement, text: around(statement) });
        }
      }
    }
  }
  return [...probes.values()];
}

/** One statement in the context of that name. */
export function probeOf(load: string, context: string, statement: string): Probe {
  const place = places(load).find(([name]) => name === context);
  if (!place) throw new Error(`no context "${context}"`);
  return { context, statement, text: place[2](statement) };
}

function names(): { name: string; most: number }[] {
  return catalog
    .filter((module) => module.package === undefined)
    .flatMap((module) =>
      Object.keys(module.directives)
        .filter((name) => !leftOut.has(name))
        .map((name) => {
          const most = meaningsIn(module, name).map(({ args }) => (args.max === Infinity ? args.min + 2 : args.max));
          return { name, most: Math.max(...most) };
        }),
    );
}

const values = [
  'on',
  'off',
  'ON',
  '1',
  '0',
  '10',
  '1k',
  '1m',
  '2G',
  '30s',
  '5m',
  '1d',
  '1d2h',
  '5y',
  '500ms',
  '1h 30m',
  '$uri',
  '$nope',
  '${uri}x',
  '$',
  '/a',
  '/',
  '~a',
  '~(',
  'a.b',
  '127.0.0.1',
  '127.0.0.1:80',
  '[::1]:80',
  'http://127.0.0.1',
  'unix:/a',
  'x=1',
  '',
  '-1',
  '+5',
  '100%',
  'zone=a:1m',
  'epoch',
  'none',
  'any',
  'auto',
  '200',
  'error',
  'GET',
  'x y',
  'a"b',
  '1kk',
  '1 30',
  '18446744073709551616',
];

type IsMeant = (module: Module, facts: DirectiveFacts) => boolean;

/** Directives of nginx's own modules. */
function ofNginx(module: Module): boolean {
  return module.package === undefined;
}

/** Directives of other modules whose values nginx's own functions read. */
export function readByNginx(module: Module, { value }: DirectiveFacts): boolean {
  return module.package !== undefined && /^(flag|number|size|offset|time|enum|bitmask|bufs)$/.test(value?.kind ?? '');
}

/** Values for every directive where it may stand: each of its own, and `perDirective` of a pool that suits some and not others. */
export function valueProbes(load: string, target: Target, roll: Dice, perDirective: number, isMeant: IsMeant = ofNginx): Probe[] {
  const probes = new Map<string, Probe>();
  for (const module of catalog.filter((one) => hasModule(target, one))) {
    for (const name of Object.keys(module.directives).filter(
      (one) => !leftOut.has(one) && one !== 'include' && one !== 'error_log',
    )) {
      for (const written of meaningsIn(module, name).filter(
        (facts) => isInRelease(target, module, facts) && isMeant(module, facts),
      )) {
        const facts = factsIn(target.nginxVersion, written);
        const here = places(load).filter(([, context]) => context & facts.in);
        for (const args of here.length > 0 ? argumentsFor(facts, roll, perDirective) : []) {
          const [context, , around] = here[Math.floor(roll() * here.length)] as Place;
          const once = [name, ...args.map(quoted)].join(' ') + (facts.block ? ' {}' : ';');
          const statement = roll() < 0.2 ? `${once}\n${once}` : once;
          probes.set(`${context} ${statement}`, { context, statement, text: around(statement) });
        }
      }
    }
  }
  return [...probes.values()];
}

function argumentsFor(facts: DirectiveFacts, roll: Dice, perDirective: number): string[][] {
  const own = (facts.value as { readonly values?: readonly string[] } | undefined)?.values ?? [];
  const any = (): string =>
    (own.length > 0 && roll() < 0.5 ? own : values)[
      Math.floor(roll() * (own.length > 0 && roll() < 0.5 ? own : values).length)
    ] ?? 'x';
  const found: string[][] = takes(facts.args, 0) ? [[]] : [];
  if (takes(facts.args, 1)) found.push(...own.map((value) => [value]));
  for (let count = 1; count <= 4; count++) {
    if (!takes(facts.args, count)) continue;
    for (let times = 0; times < perDirective; times++) found.push(Array.from({ length: count }, any));
  }
  return found;
}

function quoted(value: string): string {
  return value === '' || /[\s;{}"'#]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}
