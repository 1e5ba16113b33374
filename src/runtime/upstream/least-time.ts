import { LeastSelection } from './least.ts';
import type { AttemptTimes, Balancer, Balancing, Peer, PeerGroup } from './peer.ts';
import { type PeerList, peerLists } from './round-robin.ts';

/** Which time counts, and whether that of requests which still wait does. */
export interface LeastTimeOptions {
  readonly until: 'header' | 'last_byte';
  readonly inflight: boolean;
}

/** How long a peer took on average, in milliseconds. */
interface Times {
  header: number;
  response: number;
  /** Requests that wait, when their number changed, and how long they had waited together by then. */
  waiting: number;
  changed: number;
  waited: number;
  inflight: number;
}

const unasked: Times = { header: 0, response: 0, waiting: 0, changed: 0, waited: 0, inflight: 0 };

/** Above this all peers are equally bad. */
const worst = 5000;
/** Times within it count as equal. */
const grain = 20;

/** The shortest time that a request can expect; round robin among equals. */
export function leastTime(group: PeerGroup, options: LeastTimeOptions): Balancer {
  const lists = peerLists(group);
  const times = new WeakMap<Peer, Times>();
  const method = `least_time ${options.until}${options.inflight ? ' inflight' : ''}`;
  const remember = (peers: readonly Peer[]) => {
    const before = peers.map((peer) => ({ peer, known: { ...(times.get(peer) ?? unasked) } }));
    return () => {
      for (const { peer, known } of before) times.set(peer, known);
    };
  };
  return { method, select: () => new LeastTimeSelection(lists(), options, times), remember };
}

/** ngx_http_upstream_get_least_time_peer */
class LeastTimeSelection extends LeastSelection {
  protected readonly ownLoad = false;
  private isWaiting = false;

  constructor(
    list: PeerList,
    private readonly options: LeastTimeOptions,
    private readonly times: WeakMap<Peer, Times>,
  ) {
    super(list);
  }

  private timesOf(peer: Peer): Times {
    const known = this.times.get(peer);
    if (known) return known;
    const times = { ...unasked };
    this.times.set(peer, times);
    return times;
  }

  protected override choose(at: Balancing): Peer | null {
    const peer = super.choose(at);
    if (peer && this.options.inflight && !this.list.single) this.waits(peer, at);
    return peer;
  }

  private waits(peer: Peer, at: Balancing): void {
    const times = this.timesOf(peer);
    const now = milliseconds(at);
    times.waited += (now - times.changed) * times.waiting;
    times.changed = now;
    times.waiting++;
    this.isWaiting = true;
  }

  protected override look(peer: Peer, at: Balancing): void {
    const times = this.timesOf(peer);
    if (times.waiting === 0) return;
    const each = Math.floor(times.waited / times.waiting) + (milliseconds(at) - times.changed);
    times.inflight = average(times.inflight, each);
  }

  /** The time until a request more would be through (ngx_http_upstream_least_time_eta). */
  protected override load(peer: Peer, at: Balancing): number {
    const { header, response, waiting, inflight } = this.timesOf(peer);
    let time = this.options.until === 'header' ? header : response;
    const since = at.seconds() - peer.checked;
    // Who was slow gets another chance: half the time for each fail_timeout that has passed.
    if (since > peer.failTimeout) time = Math.floor(time / 2 ** Math.floor(since / (peer.failTimeout + 1)));
    if (waiting > 0) time = Math.max(time, inflight);
    time = time > worst ? worst : time + grain - (time % grain);
    return time * (1 + peer.conns);
  }

  /** ngx_http_upstream_least_time_notify */
  answered(peer: Peer, at: Balancing): void {
    const { until, inflight } = this.options;
    if (!inflight || until !== 'header' || !at.attempt) return;
    const times = this.timesOf(peer);
    const took = Math.floor(at.attempt.headerTime);
    times.header = average(times.header, took);
    this.waitsNoMore(times, took, at);
  }

  /** ngx_http_upstream_least_time_inflight_done */
  private waitsNoMore(times: Times, took: number, at: Balancing): void {
    if (!this.isWaiting) return;
    this.isWaiting = false;
    const now = milliseconds(at);
    if (times.waiting === 1) times.waited = 0;
    else {
      times.waited += (now - times.changed) * times.waiting - took;
      times.changed = now;
    }
    times.waiting--;
  }

  /** ngx_http_upstream_free_least_time_peer */
  override free(peer: Peer, how: 'ok' | 'failed' | 'next', at: Balancing): void {
    if (at.attempt) this.account(this.timesOf(peer), how, at.attempt, at);
    super.free(peer, how, at);
  }

  private account(times: Times, how: 'ok' | 'failed' | 'next', { headerTime, responseTime }: AttemptTimes, at: Balancing): void {
    const { until, inflight } = this.options;
    this.waitsNoMore(times, Math.floor(responseTime), at);
    if (how !== 'ok' || headerTime < 0) return;
    times.response = average(times.response, Math.floor(responseTime));
    if (!inflight || until !== 'header') times.header = average(times.header, Math.floor(headerTime));
  }
}

function milliseconds(at: Balancing): number {
  return Math.floor(at.monotonic());
}

/** ngx_http_upstream_response_time_avg */
function average(before: number, value: number): number {
  return before === 0 ? value : Math.floor(0.5 + value * 0.05 + before * 0.95);
}
