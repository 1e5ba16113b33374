import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Model } from '../../model/build.ts';
import { spanOfArgument } from '../../model/place.ts';
import { type Scope, scopesWithin } from '../../model/scope.ts';
import { httpCore } from '../../modules/http/core/directives.ts';
import { httpUpstream } from '../../modules/http/upstream/directives.ts';
import { compileRegex } from '../../regex/native.ts';
import { http } from '../../schema/contexts.ts';
import type { Engine } from '../engine.ts';
import type { HandlerRoom, Matcher } from '../hooks.ts';
import { matcherOf } from '../http/matcher.ts';
import { coreVariables } from '../http/variables.ts';
import { Resolvers } from '../resolver/resolvers.ts';
import { planUpstreams, type RunningPart, type UpstreamPlanning, type Upstreams } from '../upstream/planning.ts';
import { Zones } from '../zones.ts';
import { BlockContext } from './block-context.ts';
import { reportProtocols, unspokenAt } from './listen-protocols.ts';
import { addressesOf, type ListenLine, type PlannedAddress, type PlannedSocket, socketsFor } from './listeners.ts';
import { findNotRun, type NotRun } from './not-run.ts';
import { planLocation } from './plan-location.ts';
import { planServer } from './plan-server.ts';
import type { PlannedLocation, PlannedServer } from './planned.ts';
import type { Planning } from './planning.ts';
import { ServerNames } from './server-names.ts';
import { reportUnknownVariables } from './unknown-variables.ts';
import { Variables } from './variables.ts';

/** One configuration, ready to run. */
export interface Plan {
  readonly sockets: readonly PlannedSocket[];
  readonly variables: Variables;
  readonly upstreams: Upstreams;
  readonly zones: Zones;
  readonly notRun: readonly NotRun[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a plan is made from. */
export interface PlanInput {
  readonly model: Model;
  readonly engine: Engine;
  readonly rooms: readonly HandlerRoom[];
  /** Where relative paths begin; ends in `/`. */
  readonly prefix: string;
  readonly peersFor?: UpstreamPlanning['peersFor'];
}

/** Turns a model into closures (nginx: the postconfiguration of its modules). */
export async function makePlan(input: PlanInput): Promise<Plan> {
  const planner = new Planner(input);
  planner.planHttp();
  await planner.findUpstreams();
  const sockets = planner.sockets();
  reportUnknownVariables(planner);
  await Promise.all(planner.pending);
  const { variables, upstreams, zones, model, rooms } = planner;
  return {
    sockets,
    variables,
    upstreams,
    zones,
    notRun: [...findNotRun(model, rooms, [httpCore, httpUpstream]), ...planner.skipped],
    diagnostics: [...planner.diagnostics, ...upstreams.diagnostics, ...model.settings.diagnostics],
  };
}

class Planner implements Planning {
  readonly model: Model;
  readonly engine: Engine;
  readonly rooms: readonly HandlerRoom[];
  readonly reversed: readonly HandlerRoom[];
  readonly prefix: string;
  readonly variables: Variables;
  readonly diagnostics: Diagnostic[] = [];
  readonly skipped: NotRun[] = [];
  readonly pending: Promise<void>[] = [];
  readonly parts: RunningPart[] = [];
  readonly resolvers: Resolvers;
  readonly zones: Zones;
  upstreams!: Upstreams;
  private readonly input: PlanInput;
  private readonly nameless = new Map<Scope, PlannedLocation>();
  private readonly http: Scope | undefined;

  constructor(input: PlanInput) {
    this.input = input;
    this.model = input.model;
    this.engine = input.engine;
    this.rooms = input.rooms;
    this.reversed = [...input.rooms].reverse();
    this.prefix = input.prefix;
    this.zones = new Zones(input.engine.zones);
    const { host, logs } = input.engine;
    this.resolvers = new Resolvers({ host, pending: this.pending, log: (level, message) => logs.error(level, message) });
    this.variables = new Variables([
      coreVariables,
      ...input.rooms.flatMap(({ hooks }) => (hooks.variables ? [hooks.variables] : [])),
    ]);
    this.http = [...scopesWithin(input.model.root)].find(({ context }) => context === http);
  }

  /** What the modules define for all of `http`. */
  planHttp(): void {
    if (!this.http) return;
    const context = this.contextOf(this.http);
    for (const { module, hooks } of this.rooms) hooks.http?.(context.settings(module), context);
  }

  async findUpstreams(): Promise<void> {
    const { model, rooms, engine } = this;
    const context = (scope: Scope) => this.contextOf(scope);
    const { peersFor } = this.input;
    this.upstreams = await planUpstreams({ model, rooms, host: engine.host, context, ...(peersFor ? { peersFor } : {}) });
    for (const part of this.parts) this.upstreams.runs(part);
    this.upstreams.runs({ stop: () => this.resolvers.retire() });
  }

  sockets(): PlannedSocket[] {
    const lines: ListenLine[] = [];
    const names = new Map<PlannedServer, readonly string[]>();
    for (const scope of this.http?.children.filter(({ directive }) => directive?.name === 'server') ?? []) {
      const planned = planServer(this, scope);
      names.set(planned.server, planned.names);
      lines.push(...planned.listens);
    }
    return socketsFor(addressesOf(lines), (address) => {
      const table = this.namesOf(address, names);
      const unspoken = unspokenAt(address, this.engine.profile.version);
      reportProtocols(this, address, unspoken);
      return unspoken.length === 0 ? table : null;
    });
  }

  nested(scope: Scope, outer: PlannedLocation): PlannedLocation {
    let location = this.nameless.get(scope);
    if (!location) {
      const kind = scope.directive?.name === 'limit_except' ? 'limit_except' : 'if';
      location = planLocation(this, { scope, name: outer.name, kind, at: scope.directive, hooks: true });
      this.nameless.set(scope, location);
    }
    return location;
  }

  regex(pattern: string, caseless: boolean, directive: ConfigDirective): Matcher | undefined {
    const compiled = compileRegex(pattern, { caseless });
    if ('regexp' in compiled) return matcherOf(compiled, (name) => this.variables.settable(name));
    if ('unsupported' in compiled) this.notRun(directive, `the regular expression "${pattern}" uses ${compiled.unsupported}`);
    else this.fail(`pcre2_compile() failed: ${compiled.error} in "${pattern}"`, directive, pattern);
    return undefined;
  }

  notRun(directive: ConfigDirective, why: string): void {
    if (!this.skipped.some((other) => other.directive === directive && other.why === why))
      this.skipped.push({ directive, why, harmless: false });
  }

  fail(nginx: string, directive: ConfigDirective | null, argument?: string): void {
    if (!directive) return;
    const index = argument === undefined ? -1 : directive.args.indexOf(argument);
    const span = spanOfArgument(directive, index < 0 ? undefined : index);
    this.diagnostics.push({ rule: 'not-runnable', severity: 'error', message: nginx, nginx, span });
  }

  /** What hooks are told of a block that no request enters. */
  private contextOf(scope: Scope): BlockContext {
    return new BlockContext(
      this,
      scope,
      planLocation(this, { scope, name: '', kind: 'server', at: scope.directive, hooks: false }),
    );
  }

  private namesOf({ lines, key }: PlannedAddress, names: ReadonlyMap<PlannedServer, readonly string[]>): ServerNames {
    const defaults = lines.filter(({ listen }) => listen.defaultServer);
    const [first, second] = defaults;
    if (second && second.server !== first?.server) this.fail(`a duplicate default server for ${second.listen.text}`, second.at);
    const proxied = lines.some(({ listen }) => listen.parameters.includes('proxy_protocol'));
    const table = new ServerNames((first ?? (lines[0] as ListenLine)).server, proxied);
    if (lines.length === 1) return table;
    for (const { server, at } of lines) this.addNames(table, server, names.get(server) ?? [], at, key);
    return table;
  }

  private addNames(
    table: ServerNames,
    server: PlannedServer,
    names: readonly string[],
    at: ConfigDirective | null,
    key: string,
  ): void {
    for (const name of names) {
      if (name.startsWith('~') && server.at) {
        // The host is lower case, so nginx makes such a pattern caseless only when it has a capital.
        const matcher = this.regex(name.slice(1), /[A-Z]/.test(name), at ?? server.at);
        if (matcher) table.addRegex(matcher, server);
      } else if (!table.add(name, server)) {
        this.engine.logs.error('warn', `conflicting server name "${name}" on ${key}, ignored`);
      }
    }
  }
}
