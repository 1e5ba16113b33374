import { afterAll, beforeAll, expect, it } from 'vitest';
import { consistentHash } from '../../src/runtime/upstream/consistent-hash.ts';
import { hash } from '../../src/runtime/upstream/hash.ts';
import { ipHash, ipHashKey } from '../../src/runtime/upstream/ip-hash.ts';
import { type Balancer, makePeer, type PeerGroup } from '../../src/runtime/upstream/peer.ts';
import { roundRobin } from '../../src/runtime/upstream/round-robin.ts';
import { describeWith } from '../support/real.ts';
import { freePorts, type RealNginx, startRealNginx } from '../support/real-nginx.ts';

/*
 * Who gets a request: nginx, whose backends are servers of its own that tell their port, against our balancers, asked
 * directly. Addresses vary by X-Forwarded-For, which ip_hash sees through realip.
 */

const weights = [1, 3, 1, 2, 1];
const v4 = Array.from({ length: 250 }, (_, i) => `${(i * 7) % 223}.${(i * 31) % 256}.${(i * 97) % 256}.${i}`).map((ip) =>
  ip.replace(/^0\./, '9.'),
);
const v6 = Array.from({ length: 100 }, (_, i) => `2001:db8:${(i * 7919).toString(16).slice(-4)}::${(i * 31).toString(16)}`);
const keys = Array.from({ length: 300 }, (_, i) => `key-${(i * 2654435761) % 1_000_003}`);

describeWith('nginx', 'balancing as nginx does it', () => {
  let real: RealNginx;
  let ports: number[];

  beforeAll(async () => {
    ports = await freePorts(weights.length);
    const servers = ports.map((port, i) => `server 127.0.0.1:${port} weight=${weights[i]};`).join(' ');
    const someDown = ports.map((port, i) => `server 127.0.0.1:${port} weight=${weights[i]}${i === 1 ? ' down' : ''};`).join(' ');
    real = await startRealNginx(`
      ${ports.map((port) => `server { listen 127.0.0.1:${port}; return 200 $server_port; }`).join('\n')}
      upstream rr { ${servers} } upstream ip { ip_hash; ${servers} } upstream hash { hash $arg_k; ${servers} } upstream ring { hash $arg_k consistent; ${servers} }
      upstream ip-down { ip_hash; ${someDown} } upstream hash-down { hash $arg_k; ${someDown} } upstream ring-down { hash $arg_k consistent; ${someDown} }
      set_real_ip_from 0.0.0.0/0; real_ip_header X-Forwarded-For;
      keepalive_requests 100000;
      server { listen PORT; location ~ ^/(?<up>[a-z-]+) { proxy_pass http://$up; } }`);
  });
  afterAll(() => real?.stop());

  /** One pipelined connection asks for all. */
  async function theirs(upstream: string, fields: readonly { key?: string; from?: string }[]): Promise<number[]> {
    const requests = fields.map(
      ({ key = '', from }, i) =>
        `GET /${upstream}?k=${key} HTTP/1.1\r\nHost: x\r\n${from ? `X-Forwarded-For: ${from}\r\n` : ''}${i === fields.length - 1 ? 'Connection: close\r\n' : ''}\r\n`,
    );
    const received = await real.send(requests.join(''));
    return [...received.matchAll(/\r\n\r\n(\d+)/g)].map(([, port]) => Number(port));
  }

  function ours(method: (group: PeerGroup) => Balancer, asked: readonly string[], down = false): number[] {
    const peers = ports.map((port, i) =>
      makePeer({
        name: `127.0.0.1:${port}`,
        address: { kind: 'ip', host: '127.0.0.1', port },
        weight: weights[i] ?? 1,
        down: down && i === 1,
      }),
    );
    const balancer = method({ upstream: 'u', primaries: peers, backups: [] });
    const at = { seconds: () => 1000, random: () => 0, monotonic: () => 0, attempt: null, skipped: null };
    return asked.map((key) => {
      const selection = balancer.select(key);
      const peer = selection.next(at);
      if (peer) selection.free(peer, 'ok', at);
      return peer?.address.kind === 'ip' ? peer.address.port : 0;
    });
  }

  it('smooth weighted round robin', async () => {
    expect(ours(roundRobin, keys)).toEqual(
      await theirs(
        'rr',
        keys.map(() => ({})),
      ),
    );
  });

  for (const down of [false, true]) {
    const [suffix, words] = down ? ['-down', ', one server down'] : ['', ''];
    it(`ip_hash${words}`, async () => {
      const addresses = [...v4, ...v6];
      expect(ours(ipHash, addresses.map(ipHashKey), down)).toEqual(
        await theirs(
          `ip${suffix}`,
          addresses.map((from) => ({ from })),
        ),
      );
    });
    it(`hash${words}`, async () => {
      expect(ours(hash, keys, down)).toEqual(
        await theirs(
          `hash${suffix}`,
          keys.map((key) => ({ key })),
        ),
      );
    });
    it(`hash consistent${words}`, async () => {
      expect(ours(consistentHash, keys, down)).toEqual(
        await theirs(
          `ring${suffix}`,
          keys.map((key) => ({ key })),
        ),
      );
    });
  }
});
