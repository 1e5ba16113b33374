import { display } from '../../base/source-text.ts';
import { seededRandom } from '../../host/seeded-random.ts';
import { fileAndLine } from '../../model/place.ts';
import type { Upstream } from '../../model/references.ts';
import type { Event } from '../../runtime/events.ts';
import { loginApp } from '../../runtime/mock/login-app.ts';
import { newestStable } from '../../schema/version.ts';
import { NginxConfigError } from '../error.ts';
import type { RunningNginx } from '../options.ts';
import { backendsOf } from '../routes.ts';
import { run } from '../run.ts';
import { loadSource, type RunSource } from '../source.ts';
import { Browser } from './browser.ts';
import { applyCure, type Cure, curesFor } from './cures.ts';
import { doorwaysOf } from './doorways.ts';

/** How sessions are tried. */
export interface SessionTrialOptions {
  readonly nginxVersion?: string;
  /** The cookie that the played application sets; `PHPSESSID` unless given. */
  readonly cookie?: string;
  /** The URL to log in at, in place of those that the configuration suggests. */
  readonly url?: string;
}

/** What became of the logins under one cure. */
export interface CureTrial {
  readonly name: string;
  /** The edit in words; null when the configuration stays as it is. */
  readonly edit: string | null;
  readonly note: string;
  /** Clients that logged in and stayed so; null when it could not be tried. */
  readonly kept: number | null;
  /** Those who still were when one server had been killed; null when it was not tried. */
  readonly keptAfterKill: number | null;
  readonly hops: number;
  readonly losses: number;
  /** Why it could not be tried; null when it was. */
  readonly problem: string | null;
}

/** What was found out about one upstream. */
export interface SessionTrial {
  readonly upstream: string;
  /** `lb.conf:1` */
  readonly place: string;
  readonly url: string | null;
  readonly clients: number;
  /** Pages that each client asked for after it had logged in. */
  readonly pages: number;
  /** The server that was killed. */
  readonly killed: string;
  readonly trials: readonly CureTrial[];
}

const clients = 8;
const pages = 6;
const pagesAfterKill = 2;
/** URLs that are tried to find one that leads to an upstream. */
const mostUrls = 50;

/** What the trials of one upstream have in common. */
interface Stage {
  readonly source: RunSource;
  readonly upstream: Upstream;
  readonly cookie: string;
  readonly nginxVersion: string;
  /** The server to kill. */
  readonly victim: string;
  /** The names of the upstream's servers, which run the application; others are ordinary mocks. */
  readonly apps: readonly string[];
}

/** Plays logins at each balanced upstream, as it is and with each cure, in memory; throws NginxConfigError for a broken configuration. */
export async function trySessions(source: RunSource, options: SessionTrialOptions = {}): Promise<SessionTrial[]> {
  const { nginxVersion = newestStable, cookie = 'PHPSESSID' } = options;
  const { model, errors } = loadSource(source, nginxVersion);
  if (errors.length > 0) throw new NginxConfigError('the configuration cannot be run', errors);
  const backends = backendsOf(model);
  const trials: SessionTrial[] = [];
  for (const { upstream, urls } of doorwaysOf(model, nginxVersion)) {
    const [first] = upstream.primaries.length > 0 ? upstream.primaries : upstream.servers;
    const victim = backends.find(({ use }) => use === first?.use)?.name ?? '';
    const own = new Set(upstream.servers.map(({ use }) => use.directive.args[0]));
    const apps = backends.filter(({ use }) => own.has(use.directive.args[0])).map(({ name }) => name);
    const stage = { source, upstream, cookie, nginxVersion, victim, apps };
    trials.push(await tryUpstream(stage, options.url === undefined ? urls : [options.url]));
  }
  return trials;
}

async function tryUpstream(stage: Stage, urls: readonly string[]): Promise<SessionTrial> {
  const { upstream, victim } = stage;
  const url = await findUrl(stage, urls.slice(0, mostUrls));
  const trials: CureTrial[] = [];
  if (url !== null) for (const cure of curesFor(stage.cookie)) trials.push(await tryCure(stage, cure, url));
  const place = fileAndLine(upstream.use.directive);
  return { upstream: upstream.name, place, url, clients, pages, killed: victim, trials };
}

/** The first URL that gets to a server of the upstream. */
async function findUrl(stage: Stage, urls: readonly string[]): Promise<string | null> {
  let reached = false;
  const ng = await perform(stage, stage.source, 'local', (event) => {
    reached ||= event.type === 'peer-chosen' && display(event.upstream) === stage.upstream.name;
  });
  try {
    for (const url of urls) {
      // A URL of the user's may name a port where nothing listens: then it leads nowhere.
      await ng.fetch(url).catch(() => undefined);
      if (reached) return url;
    }
    return null;
  } finally {
    await ng.stop();
  }
}

async function tryCure(stage: Stage, { name, line, note, store }: Cure, url: string): Promise<CureTrial> {
  const untried = { name, edit: null, note, kept: null, keptAfterKill: null, hops: 0, losses: 0 };
  const cured = line === null ? null : applyCure(stage.upstream, line);
  if (line !== null && !cured) return { ...untried, problem: 'it is there already' };
  const edit = cured?.edit ?? null;
  const source = cured ? { of: stage.source, texts: new Map([[cured.file, cured.text]]) } : stage.source;
  let ng: RunningNginx;
  try {
    ng = await perform(stage, source, store);
  } catch (error) {
    if (!(error instanceof NginxConfigError)) throw error;
    const [first] = error.diagnostics;
    return { ...untried, edit, problem: `nginx refuses it: ${first?.nginx ?? first?.message ?? error.message}` };
  }
  try {
    const ignored = ng.notRun.find(({ directive }) => line?.startsWith(`${directive} `));
    if (ignored) return { ...untried, edit, problem: `${ignored.directive} is not run here: ${ignored.why}` };
    return { ...untried, edit, problem: null, ...(await play(ng, stage.victim, url)) };
  } finally {
    await ng.stop();
  }
}

/** Runs a configuration with the application at the upstream's servers, long enough for its checks to find them up. */
async function perform(
  { cookie, nginxVersion, apps }: Stage,
  source: RunSource,
  store: 'local' | 'redis',
  onEvent?: (event: Event) => void,
): Promise<RunningNginx> {
  const app = loginApp({ store, cookie });
  const ng = await run(source, {
    clock: 'virtual',
    mock: 'all',
    backends: Object.fromEntries(apps.map((name) => [name, app(name)])),
    nginxVersion,
    sessionCookies: [cookie],
    ...(onEvent && { onEvent }),
  });
  await ng.advance('2m');
  return ng;
}

/** Clients log in, ask for pages in no order, and go on when a server has been killed. */
async function play(ng: RunningNginx, victim: string, url: string) {
  const visitors = Array.from({ length: clients }, (_, index) => ({
    browser: new Browser(ng, url, `10.20.${37 * index}.9`),
    left: pages + 1,
    isIn: false,
  }));
  const random = seededRandom(1);
  for (let todo = [...visitors]; todo.length > 0; todo = todo.filter(({ left }) => left > 0)) {
    // In turns they would walk in step with round robin, and never hop.
    const visitor = todo[Math.floor(random() * todo.length)];
    if (!visitor) break;
    if (visitor.left-- > pages) visitor.isIn = await visitor.browser.logIn();
    else visitor.isIn = (await visitor.browser.isLoggedIn()) && visitor.isIn;
  }
  const stayed = visitors.filter(({ isIn }) => isIn);
  const hops = ng.sessions.flatMap((session) => session.hops);
  const seen = { kept: stayed.length, hops: hops.length, losses: hops.filter(({ lost }) => lost).length };
  ng.backend(victim).down();
  let keptAfterKill = 0;
  for (const { browser } of stayed) {
    const answers: boolean[] = [];
    for (let page = 0; page < pagesAfterKill; page++) answers.push(await browser.isLoggedIn());
    if (answers.every(Boolean)) keptAfterKill++;
  }
  return { ...seen, keptAfterKill };
}
