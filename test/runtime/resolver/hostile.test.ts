import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryHost, type MemoryHost } from '../../../src/host/memory.ts';
import { seededRandom } from '../../../src/host/seeded-random.ts';
import type { Resolution } from '../../../src/runtime/resolver/resolution.ts';
import { Resolver } from '../../../src/runtime/resolver/resolver.ts';
import { nameBytes, PlayedNameServer } from './played-name-server.ts';

let host: MemoryHost;
let dns: PlayedNameServer;
let lines: string[];
let resolver: Resolver;
beforeEach(() => {
  host = createMemoryHost();
  dns = new PlayedNameServer(host);
  lines = [];
  resolver = new Resolver(host, { servers: [], valid: 0, ipv4: true, ipv6: false }, (_, line) => void lines.push(line));
  resolver.place([{ kind: 'ip', host: '127.0.0.1', port: 53 }]);
  dns.set('a.test', 'A 10.0.0.1');
});

async function lookUp(name = 'a.test', service = ''): Promise<Resolution> {
  let found: Resolution | undefined;
  resolver.resolve({ name, service, timeout: 6000 }, (resolution) => {
    found = resolution;
  });
  await host.advance(20_000);
  if (!found) throw new Error('nobody has answered');
  return found;
}

/** The answer with bytes put somewhere. */
function put(at: number, ...bytes: number[]): (answer: Buffer) => Buffer {
  return (answer) => Buffer.concat([answer.subarray(0, at), Buffer.from(bytes), answer.subarray(at + bytes.length)]);
}

// A question for a.test ends at 24; the record's name is at 24, its type at 26, class 28, TTL 30, length 34, data 36.
const cases: readonly [string, (answer: Buffer) => Buffer, string][] = [
  ['nothing', () => Buffer.alloc(0), 'short DNS response'],
  ['half a header', (answer) => answer.subarray(0, 6), 'short DNS response'],
  ['no answer section', (answer) => answer.subarray(0, 24), 'short DNS response'],
  ['half an address', (answer) => answer.subarray(0, 38), 'short DNS response'],
  ['a query', put(2, 0x01), 'invalid UDP DNS response'],
  ['another id', (answer) => put(0, (answer[0] as number) ^ 1)(answer), 'wrong ident'],
  ['another name', put(13, 0x62), 'unexpected DNS response for b.test'],
  ['another type', put(21, 28), 'unexpected DNS response for a.test'],
  ['a type that nobody asks for', put(21, 15), 'unknown query type 15 in DNS response'],
  ['another class', put(23, 3), 'unknown query class 3 in DNS response'],
  ['two questions', put(5, 2), 'invalid number of questions in DNS response'],
  ['no name', put(12, 0), 'zero-length domain name in DNS response'],
  ['a pointer in the question', put(12, 0xc0, 12), 'unexpected compression pointer in DNS response'],
  ['FORMERR', put(3, 0x81), 'DNS error (1: Format error), query id:'],
  ['a code of its own', put(3, 0x89), 'DNS error (9: Unknown error), query id:'],
  ['a record of another class', put(29, 3), 'unexpected RR class 3 in DNS response'],
  ['an address of five bytes', put(35, 5), 'invalid A record in DNS response'],
  ['the other family', put(27, 28), 'unexpected AAAA record in DNS response'],
  ['a text record', put(27, 16), 'no A or CNAME types in DNS response'],
  ['an alias that points at itself', put(27, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 36), 'compression pointers loop in DNS response'],
  ['an alias outside', put(27, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xff, 0xff), 'name is out of DNS response'],
  ['an alias with a strange label', put(27, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0x80, 0), 'invalid label type in DNS response'],
];

describe('an answer with', () => {
  for (const [what, spoil, line] of cases) {
    it(`${what}: ${line}`, async () => {
      dns.spoil = spoil;
      expect((await lookUp()).state).toBe(110);
      expect(lines.join('\n')).toContain(line);
    });
  }
});

describe('answers that are cut or changed anywhere', () => {
  it('end in addresses, an error or the time-out', async () => {
    const random = seededRandom(7);
    dns.set('_http._tcp.s.test', 'SRV 1 5 8080 a.test', 'SRV 2 0 8081 b.test');
    dns.set('b.test', 'CNAME a.test');
    dns.spoil = (answer) => {
      const spoiled = Buffer.from(answer.subarray(0, random() < 0.3 ? Math.floor(random() * answer.length) : undefined));
      for (let i = Math.floor(random() * 4); i > 0 && spoiled.length > 0; i--) {
        spoiled[Math.floor(random() * spoiled.length)] = random() < 0.5 ? 0xc0 : Math.floor(random() * 256);
      }
      return spoiled;
    };
    const states = new Set<number>();
    for (let i = 0; i < 600; i++) {
      const { state } = await (i % 2 ? lookUp('s.test', 'http') : lookUp('b.test'));
      states.add(state);
      await host.advance(61_000);
    }
    expect(states.has(0) && states.has(110)).toBe(true);
  });

  it('over TCP too, in pieces of any size', async () => {
    dns.manner = 'truncated';
    dns.set('big.test', ...Array.from({ length: 2000 }, (_, i) => `A 10.1.${i >> 8}.${i & 255}`));
    expect((await lookUp('big.test')).addresses).toHaveLength(2000);
    const socket = host.network.connect({ kind: 'ip', host: '127.0.0.1', port: 53 }, {});
    socket.destroy();
    await host.advance(5000);
    expect(host.network.openSockets).toBe(0);
  });
});

it('labels of a name that cannot be asked for', async () => {
  for (const name of ['', 'a..test', `${'x'.repeat(256)}.test`]) expect((await lookUp(name)).state).toBe(3);
  expect(dns.asked).toEqual([]);
  expect(nameBytes('a.test')).toHaveLength(8);
});
