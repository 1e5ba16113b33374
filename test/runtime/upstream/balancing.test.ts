import { describe, expect, it } from 'vitest';
import { consistentHash } from '../../../src/runtime/upstream/consistent-hash.ts';
import { hash } from '../../../src/runtime/upstream/hash.ts';
import { ipHash, ipHashKey } from '../../../src/runtime/upstream/ip-hash.ts';
import { leastConn } from '../../../src/runtime/upstream/least-conn.ts';
import { type Balancer, type Balancing, makePeer, type Peer, type PeerOptions } from '../../../src/runtime/upstream/peer.ts';
import { random } from '../../../src/runtime/upstream/random.ts';
import { roundRobin } from '../../../src/runtime/upstream/round-robin.ts';

type Line = Partial<PeerOptions> & { name: string; backup?: boolean };

const methods = {
  'round robin': roundRobin,
  ip_hash: ipHash,
  hash,
  'hash consistent': consistentHash,
  least_conn: leastConn,
  random: (group: Parameters<typeof random>[0]) => random(group, false),
} satisfies Record<string, (group: Parameters<typeof random>[0]) => Balancer>;

/** A group with a clock that the test moves. */
function setUp(method: keyof typeof methods, lines: Line[]) {
  const clock = { seconds: 1000, dice: [0], throws: 0, skipped: [] as string[] };
  const peers = lines.map((line) => makePeer({ address: { kind: 'ip', host: line.name, port: 80 }, ...line }));
  const group = {
    upstream: 'u',
    primaries: peers.filter((_, i) => !lines[i]?.backup),
    backups: peers.filter((_, i) => lines[i]?.backup),
  };
  const at: Balancing = {
    seconds: () => clock.seconds,
    random: () => clock.dice[clock.throws++ % clock.dice.length] ?? 0,
    monotonic: () => clock.seconds * 1000,
    attempt: null,
    skipped: (peer, reason) => clock.skipped.push(`${peer.name} ${reason}`),
  };
  const balancer = methods[method](group);
  const named = (name: string) => peers.find((peer) => peer.name === name) as Peer;
  return { clock, at, balancer, named };
}

/** Sends requests one after another; `answers` says how each peer does. Returns the peers each one saw. */
function send({ balancer, at }: ReturnType<typeof setUp>, count: number, broken = '', key = ''): string {
  const seen: string[] = [];
  for (let i = 0; i < count; i++) {
    const selection = balancer.select(key);
    let way = '';
    for (;;) {
      const peer = selection.next(at);
      if (!peer) {
        way += '-';
        break;
      }
      way += peer.name;
      const fails = broken.includes(peer.name);
      selection.free(peer, fails ? 'failed' : 'ok', at);
      if (!fails || selection.tries === 0) break;
    }
    seen.push(way);
  }
  return seen.join(' ');
}

describe('smooth weighted round robin', () => {
  const cases: [string, Line[], string, string][] = [
    ['equal weights', [{ name: 'a' }, { name: 'b' }, { name: 'c' }], '', 'a b c a b c a'],
    ['5 1 1', [{ name: 'a', weight: 5 }, { name: 'b' }, { name: 'c' }], '', 'a a b a c a a'],
    ['4 2 1', [{ name: 'a', weight: 4 }, { name: 'b', weight: 2 }, { name: 'c' }], '', 'a b a c a b a'],
    ['down peers are passed over', [{ name: 'a', down: true }, { name: 'b' }], '', 'b b b b b b b'],
    ['a backup waits', [{ name: 'a', weight: 5 }, { name: 'b' }, { name: 'c', backup: true }], '', 'a a a b a a a'],
    ['a failing peer is out after one failure', [{ name: 'a' }, { name: 'b' }], 'a', 'ab b b b b b b'],
    ['max_fails=0 never bans', [{ name: 'a', maxFails: 0 }, { name: 'b' }], 'a', 'ab b ab b ab b ab'],
    ['a single peer is never out', [{ name: 'a' }], 'a', 'a a a a a a a'],
    ['a single peer that is down', [{ name: 'a', down: true }], '', '- - - - - - -'],
    ['the backup takes over', [{ name: 'a' }, { name: 'c', backup: true }], 'a', 'ac c c c c c c'],
    ['everything out', [{ name: 'a' }, { name: 'b' }], 'ab', 'ab - - - - - -'],
  ];
  for (const [name, lines, broken, expected] of cases) {
    it(name, () => expect(send(setUp('round robin', lines), 7, broken)).toBe(expected));
  }

  it('max_fails=3 needs three failures', () => {
    const up = setUp('round robin', [{ name: 'a', maxFails: 3 }, { name: 'b' }]);
    const seen = send(up, 20, 'a').split(' ');
    expect(seen.filter((way) => way.startsWith('a'))).toHaveLength(3);
    expect(seen.slice(-5)).toEqual(['b', 'b', 'b', 'b', 'b']);
  });

  it('long lists', () => {
    const lines = Array.from({ length: 70 }, (_, i) => ({ name: String.fromCharCode(0x100 + i) }));
    const up = setUp('round robin', lines);
    expect(send(up, 1, lines.map(({ name }) => name).join(''))).toHaveLength(70);
  });

  it('fail_timeout counts whole seconds, and one probe decides', () => {
    const up = setUp('round robin', [{ name: 'a', failTimeout: 2 }, { name: 'b' }]);
    expect(send(up, 2, 'a')).toBe('ab b');
    up.clock.seconds += 2;
    expect(send(up, 3, 'a')).toBe('b b b');
    up.clock.seconds += 1;
    // Its weight has gone to 0 and comes back one step a request.
    expect(send(up, 3, 'a')).toBe('b b ab');
    expect(up.named('a').fails).toBe(2);
    up.clock.seconds += 3;
    send(up, 4);
    expect(up.named('a').fails).toBe(0);
  });

  it('one probe at a time while the ban is over', () => {
    const up = setUp('round robin', [{ name: 'a', failTimeout: 2 }, { name: 'b' }]);
    send(up, 2, 'a');
    up.clock.seconds += 3;
    const first = up.balancer.select('');
    const second = up.balancer.select('');
    const peers = [first.next(up.at), second.next(up.at), up.balancer.select('').next(up.at)];
    expect(peers.filter((peer) => peer?.name === 'a')).toHaveLength(1);
  });

  it('max_conns', () => {
    const up = setUp('round robin', [
      { name: 'a', maxConns: 1 },
      { name: 'b', maxConns: 1 },
    ]);
    const selections = [1, 2, 3].map(() => up.balancer.select(''));
    expect(selections.map((selection) => selection.next(up.at)?.name)).toEqual(['a', 'b', undefined]);
    expect(up.clock.skipped).toEqual(['a max_conns', 'a max_conns', 'b max_conns']);
  });

  it('checks take a peer out, single or not', () => {
    const one = setUp('round robin', [{ name: 'a' }]);
    one.named('a').checkDown = true;
    expect(send(one, 1)).toBe('-');
    const two = setUp('round robin', [{ name: 'a' }, { name: 'b' }]);
    two.named('a').checkDown = true;
    expect(send(two, 3)).toBe('b b b');
  });

  it('tries leave out what is down', () => {
    const up = setUp('round robin', [{ name: 'a', down: true }, { name: 'b' }, { name: 'c', backup: true }]);
    expect(up.balancer.select('').tries).toBe(2);
  });
});

describe('least_conn', () => {
  it('goes where the fewest connections are, by weight', () => {
    const up = setUp('least_conn', [{ name: 'a', weight: 2 }, { name: 'b' }, { name: 'c' }]);
    const open = Array.from({ length: 8 }, () => up.balancer.select('').next(up.at)?.name);
    expect(open.sort().join('')).toBe('aaaabbcc');
  });
  it('is round robin when nothing is open', () => {
    expect(send(setUp('least_conn', [{ name: 'a', weight: 5 }, { name: 'b' }, { name: 'c' }]), 7)).toBe('a a b a c a a');
  });
  it('uses backups', () => {
    expect(send(setUp('least_conn', [{ name: 'a' }, { name: 'b' }, { name: 'c', backup: true }]), 2, 'ab')).toBe('abc c');
  });
});

describe('random', () => {
  it('lays weights end to end', () => {
    const up = setUp('random', [{ name: 'a', weight: 3 }, { name: 'b' }]);
    up.clock.dice = [0, 0.74, 0.75, 0.99];
    expect(send(up, 4)).toBe('a a b b');
  });
});

describe('keys of ip_hash', () => {
  const cases: [string, number[]][] = [
    ['10.1.2.3', [10, 1, 2]],
    ['::1', [...new Array(15).fill(0), 1]],
    ['2001:db8::ff:1', [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0, 1]],
    ['::ffff:1.2.3.4', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4]],
    ['unix:', [0, 0, 0]],
  ];
  for (const [address, bytes] of cases) {
    it(address, () => expect([...ipHashKey(address)].map((c) => c.charCodeAt(0))).toEqual(bytes));
  }
});

describe('hash', () => {
  it('stays with a peer, and goes on when it fails', () => {
    const up = setUp('hash', [{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
    const first = send(up, 1, '', 'key');
    expect(send(up, 3, '', 'key')).toBe(`${first} ${first} ${first}`);
    expect(send(up, 1, first, 'key')[1]).not.toBe(first);
  });
  it('an empty key is round robin', () => {
    expect(send(setUp('hash', [{ name: 'a' }, { name: 'b' }]), 3)).toBe('a b a');
    expect(send(setUp('hash consistent', [{ name: 'a' }, { name: 'b' }]), 3)).toBe('a b a');
  });
});
