import type { Address, Host } from '../../host/host.ts';
import { inLowerCase } from '../../model/address.ts';
import type { ResolverSetting } from '../../schema/values/resolver.ts';
import {
  type DnsHeader,
  type DnsQuestion,
  encodeQuery,
  readHeader,
  readName,
  readQuestion,
  recordTypes,
  shortResponse,
} from '../codec/dns.ts';
import type { LogLevel } from '../log-level.ts';
import { NameServer, type NameServerOwner } from './name-server.ts';
import { type Lookup, NameTable, type Query, Question, Waiter } from './question.ts';
import { type AnswerRecords, readRecords } from './records.ts';
import {
  addressesOf,
  failure,
  type Known,
  notFound,
  type Resolution,
  type ServiceTarget,
  serviceAddresses,
  stateText,
} from './resolution.ts';

/** After so many milliseconds the next server is asked (nginx: resend_timeout). */
const resendAfter = 5000;
/** Seconds for which an unused answer is remembered (nginx: r->expire). */
const keptFor = 30;
/** Seconds for which a failure counts where `valid=` doesn't say. */
const failureValid = 10;
/** NGX_RESOLVER_MAX_RECURSION */
const mostAliases = 50;

/** What to look up. */
export interface ResolveRequest {
  readonly name: string;
  /** `http`, or in full `_http._tcp`; '' for the name's addresses. */
  readonly service: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** A client of name servers with a memory (ngx_resolver.c). */
export class Resolver implements NameServerOwner {
  private readonly host: Host;
  private readonly setting: ResolverSetting;
  private readonly write: (level: LogLevel, message: string) => void;
  private servers: readonly NameServer[] = [];
  private nextServer = 0;
  private readonly names = new NameTable();
  private readonly services = new NameTable();
  private isRetired = false;

  constructor(host: Host, setting: ResolverSetting, write: (level: LogLevel, message: string) => void) {
    this.host = host;
    this.setting = setting;
    this.write = write;
  }

  /** Says where the servers are; comes before the first lookup. Those that may not be reached are left out. */
  place(addresses: readonly Address[]): void {
    const { network } = this.host;
    const reached = addresses.filter((address) => network.mayReach?.(address) ?? true);
    this.servers = reached.map((address) => new NameServer(this.host, address, this));
  }

  /** Looks a name or service up; `done` may be called before this returns (ngx_resolve_name). */
  resolve({ name: written, service, timeout }: ResolveRequest, done: (resolution: Resolution) => void): Lookup {
    const name = written.endsWith('.') ? written.slice(0, -1) : written;
    const table = service === '' ? this.names : this.services;
    const waiter = new Waiter(service !== '', timeout, (resolution) => {
      done(resolution);
      table.expire(this.seconds);
    });
    if (this.host.network.isPlaced?.(name)) waiter.finish(this.found([name]));
    else if (this.servers.length === 0) void this.askMachine(waiter, name);
    else if (service === '') this.find([waiter], name);
    else this.find([waiter], service.includes('.') ? `${service}.${name}` : `_${service}._tcp.${name}`);
    return waiter;
  }

  /** Its configuration is replaced: who waits is still answered, then the sockets are closed. */
  retire(): void {
    this.isRetired = true;
    this.rest();
  }

  log(level: LogLevel, message: string): void {
    this.write(level, message);
  }

  private get seconds(): number {
    return Math.floor(this.host.clock.now() / 1000);
  }

  /** ngx_resolve_name_locked */
  private find(waiters: readonly Waiter[], text: string): void {
    const [first] = waiters;
    if (!first) return;
    const name = inLowerCase(text);
    const table = first.isService ? this.services : this.names;
    const known = table.find(name, this.seconds, this.seconds + keptFor);
    const pending = table.pending.get(name);
    if (known) this.tell(waiters, known);
    else if (pending) this.join(waiters, pending);
    else this.ask(waiters, name, table);
  }

  private join(waiters: readonly Waiter[], question: Question): void {
    for (const waiter of waiters) waiter.limit(this.host.clock);
    question.wait(waiters);
  }

  private ask(waiters: readonly Waiter[], name: string, table: NameTable): void {
    table.forget(name);
    const queries: Query[] = [];
    for (const type of this.typesFor(table)) {
      const ident = Math.floor(this.host.random() * 65_536);
      const bytes = encodeQuery(ident, name, type);
      if (!bytes) return deliver(waiters, failure(notFound, 0));
      queries.push({ type, ident, bytes, overTcp: false, addresses: null });
    }
    const question = new Question(name, queries, this.nextServer);
    this.nextServer = (this.nextServer + 1) % this.servers.length;
    table.pending.set(name, question);
    this.join(waiters, question);
    this.send(question);
    this.resendLater(question, table);
  }

  private typesFor(table: NameTable): readonly number[] {
    if (table === this.services) return [recordTypes.srv];
    const { ipv4, ipv6 } = this.setting;
    return [...(ipv4 ? [recordTypes.a] : []), ...(ipv6 ? [recordTypes.aaaa] : [])];
  }

  private send({ queries, server }: Question): void {
    for (const query of queries) {
      if (query.addresses !== null) continue;
      if (query.overTcp) this.servers[server]?.sendTcp(query.bytes);
      else this.servers[server]?.sendUdp(query.bytes);
    }
  }

  /** ngx_resolver_resend */
  private resendLater(question: Question, table: NameTable): void {
    question.timer?.cancel();
    question.timer = this.host.clock.after(resendAfter, () => {
      if (question.waiting.length === 0) return this.settle(question, table);
      question.server = (question.server + 1) % this.servers.length;
      this.send(question);
      this.resendLater(question, table);
    });
  }

  /** Nothing is expected for it any more. */
  private settle(question: Question, table: NameTable): void {
    question.timer?.cancel();
    table.pending.delete(question.name);
    this.rest();
  }

  private rest(): void {
    if (!this.isRetired || this.names.pending.size > 0 || this.services.pending.size > 0) return;
    for (const server of this.servers) server.close();
  }

  // What is known

  private tell(waiters: readonly Waiter[], known: Known): void {
    const [first] = waiters;
    if (known.ipv4.length + known.ipv6.length > 0) {
      deliver(waiters, { state: 0, addresses: addressesOf(known, this.random), valid: known.valid, lost: [] });
    } else if (known.services.length > 0) for (const waiter of waiters) this.follow(waiter, known);
    else if (first && first.recursion++ < mostAliases) this.find(waiters, known.alias);
    else deliver(waiters, failure(notFound, this.failureUntil));
  }

  private get failureUntil(): number {
    return this.seconds + (this.setting.valid || failureValid);
  }

  private readonly random = (): number => this.host.random();

  /** What is known without asking a name server. */
  private found(hosts: readonly string[]): Resolution {
    const addresses = hosts.map((host) => ({ host, port: 0, target: '', priority: 0, weight: 1 }));
    return { state: 0, addresses, valid: this.failureUntil, lost: [] };
  }

  /** No name server may be reached: what the machine itself knows has to do. */
  private async askMachine(waiter: Waiter, name: string): Promise<void> {
    const hosts = waiter.isService ? [] : await this.host.network.resolve(name);
    waiter.finish(hosts.length > 0 ? this.found(hosts) : failure(notFound, this.failureUntil));
  }

  /** Looks up the hosts of a service (ngx_resolver_resolve_srv_names). */
  private follow(waiter: Waiter, { services, valid }: Known): void {
    waiter.unlimit();
    const found: (Resolution | null)[] = services.map(() => null);
    let left = services.length;
    for (const [i, { target: name }] of services.entries()) {
      const lookup = this.resolve({ name, service: '', timeout: waiter.timeout }, (resolution) => {
        found[i] = resolution;
        if (--left > 0) return;
        waiter.finish(
          this.serviceOf(
            services.map((record, k) => ({ record, resolution: found[k] as Resolution })),
            valid,
          ),
        );
      });
      waiter.targets.push(lookup);
    }
  }

  private serviceOf(targets: readonly ServiceTarget[], valid: number): Resolution {
    const lost = targets
      .filter(({ resolution }) => resolution.state !== 0)
      .map(({ record, resolution }) => ({ target: record.target, state: resolution.state }));
    const addresses = serviceAddresses(targets, this.random);
    if (addresses.length === 0) {
      const isUnknown = lost.some(({ state }) => state === notFound);
      return { ...failure(isUnknown ? notFound : (lost[0]?.state ?? notFound), this.failureUntil), lost };
    }
    const until = targets.filter(({ resolution }) => resolution.addresses.length > 0).map(({ resolution }) => resolution.valid);
    return { state: 0, addresses, valid: Math.min(valid, ...until), lost };
  }

  // What name servers say

  /** ngx_resolver_process_response */
  answered(message: Buffer, overTcp: boolean): void {
    const problem = this.take(message, overTcp);
    if (problem !== null) this.log('error', problem);
  }

  private take(message: Buffer, overTcp: boolean): string | null {
    const header = readHeader(message);
    if (!header) return shortResponse;
    const { ident, flags, questions } = header;
    const isTruncated = (flags & 0x0200) !== 0;
    if ((flags & 0xf870) !== 0x8000 || (isTruncated && overTcp)) {
      const hex = flags.toString(16).toUpperCase().padStart(4, '0');
      return `invalid ${overTcp ? 'TCP' : 'UDP'} DNS response ${ident} fl:${hex}`;
    }
    const code = flags & 0xf;
    if (code === 1 || code > 5)
      return `DNS error (${stateText(code)}), query id:${ident}${code === 1 ? this.askedBy(ident) : ''}`;
    if (questions !== 1) return 'invalid number of questions in DNS response';
    const asked = readQuestion(message, header);
    if (typeof asked === 'string') return asked;
    if (asked.class !== 1) return `unknown query class ${asked.class} in DNS response`;
    const { a, aaaa, srv } = recordTypes;
    if (asked.type !== a && asked.type !== aaaa && asked.type !== srv) return `unknown query type ${asked.type} in DNS response`;
    return this.match(message, header, asked, asked.type === srv ? this.services : this.names);
  }

  private askedBy(ident: number): string {
    for (const [name, { queries }] of this.names.pending) {
      if (queries.some((query) => query.ident === ident)) return `, name:"${name}"`;
    }
    return '';
  }

  /** Finds the question that is answered (ngx_resolver_process_a, ngx_resolver_process_srv). */
  private match(message: Buffer, header: DnsHeader, asked: DnsQuestion, table: NameTable): string | null {
    const question = table.pending.get(asked.name);
    const query = question?.queries.find(({ type, addresses }) => type === asked.type && addresses === null);
    if (!question || !query) return `unexpected DNS response for ${asked.name}`;
    const isTruncated = (header.flags & 0x0200) !== 0;
    if (isTruncated && query.overTcp) return null;
    if (header.ident !== query.ident)
      return `wrong ident ${header.ident} in DNS response for ${asked.name}, expect ${query.ident}`;
    if (isTruncated) {
      this.askAgain(question, query, table);
      return null;
    }
    const code = header.flags & 0xf || question.code;
    if (code !== 0 || header.answers === 0) {
      this.nothing(question, query, code, table);
      return null;
    }
    const records = readRecords(message, header, asked, question, (line) => this.log('error', line));
    return typeof records === 'string' ? records : this.learn(message, question, query, records, table);
  }

  /** The answer was too long for UDP. */
  private askAgain(question: Question, query: Query, table: NameTable): void {
    if (question.waiting.length === 0) return this.settle(question, table);
    query.overTcp = true;
    this.servers[question.server]?.sendTcp(query.bytes);
    this.resendLater(question, table);
  }

  private nothing(question: Question, query: Query, code: number, table: NameTable): void {
    query.addresses = [];
    if (!question.isLast(query)) {
      question.code = code;
      return;
    }
    const { queries } = question;
    if (code === 0 && queries.some(({ addresses }) => addresses !== null && addresses.length > 0))
      return this.remember(question, { services: [], alias: '' }, table);
    this.settle(question, table);
    deliver(question.release(), failure(code || notFound, this.failureUntil));
  }

  private learn(
    message: Buffer,
    question: Question,
    query: Query,
    { addresses, services, alias }: AnswerRecords,
    table: NameTable,
  ): string | null {
    if (table === this.names) query.addresses = addresses;
    const isLast = question.isLast(query);
    const isFound = services.length > 0 || question.queries.some((other) => (other.addresses ?? []).length > 0);
    if (isLast && isFound) {
      this.remember(question, { services, alias: '' }, table);
      return null;
    }
    if (addresses.length === 0 && alias < 0)
      return table === this.services ? 'no SRV type in DNS response' : 'no A or CNAME types in DNS response';
    if (!isLast) return null;
    const name = readName(message, alias);
    if ('problem' in name) return name.problem;
    this.remember(question, { services: [], alias: name.name }, table);
    return null;
  }

  private remember(question: Question, { services, alias }: Pick<Known, 'services' | 'alias'>, table: NameTable): void {
    const { a, aaaa } = recordTypes;
    const addresses = (wanted: number) => question.queries.find(({ type }) => type === wanted)?.addresses ?? [];
    const { seconds } = this;
    const valid = seconds + (this.setting.valid || question.ttl);
    const known: Known = { ipv4: addresses(a), ipv6: addresses(aaaa), services, alias, valid, expires: 0 };
    table.keep(question.name, known, seconds + keptFor);
    this.settle(question, table);
    const waiters = question.release();
    if (known.ipv4.length + known.ipv6.length === 0) this.tell(waiters, known);
    else deliver(waiters, { state: 0, addresses: addressesOf(known, null), valid, lost: [] });
  }
}

function deliver(waiters: readonly Waiter[], resolution: Resolution): void {
  for (const waiter of waiters) waiter.finish(resolution);
}
