import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/host/seeded-random.ts';
import { consistentHash } from '../../src/runtime/upstream/consistent-hash.ts';
import { hash } from '../../src/runtime/upstream/hash.ts';
import { ipHash, ipHashKey } from '../../src/runtime/upstream/ip-hash.ts';
import { leastConn } from '../../src/runtime/upstream/least-conn.ts';
import {
  type Balancer,
  type Balancing,
  makePeer,
  type Peer,
  type PeerGroup,
  type Selection,
} from '../../src/runtime/upstream/peer.ts';
import { random } from '../../src/runtime/upstream/random.ts';
import { roundRobin } from '../../src/runtime/upstream/round-robin.ts';
import { KeptClient } from '../support/kept-client.ts';
import { describeWith } from '../support/real.ts';
import { freePorts, type RealNginx, startRealNginx } from '../support/real-nginx.ts';

/*
 * Who gets a request: nginx, whose backends tell their port, against our balancers, asked directly: 1,000 requests with as
 * many keys or addresses for each method, with and without `zone`. Addresses vary by X-Forwarded-For, which ip_hash sees
 * through realip.
 */

const many = 1000;
const weights = [1, 3, 1, 2, 1];
const v4 = Array.from({ length: 700 }, (_, i) => `${1 + ((i * 7) % 223)}.${(i * 31) % 256}.${(i * 97) % 256}.${i % 256}`);
const v6 = Array.from({ length: 300 }, (_, i) => `2001:db8:${(i * 7919).toString(16).slice(-4)}::${(i * 31).toString(16)}`);
const addresses = [...v4, ...v6];
const keys = Array.from({ length: many }, (_, i) => `key-${(i * 2654435761) % 1_000_003}`);

interface Method {
  readonly line: string;
  readonly bind: (group: PeerGroup) => Balancer;
  readonly keys: readonly string[];
  readonly keyOf?: (key: string) => string;
}

const methods: Readonly<Record<string, Method>> = {
  rr: { line: '', bind: roundRobin, keys },
  ip: { line: 'ip_hash;', bind: ipHash, keys: addresses, keyOf: ipHashKey },
  hash: { line: 'hash $arg_k;', bind: hash, keys },
  ring: { line: 'hash $arg_k consistent;', bind: consistentHash, keys },
};

interface Variant {
  readonly name: string;
  readonly method: Method;
  readonly down: boolean;
  readonly zone: boolean;
}

const variants: readonly Variant[] = Object.entries(methods).flatMap(([name, method]) =>
  [false, true].flatMap((down) =>
    [false, true].map((zone) => ({ name: `${name}${down ? '-down' : ''}${zone ? '-zone' : ''}`, method, down, zone })),
  ),
);

/** A backend that tells its port, and answers `/hold` only when it is let go. */
class Backends {
  readonly ports: number[] = [];
  /** Requests that wait for their answer: the port that has them, and how to give it. */
  readonly held: { readonly port: number; readonly letGo: () => void }[] = [];
  private readonly servers: Server[] = [];
  private arrived: (() => void) | null = null;

  async start(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const server = createServer((socket) => this.serve(socket)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      this.servers.push(server);
      this.ports.push((server.address() as AddressInfo).port);
    }
  }

  /** Resolves to the port that gets the next request. */
  next(): Promise<number> {
    return new Promise((resolve) => (this.arrived = () => resolve(this.held.at(-1)?.port ?? 0)));
  }

  stop(): void {
    for (const server of this.servers) server.close();
  }

  private serve(socket: Socket): void {
    const port = socket.localPort ?? 0;
    socket.on('error', () => {});
    socket.on('data', () => {
      const body = String(port);
      const letGo = () => void socket.end(`HTTP/1.0 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      this.held.push({ port, letGo });
      this.arrived?.();
    });
  }
}

async function textOf(client: KeptClient, uri: string): Promise<string> {
  return (await client.ask(`GET ${uri} HTTP/1.1\r\nHost: x\r\n\r\n`)).body;
}

const dice = seededRandom(6);

function peersAt(ports: readonly number[], peerWeights: readonly number[], down = false): Peer[] {
  return ports.map((port, i) =>
    makePeer({
      name: `127.0.0.1:${port}`,
      address: { kind: 'ip', host: '127.0.0.1', port },
      weight: peerWeights[i] ?? 1,
      down: down && i === 1,
    }),
  );
}

const at: Balancing = { seconds: () => 1000, monotonic: () => 0, attempt: null, random: dice, skipped: null };

/** Our balancer, asked again and again. */
class Ours {
  private readonly balancer: Balancer;

  constructor(bind: (group: PeerGroup) => Balancer, peers: readonly Peer[]) {
    this.balancer = bind({ upstream: 'u', primaries: peers, backups: [] });
  }

  /** A request that takes no time. */
  ask(key = ''): number {
    const { port, letGo } = this.begin(key);
    letGo();
    return port;
  }

  begin(key = ''): { readonly port: number; readonly letGo: () => void } {
    const selection: Selection = this.balancer.select(key);
    const peer = selection.next(at);
    if (peer?.address.kind !== 'ip') return { port: 0, letGo: () => {} };
    return { port: peer.address.port, letGo: () => selection.free(peer, 'ok', at) };
  }
}

function serversOf(ports: readonly number[], peerWeights: readonly number[], down = false): string {
  return ports.map((port, i) => `server 127.0.0.1:${port} weight=${peerWeights[i]}${down && i === 1 ? ' down' : ''};`).join(' ');
}

describeWith('nginx', 'balancing as nginx does it', () => {
  let real: RealNginx;
  let ports: number[];
  const backends = new Backends();
  const equal = [1, 1];

  beforeAll(async () => {
    ports = await freePorts(weights.length);
    await backends.start(weights.length);
    const blocks = variants.map(
      ({ name, method, down, zone }) =>
        `upstream ${name} { ${zone ? `zone ${name} 128k;` : ''} ${method.line} ${serversOf(ports, weights, down)} }`,
    );
    const busy = backends.ports;
    for (const zone of ['', '-zone']) {
      const memory = (name: string) => (zone ? `zone ${name} 128k;` : '');
      blocks.push(
        `upstream least${zone} { ${memory('least')} least_conn; ${serversOf(busy, weights)} }`,
        `upstream two${zone} { ${memory('two')} random two; ${serversOf(busy.slice(0, 2), equal)} }`,
        `upstream random${zone} { ${memory('random')} random; ${serversOf(ports, weights)} }`,
      );
    }
    real = await startRealNginx(`
      ${ports.map((port) => `server { listen 127.0.0.1:${port}; keepalive_requests 100000; return 200 $server_port; }`).join('\n')}
      ${blocks.join('\n')}
      set_real_ip_from 0.0.0.0/0; real_ip_header X-Forwarded-For;
      keepalive_requests 100000;
      server { listen PORT; location ~ ^/(?<up>[a-z-]+) { proxy_pass http://$up; } }`);
  });
  afterAll(async () => {
    await real?.stop();
    backends.stop();
  });

  /** One pipelined connection asks for all. */
  async function theirs(upstream: string, fields: readonly { key?: string; from?: string }[]): Promise<number[]> {
    const requests = fields.map(
      ({ key = '', from }, i) =>
        `GET /${upstream}?k=${key} HTTP/1.1\r\nHost: x\r\n${from ? `X-Forwarded-For: ${from}\r\n` : ''}${i === fields.length - 1 ? 'Connection: close\r\n' : ''}\r\n`,
    );
    const received = await real.send(requests.join(''));
    return [...received.matchAll(/\r\n\r\n(\d+)/g)].map(([, port]) => Number(port));
  }

  for (const { name, method, down, zone } of variants) {
    it(`${method.line || 'smooth weighted round robin'}${down ? ', one server down' : ''}${zone ? ', in a zone' : ''}`, async () => {
      const ours = new Ours(method.bind, peersAt(ports, weights, down));
      const asked = method.keys.map((key) => (method.keyOf ? { from: key } : { key }));
      const chosen = await theirs(name, asked);
      expect(chosen).toHaveLength(many);
      expect(method.keys.map((key) => ours.ask(method.keyOf ? method.keyOf(key) : key))).toEqual(chosen);
    });
  }

  /** Requests begin and end at random; `check` sees who was chosen, and what each has to do at that moment. */
  async function busily(upstream: string, check: (port: number, load: ReadonlyMap<number, number>) => (() => void) | null) {
    const running: { letGo: () => void; ours: (() => void) | null; done: Promise<string>; client: KeptClient; port: number }[] =
      [];
    const load = new Map<number, number>();
    const idle: KeptClient[] = [];
    for (let i = 0; i < many; ) {
      if (running.length > 0 && (running.length > 24 || dice() < 0.45)) {
        const [one] = running.splice(Math.floor(dice() * running.length), 1);
        one?.letGo();
        await one?.done;
        one?.ours?.();
        if (one) {
          load.set(one.port, (load.get(one.port) ?? 0) - 1);
          idle.push(one.client);
        }
        continue;
      }
      i++;
      const arrives = backends.next();
      const client = idle.pop() ?? new KeptClient(real.port);
      const done = textOf(client, `/${upstream}`);
      const port = await arrives;
      const letGo = backends.held.pop()?.letGo ?? (() => {});
      running.push({ letGo, ours: check(port, load), done, client, port });
      load.set(port, (load.get(port) ?? 0) + 1);
    }
    for (const { letGo, done, client } of running) {
      letGo();
      await done;
      client.close();
    }
    for (const client of idle) client.close();
  }

  for (const zone of ['', '-zone']) {
    it(`least_conn, while requests come and go${zone && ', in a zone'}`, async () => {
      const ours = new Ours(leastConn, peersAt(backends.ports, weights));
      const [theirChoices, ourChoices]: number[][] = [[], []];
      await busily(`least${zone}`, (port) => {
        const { port: mine, letGo } = ours.begin();
        theirChoices?.push(port);
        ourChoices?.push(mine);
        return letGo;
      });
      expect(theirChoices).toHaveLength(many);
      expect(ourChoices).toEqual(theirChoices);
    });

    it(`random two of two servers is the less busy one${zone && ', in a zone'}`, async () => {
      const [first = 0, second = 0] = backends.ports;
      const wrong: number[] = [];
      let decided = 0;
      await busily(`two${zone}`, (port, load) => {
        const other = port === first ? second : first;
        if ((load.get(port) ?? 0) > (load.get(other) ?? 0)) wrong.push(port);
        if ((load.get(port) ?? 0) !== (load.get(other) ?? 0)) decided++;
        return null;
      });
      expect(wrong).toEqual([]);
      expect(decided).toBeGreaterThan(many / 5);
    });

    it(`random: shares are the weights${zone && ', in a zone'}`, async () => {
      const chosen = await theirs(
        `random${zone}`,
        keys.map(() => ({})),
      );
      const ours = new Ours((group) => random(group, false), peersAt(ports, weights));
      for (const drawn of [chosen, keys.map(() => ours.ask())]) {
        for (const [i, port] of ports.entries()) {
          const share = (weights[i] ?? 0) / 8;
          const expected = many * share;
          const seen = drawn.filter((one) => one === port).length;
          // Six standard deviations.
          expect(Math.abs(seen - expected)).toBeLessThan(6 * Math.sqrt(expected * (1 - share)));
        }
      }
    });
  }

  it('random two of two servers is the less busy one for us, too', () => {
    const [one, two] = peersAt(ports.slice(0, 2), equal) as [Peer, Peer];
    const balancer = random({ upstream: 'u', primaries: [one, two], backups: [] }, true);
    for (let i = 0; i < many; i++) {
      [one.conns, two.conns] = [Math.floor(dice() * 10), Math.floor(dice() * 10)];
      const [before, others] = [one.conns, two.conns];
      const peer = balancer.select('').next(at);
      if (before !== others) expect(peer).toBe(before < others ? one : two);
    }
  });

  describe('by two workers', () => {
    let workers: RealNginx;
    const clients = new Map<string, KeptClient>();

    beforeAll(async () => {
      const servers = serversOf(ports, weights);
      workers = await startRealNginx(
        `keepalive_requests 100000; proxy_connect_timeout 5s;
        upstream own { ${servers} } upstream shared { zone shared 128k; ${servers} }
        server { listen PORT reuseport; location = /pid { return 200 $pid; } location ~ ^/(?<up>[a-z-]+) { proxy_pass http://$up; } }`,
        {},
        ['nginx'],
        'worker_processes 2;',
      );
      for (let i = 0; i < 60 && clients.size < 2; i++) {
        const client = new KeptClient(workers.port);
        const pid = await textOf(client, '/pid');
        if (clients.has(pid)) client.close();
        else clients.set(pid, client);
      }
    });
    afterAll(async () => {
      for (const client of clients.values()) client.close();
      await workers?.stop();
    });

    async function choices(upstream: string): Promise<{ worker: number; port: number }[]> {
      const both = [...clients.values()];
      const chosen = [];
      for (let i = 0; i < many; i++) {
        const worker = Math.floor(dice() * both.length);
        chosen.push({ worker, port: Number(await textOf(both[worker] as KeptClient, `/${upstream}`)) });
      }
      return chosen;
    }

    it('each has a turn of its own without a zone', async () => {
      expect(clients.size).toBe(2);
      const ours = [0, 1].map(() => new Ours(roundRobin, peersAt(ports, weights)));
      const chosen = await choices('own');
      expect(chosen.map(({ worker }) => ours[worker]?.ask())).toEqual(chosen.map(({ port }) => port));
    });

    it('all take turns with a zone', async () => {
      const ours = new Ours(roundRobin, peersAt(ports, weights));
      const chosen = await choices('shared');
      expect(chosen.map(() => ours.ask())).toEqual(chosen.map(({ port }) => port));
    });
  });
});
