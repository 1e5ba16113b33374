import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.ts';
import { seededRandom } from '../../src/host/seeded-random.ts';
import { handlers } from '../../src/modules/handlers.ts';
import { type Nginx, startNginx } from '../../src/runtime/run.ts';
import { modelOf } from '../support/engine.ts';
import { KeptClient } from '../support/kept-client.ts';
import { describeWith } from '../support/real.ts';
import { freePorts, installedNginx, type RealNginx, startRealNginx } from '../support/real-nginx.ts';

/*
 * Back ends are killed, frozen and started again at random moments while nginx and nginxrun pass the same kind of
 * requests to them, at the same time. FAILOVER_REQUESTS=100000 asks for as many of each at full speed; without it there
 * are some thousands, at leisure. FAILOVER_SEED chooses the moments.
 */

const wanted = Number(process.env.FAILOVER_REQUESTS ?? 4000);
const isFull = process.env.FAILOVER_REQUESTS !== undefined;
const seed = Number(process.env.FAILOVER_SEED ?? 1);
const clients = 16;
/** Milliseconds between two requests of a client. */
const leisure = isFull ? 0 : 25;
const timeout = 700;

/** A back end that answers, can be killed, and can be frozen: it takes connections and says nothing until it thaws. */
class Backend {
  /** When it was last well again, in milliseconds of performance.now(); infinite while it is not well. */
  wellSince = Number.NEGATIVE_INFINITY;
  port = 0;
  private server: Server | null = null;
  private isFrozen = false;
  private readonly sockets = new Set<Socket>();
  /** What frozen connections have been sent. */
  private readonly waiting: (() => void)[] = [];

  async start(): Promise<void> {
    const server = createServer((socket) => this.serve(socket));
    while (!(await isListening(server, this.port || anyPort()))) await pause(20);
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    this.wellSince = performance.now();
  }

  /** What the system does with a process's sockets: FIN, or RST where something was not read. */
  kill(): void {
    this.wellSince = Number.POSITIVE_INFINITY;
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
  }

  freeze(): void {
    this.wellSince = Number.POSITIVE_INFINITY;
    this.isFrozen = true;
  }

  thaw(): void {
    this.isFrozen = false;
    this.wellSince = performance.now();
    for (const answer of this.waiting.splice(0)) answer();
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    let received = '';
    socket.setEncoding('latin1').setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (chunk: string) => {
      received += chunk;
      const [all = '', length = '0'] = /^[\s\S]*?\r\n(?:Content-Length: (\d+)\r\n[\s\S]*?)?\r\n/.exec(received) ?? [];
      if (all === '' || received.length < all.length + Number(length)) return;
      received = '';
      const answer = () => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfine\n');
      if (this.isFrozen) this.waiting.push(answer);
      else answer();
    });
  }
}

/** A port that nobody gets by chance for a connection of his own while its server is away. */
function anyPort(): number {
  return 20_000 + Math.floor(Math.random() * 12_000);
}

function isListening(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}

/** What clients saw, by method and outcome: `GET 200`, `POST 504`. */
type Seen = Map<string, number>;

function config(ports: readonly number[], listen: string): string {
  const servers = ports.map((port) => `server 127.0.0.1:${port} max_fails=1 fail_timeout=1s;`).join(' ');
  return `upstream kept { ${servers} keepalive 8; } upstream fresh { ${servers} }
    proxy_connect_timeout ${timeout}ms; proxy_send_timeout ${timeout}ms; proxy_read_timeout ${timeout}ms;
    keepalive_requests 1000000;
    server {
      listen ${listen};
      location /kept { proxy_pass http://kept; proxy_http_version 1.1; proxy_set_header Connection ""; }
      location /fresh { proxy_pass http://fresh; }
    }`;
}

describeWith('nginx', 'failover as nginx does it', () => {
  const dice = seededRandom(seed);
  const backends = Array.from({ length: 4 }, () => new Backend());
  let real: RealNginx;
  let ours: Nginx;
  let ourPort = 0;
  let isOver = false;
  /** How often a back end was lost. */
  let losses = 0;

  beforeAll(async () => {
    for (const backend of backends) {
      await backend.start();
      backend.wellSince = Number.NEGATIVE_INFINITY;
    }
    const ports = backends.map(({ port }) => port);
    real = await startRealNginx(config(ports, 'PORT'));
    [ourPort = 0] = await freePorts(1);
    const started = await startNginx(modelOf(config(ports, `127.0.0.1:${ourPort}`)), createNodeHost(), {
      nginxVersion: installedNginx() ?? '',
      rooms: handlers,
    });
    if (!started.value) throw new Error(started.diagnostics.map(({ message }) => message).join('\n'));
    ours = started.value;
  }, 30_000);
  afterAll(async () => {
    await ours?.stop();
    await real?.stop();
    for (const backend of backends) backend.kill();
  });

  /** Asks again and again, one request in five a POST, through kept and fresh connections to back ends. */
  async function traffic(port: number, seen: Seen, count: number, own: () => number): Promise<void> {
    const client = new KeptClient(port, 15_000);
    for (let i = 0; i < count || !isOver; i++) {
      const method = own() < 0.2 ? 'POST' : 'GET';
      const uri = own() < 0.5 ? '/kept' : '/fresh';
      const body = method === 'POST' ? 'Content-Length: 4\r\n\r\nbody' : '\r\n';
      const { status } = await client.ask(`${method} ${uri} HTTP/1.1\r\nHost: x\r\n${body}`);
      const key = `${method} ${status}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      if (leisure > 0) await pause(leisure);
    }
    client.close();
  }

  /** Breaks back ends until `isOver`, but never the last one that both nginx have had time to trust again. */
  async function trouble(): Promise<void> {
    const trusted = 3500;
    const breaks: Promise<void>[] = [];
    while (!isOver) {
      await pause(100 + dice() * 900);
      const victim = backends[Math.floor(dice() * backends.length)] as Backend;
      const frozen = dice() < 0.5;
      const lasts = 200 + dice() * 1800;
      const now = performance.now();
      const isSafe = backends.some((backend) => backend !== victim && now - backend.wellSince > trusted);
      if (!isSafe || victim.wellSince > now) continue;
      losses++;
      breaks.push(breakFor(victim, frozen, lasts));
    }
    await Promise.all(breaks);
  }

  async function breakFor(backend: Backend, frozen: boolean, milliseconds: number): Promise<void> {
    if (frozen) backend.freeze();
    else backend.kill();
    await pause(milliseconds);
    if (frozen) backend.thaw();
    else await backend.start();
  }

  it(
    `${wanted} requests while back ends are killed, frozen and started again`,
    async () => {
      const theirs: Seen = new Map();
      const mine: Seen = new Map();
      const share = Math.ceil(wanted / clients);
      const all = Array.from({ length: clients }, (_, i) => [
        traffic(real.port, theirs, share, seededRandom(seed * 1000 + i)),
        traffic(ourPort, mine, share, seededRandom(seed * 1000 + i)),
      ]).flat();
      const broken = trouble();
      const enough = isFull ? Number.POSITIVE_INFINITY : 8000;
      const started = performance.now();
      while (Math.min(sum(theirs), sum(mine)) < wanted && performance.now() - started < enough) await pause(50);
      isOver = true;
      await Promise.all([...all, broken]);
      const say = (seen: Seen) =>
        [...seen]
          .sort()
          .map(([key, count]) => `${key}: ${count}`)
          .join(', ');
      process.stdout.write(`${losses} back ends lost\nnginx     ${say(theirs)}\nnginxrun  ${say(mine)}\n`);
      expect(sum(mine)).toBeGreaterThanOrEqual(wanted);
      expect(losses).toBeGreaterThan(2);
      // A request that may be sent again is answered while one back end is well.
      expect(errors(theirs, 'GET')).toEqual([]);
      expect(errors(mine, 'GET')).toEqual([]);
      // One that may not is lost with its back end: 502 when it was killed, 504 when it was frozen.
      for (const seen of [theirs, mine]) for (const key of errors(seen, 'POST')) expect(key).toMatch(/^POST 50[24]$/);
      const rate = (seen: Seen) => errors(seen, 'POST').reduce((total, key) => total + (seen.get(key) ?? 0), 0);
      expect(rate(mine)).toBeLessThanOrEqual(rate(theirs) + losses * clients * 0.2);
    },
    isFull ? 3_600_000 : 60_000,
  );
});

function errors(seen: Seen, method: string): string[] {
  return [...seen.keys()].filter((key) => key.startsWith(method) && !key.endsWith(' 200'));
}

function sum(seen: Seen): number {
  let total = 0;
  for (const count of seen.values()) total += count;
  return total;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
