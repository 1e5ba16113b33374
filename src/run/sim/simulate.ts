import type { Model } from '../../model/build.ts';
import { referencesOf } from '../../model/references.ts';
import { useIn } from '../../model/scope.ts';
import { newestStable } from '../../schema/version.ts';
import { milliseconds } from '../duration.ts';
import { NginxConfigError } from '../error.ts';
import type { RunningNginx } from '../options.ts';
import { run } from '../run.ts';
import { doorwaysOf } from '../sessions/doorways.ts';
import { loadSource, type RunSource } from '../source.ts';
import { Observer } from './observer.ts';
import { Play } from './play.ts';
import type { SimReport } from './report.ts';
import { readAction } from './script.ts';
import { serversOf } from './servers.ts';

/** What is simulated; times are milliseconds or `20s`, `2m`. */
export interface SimOptions {
  /** Requests a second, evenly spread; 10 unless given. */
  readonly rps?: number;
  /** How long; a minute unless given. */
  readonly for?: number | string;
  /** `20s kill b1`, `70s start b1`. */
  readonly at?: readonly string[];
  /** How many worker processes; those of the configuration unless given, where `auto` counts as one. */
  readonly workers?: number;
  /** What is asked for, in place of what the configuration suggests. */
  readonly url?: string;
  /** How many clients take turns, each from a /24 network of its own; 100 unless given. */
  readonly clients?: number;
  readonly nginxVersion?: string;
  /** Chooses the random numbers. */
  readonly seed?: number;
}

/** Windows of the report. */
const windows = 12;

/** Plays clients, and servers that die and come back, on a virtual clock; throws NginxConfigError for a broken configuration. */
export async function simulate(source: RunSource, options: SimOptions = {}): Promise<SimReport> {
  const { rps = 10, nginxVersion = newestStable, seed, clients = 100 } = options;
  const duration = milliseconds(options.for ?? '1m');
  const { model, errors } = loadSource(source, nginxVersion);
  if (errors.length > 0) throw new NginxConfigError('the configuration cannot be run', errors);
  const servers = serversOf(model);
  const actions = (options.at ?? []).map((text) => readAction(text, servers));
  const workers = options.workers ?? configuredWorkers(model);
  const url = options.url ?? doorwaysOf(model, nginxVersion).find(({ urls }) => urls.length > 0)?.urls[0] ?? '/';
  const observer = new Observer(servers, workers, duration, widthFor(duration));
  let ng: RunningNginx | null = null;
  ng = await run(source, {
    clock: 'virtual',
    mock: 'all',
    backends: Object.fromEntries(servers.map(({ name, label }) => [name, () => `${label}\n`])),
    nginxVersion,
    workers,
    sessionCookies: false,
    onEvent: (event) => observer.take(ng?.elapsed ?? 0, event),
    ...(seed !== undefined && { seed }),
  });
  try {
    await new Play(ng, observer, actions).go({ rps, duration, url, clients });
  } finally {
    await ng.stop();
  }
  return {
    url,
    rps,
    duration,
    clients,
    workers,
    aboutWorkers: aboutWorkers(model, workers),
    servers: servers.map((server) => {
      const { label, name, upstream, place } = server;
      return { label, name, upstream, place, ...(observer.counts.get(server) ?? { asked: 0, answered: 0, failed: 0 }) };
    }),
    statuses: sumOf(observer.windows.map(({ statuses }) => statuses)),
    windows: observer.windows,
    happenings: observer.happenings,
    notRun: ng.notRun.filter(({ harmless }) => !harmless).map(({ directive, place, why }) => `${directive} ${place}: ${why}`),
  };
}

/** The pace of the report: windows of a round length. */
function widthFor(duration: number): number {
  const rounds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * 1000);
  return rounds.find((width) => duration / width <= windows) ?? duration / windows;
}

function sumOf(tables: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const table of tables) for (const [key, count] of Object.entries(table)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

/** `worker_processes`; one for `auto`. */
function configuredWorkers(model: Model): number {
  const number = Number(useIn(model.root, 'worker_processes')?.directive.args[0]);
  return Number.isInteger(number) && number > 0 ? number : 1;
}

function aboutWorkers(model: Model, workers: number): string {
  if (workers === 1) return '';
  const blocks = referencesOf(model).upstreams.filter(({ inStream }) => !inStream);
  const own = blocks.filter(({ scope }) => !useIn(scope, 'zone')).map(({ name }) => name);
  const shared = blocks.filter(({ scope }) => useIn(scope, 'zone')).map(({ name }) => name);
  return [
    ...(own.length > 0 ? [`each worker counts failures and turns for itself in ${own.join(', ')} (no zone)`] : []),
    ...(shared.length > 0 ? [`they share what they know of ${shared.join(', ')} (zone)`] : []),
  ].join('; ');
}
