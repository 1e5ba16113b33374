import { display, lineAt } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import { printWords } from '../../model/routes/show.ts';
import type { Event } from '../../runtime/events.ts';
import type { AskedUpstream, Attempt, Explanation, NamedLocation, Step, Written } from './explanation.ts';

type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

/** Where a directive is. */
export function writtenAt(at: ConfigDirective | null): Written {
  if (!at) return { file: null, line: null };
  return { file: display(at.source.name), line: lineAt(at.source, at.node.start) };
}

/** A location by its directive. */
export function locationAt(at: ConfigDirective): NamedLocation {
  return { location: textOf(at), ...writtenAt(at) };
}

function textOf({ name, args }: ConfigDirective): string {
  return printWords([name, ...args]);
}

/** Puts the events of one request together as they come; `over` is settled with the last one. */
export class Story {
  readonly over: Promise<void>;
  readonly steps: Step[] = [];
  /** Searches with the server that they were made in. */
  readonly searches: { readonly uri: string; readonly server: ConfigDirective | null }[] = [];
  private id: number | null = null;
  private request: EventOf<'request'> | null = null;
  private server: EventOf<'server'> | null = null;
  private answer: EventOf<'done'> | null = null;
  private location: NamedLocation | null = null;
  private tried: EventOf<'search'> | null = null;
  private readonly upstreams: AskedUpstream[] = [];
  private readonly attempts: Attempt[] = [];
  private skipped: { peer: string; reason: Attempt['skipped'][number]['reason'] }[] = [];
  private settle: () => void = () => {};

  /** Follows the first request with this line. */
  constructor(private readonly requestLine: string) {
    this.over = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  readonly take = (event: Event): void => {
    if (event.type === 'request' && this.id === null && event.requestLine === this.requestLine) {
      this.id = event.id;
      this.request = event;
    }
    if (this.answer || !('id' in event) || event.id !== this.id) return;
    if (event.type === 'server') this.server = event;
    else if (event.type === 'search') this.searched(event);
    else if (event.type === 'location') this.located(event);
    else if (event.type === 'done') {
      this.answer = event;
      this.settle();
    } else if (!this.takeAttempt(event)) this.takeStep(event);
  };

  /** The line of the server that answers. */
  get answeredBy(): ConfigDirective | null {
    return this.server?.at ?? null;
  }

  /** What has been heard. */
  tell(): Explanation {
    const { request, server, answer, upstreams } = this;
    const { requestLine = this.requestLine, client = '', host = '', received = '', uri = '', args = '' } = request ?? {};
    return {
      version: 1,
      request: { line: display(requestLine), client, host, received: display(received), uri: display(uri), args: display(args) },
      server: server && {
        ...chosen(server),
        beats: server.beats.map(chosen),
      },
      steps: this.steps,
      location: this.location,
      upstream: upstreams.findLast(({ subrequest }) => !subrequest) ?? null,
      upstreams,
      attempts: this.attempts,
      answer: { status: answer?.status ?? 0, bytes: answer?.bytes ?? 0, milliseconds: answer?.milliseconds ?? 0 },
      whyNot: null,
    };
  }

  private searched(event: EventOf<'search'>): void {
    this.tried = event;
    this.searches.push(event);
  }

  private located({ at, how }: EventOf<'location'>): void {
    this.location = at && how !== 'none' ? locationAt(at) : null;
    const { tried, location } = this;
    this.tried = null;
    if (how === 'named' && location) this.steps.push({ kind: 'named-location', location });
    if (how === 'named' || !tried) return;
    const looked = tried.tried.flatMap(({ at: one, outcome }) => (one ? [{ ...locationAt(one), outcome }] : []));
    this.steps.push({ kind: 'search', uri: display(tried.uri), tried: looked, location });
  }

  /** True when the event is about an upstream. */
  private takeAttempt(event: Event): boolean {
    switch (event.type) {
      case 'upstream': {
        const { upstream, method, key, subrequest, failover } = event;
        this.upstreams.push({ name: upstream, method, key: shownKey(method, key), subrequest, failover });
        return true;
      }
      case 'peer-skipped':
        this.skipped.push({ peer: event.peer, reason: event.reason });
        return true;
      case 'peer-chosen':
      case 'no-peer':
        this.attempts.push({
          upstream: event.upstream,
          peer: 'peer' in event ? event.peer : null,
          skipped: this.skipped,
          request: null,
          failed: event.type === 'no-peer' ? 'no live upstreams' : null,
        });
        this.skipped = [];
        return true;
      case 'upstream-request': {
        const { scheme, head, body } = event;
        this.amend(event.peer, { request: { scheme, head, body } });
        return true;
      }
      case 'peer-failed':
        this.amend(event.peer, { failed: event.reason });
        return true;
      default:
        return false;
    }
  }

  /** Adds to the last attempt at a peer. */
  private amend(peer: string, more: Partial<Attempt>): void {
    const index = this.attempts.findLastIndex((attempt) => attempt.peer === peer);
    const attempt = this.attempts[index];
    if (attempt) this.attempts[index] = { ...attempt, ...more };
  }

  private takeStep(event: Event): void {
    const step = stepOf(event);
    if (step) this.steps.push(step);
  }
}

function chosen({
  name,
  how,
  at,
}: Pick<EventOf<'server'>, 'name' | 'how' | 'at'>): NonNullable<Explanation['server']>['beats'][number] {
  return { name: display(name), how, ...writtenAt(at) };
}

/** A network as people write it: the three bytes that ip_hash takes of an IPv4 address. */
function shownKey(method: string, key: string): string {
  if (method !== 'ip_hash') return display(key);
  if (key.length === 3) return [...key].map((char) => char.charCodeAt(0)).join('.');
  return Buffer.from(key, 'latin1').toString('hex');
}

/** Modules that tell more of their verdicts than that there is one. */
const telling: ReadonlySet<string> = new Set(['ngx_http_rewrite_module', 'ngx_http_access_module', 'ngx_http_try_files_module']);

function stepOf(event: Event): Step | null {
  switch (event.type) {
    case 'rewrite': {
      const { at, matches, from, uri, args, redirect } = event;
      const target = redirect === null ? null : display(redirect);
      const after = { from: display(from), uri: display(uri), args: display(args), redirect: target };
      return { kind: 'rewrite', text: textOf(at), matches, ...after, ...writtenAt(at) };
    }
    case 'if':
      return { kind: 'if', text: textOf(event.at), holds: event.holds, ...writtenAt(event.at) };
    case 'set':
      return { kind: 'set', text: textOf(event.at), value: display(event.value), ...writtenAt(event.at) };
    case 'return':
      return { kind: 'return', status: event.status, text: display(event.text), ...writtenAt(event.at) };
    case 'access-rule':
      return { kind: 'access-rule', text: event.at && textOf(event.at), allows: event.allows, ...writtenAt(event.at) };
    case 'try-file':
      return { kind: 'try-file', path: display(event.path), found: event.found, ...writtenAt(event.at) };
    case 'error-page':
      return { kind: 'error-page', status: event.status, target: display(event.target), ...writtenAt(event.at) };
    case 'internal-redirect':
      return { kind: 'internal-redirect', to: display(event.to), args: display(event.args) };
    case 'content':
      return { kind: 'content', module: event.module, file: event.file === null ? null : display(event.file) };
    case 'verdict':
      if (telling.has(event.module)) return null;
      return { kind: 'verdict', phase: event.phase, module: event.module, verdict: event.verdict, ...writtenAt(event.at) };
    default:
      return null;
  }
}
