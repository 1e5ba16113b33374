import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Host } from '../../host/host.ts';
import type { Model } from '../../model/build.ts';
import type { Flavor } from '../../model/check/target.ts';
import type { Scope } from '../../model/scope.ts';
import type { Settings } from '../../schema/directive.ts';
import type { Module, ValuesOf } from '../../schema/module.ts';
import type { ResolverSetting } from '../../schema/values/resolver.ts';
import type { ZoneSize } from '../../schema/values/zone.ts';
import type { Events } from '../events.ts';
import type { AnyModule, LogLevel, Matcher, PlanContext, Script } from '../hooks.ts';
import type { Request } from '../http/request.ts';
import type { Resolver } from '../resolver/resolver.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Url } from '../upstream/url.ts';
import type { PlannedLocation } from './planned.ts';
import type { Planning } from './planning.ts';

/** What hooks may ask while they plan one block. */
export class BlockContext implements PlanContext {
  readonly scope: Scope;
  readonly location: PlannedLocation;
  private readonly planner: Planning;

  constructor(planner: Planning, scope: Scope, location: PlannedLocation) {
    this.planner = planner;
    this.scope = scope;
    this.location = location;
  }

  get model(): Model {
    return this.planner.model;
  }

  get host(): Host {
    return this.planner.engine.host;
  }

  get events(): Events {
    return this.planner.engine.events;
  }

  get version(): string {
    return this.planner.engine.profile.version;
  }

  get flavor(): Flavor {
    return this.planner.engine.profile.flavor;
  }

  get sendsSyslog(): boolean {
    return this.planner.engine.logs.sendsSyslog;
  }

  settings<S extends Settings>(module: Module<S>): ValuesOf<S> {
    return this.planner.model.settings.of(this.scope, module);
  }

  script(text: string, line?: ConfigDirective): Script {
    const user = line ?? userOf(text, this.scope);
    return this.planner.variables.script(text, user, (nginx) => this.planner.fail(nginx, user, text));
  }

  fullName(path: string): string {
    return path.startsWith('/') ? path : this.planner.prefix + path;
  }

  variable(name: string): (r: Request) => string | undefined {
    return this.planner.variables.getter(name, userOf(`$${name}`, this.scope));
  }

  fail(directive: ConfigDirective, nginx: string): void {
    this.planner.fail(nginx, directive);
  }

  regex(pattern: string, caseless: boolean, directive: ConfigDirective): Matcher | undefined {
    return this.planner.regex(pattern, caseless, directive);
  }

  nested(scope: Scope): PlannedLocation {
    return this.planner.nested(scope, this.location);
  }

  setter(name: string, onUnset?: (r: Request) => void): (r: Request, value: string) => void {
    return this.planner.variables.setter(name, onUnset);
  }

  define(name: string, get: (r: Request) => string, options: { readonly volatile?: boolean } = {}): void {
    this.planner.variables.define(name, get, options);
  }

  upstream(name: string, defaultPort: number): Upstream {
    return this.planner.upstreams.get(name, defaultPort);
  }

  findUpstream(url: Url): Upstream | undefined {
    return this.planner.upstreams.find(url);
  }

  resolver(setting: ResolverSetting | undefined): Resolver | null {
    if (!setting) return null;
    const line = userOf(setting.servers[0] ?? '', this.scope);
    return this.planner.resolvers.of(setting, (nginx) => this.planner.fail(nginx, line));
  }

  zone<T>(module: AnyModule, zone: ZoneSize, make: (before: T | undefined) => T): T {
    return this.planner.zones.add(module.name, zone, make);
  }

  findZone<T>(module: AnyModule, name: string): T | undefined {
    const found = this.planner.zones.find<T>(module.name, name);
    if (found === undefined) this.planner.fail(`zero size shared memory zone "${name}"`, userOf(name, this.scope), name);
    return found;
  }

  before(work: Promise<void>): void {
    this.planner.pending.push(work);
  }

  alongside(part: { start(): void; stop(): void }): void {
    this.planner.parts.push(part);
  }

  log(level: LogLevel, message: string, r?: Request): void {
    if (r) r.log(level, message);
    else this.planner.engine.logs.error(level, message);
  }

  notRun(directive: ConfigDirective, why: string): void {
    this.planner.notRun(directive, why);
  }
}

/** The directive in force that has this text among its arguments. */
function userOf(text: string, scope: Scope): ConfigDirective | null {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const use = at.uses.find(({ directive }) =>
      directive.args.some((arg) => arg === text || (text !== '' && arg.endsWith(text))),
    );
    if (use) return use.directive;
  }
  return scope.directive;
}
