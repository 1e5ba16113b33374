import { lstatSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../src/host/seeded-random.ts';
import { expectationsOf } from '../support/expectations.ts';
import { root } from '../support/files.ts';
import { comparable, rawExchange } from '../support/raw-exchange.ts';
import { describeWith } from '../support/real.ts';
import { freePorts, installedNginx, type RealNginx, startRealNginx } from '../support/real-nginx.ts';
import { bodies, sizes } from './http-core/bodies.ts';
import { conditionals, encodings, ranges } from './http-core/conditions.ts';
import { type Address, addresses, configuration, files, modified } from './http-core/configuration.ts';
import { connections, damaged } from './http-core/connections.ts';
import { headerLines, hostLines } from './http-core/header-lines.ts';
import { paths, requestLines } from './http-core/lines.ts';
import { contents, guards } from './http-core/modules.ts';
import { type Conversation, type Dice, type Table, table } from './http-core/request.ts';
import { written } from './http-core/written.ts';

/*
 * The same bytes go to nginx and to nginxrun, one process each, and the same bytes must come back. What chance makes is
 * the same for the same SEED; ONLY=sizes runs the tables whose titles begin so.
 */

const seed = Number(process.env.SEED ?? 5);
const only = process.env.ONLY ?? '';

const tables: readonly Table[] = [
  table('written by hand', 'core', written),
  ...[
    requestLines,
    paths,
    headerLines,
    hostLines,
    bodies,
    sizes,
    conditionals,
    ranges,
    encodings,
    connections,
    guards,
    contents,
    damaged,
  ]
    // Each has dice of its own, so that a line added to one leaves the others as they are.
    .flatMap((make, index) => make(dice(seed * 1000 + index))),
].filter(({ title }) => title.startsWith(only));

const together = 64;
const patience = 400;

describeWith('nginx', `HTTP core beside nginx, seed ${seed}`, () => {
  const known = expectationsOf('http-core');
  const used = new Set<string>();
  let theirs: Server;
  let ours: Server;

  beforeAll(async () => {
    const nginxrun = [process.execPath, join(root, 'bin/nginxrun.js'), '--nginx-version', installedNginx() ?? ''];
    [theirs, ours] = await Promise.all([start(['nginx']), start(nginxrun)]);
  }, 60_000);
  afterAll(() => Promise.all([theirs?.running.stop(), ours?.running.stop()]));

  test.each(tables.map((one) => [`${one.title}: ${one.conversations.length}`, one] as const))(
    '%s',
    { timeout: 60_000 },
    async (_, { conversations }) => {
      const different: string[] = [];
      await inParallel(conversations, async (conversation) => {
        const text = JSON.stringify(conversation.bytes);
        const difference = (await differenceIn(conversation, patience)) && (await differenceIn(conversation, patience * 4));
        if (!difference) return;
        const expected = known.find(({ statement }) => statement.test(`${conversation.to} ${text}`));
        if (expected) used.add(expected.statement.source);
        else different.push(`${conversation.to} ${text}\n${difference}`);
      });
      expect(different.join('\n\n')).toBe('');
    },
  );

  test('every expected difference still is one', async () => {
    for (const { statement, example } of known) {
      const [to, bytes] = /^(\w+) (.*)$/.exec(example)?.slice(1) ?? [];
      const conversation = { to: to as Address, bytes: JSON.parse(bytes ?? '') as string };
      expect(statement.test(example), example).toBe(true);
      expect(await differenceIn(conversation, patience), example).not.toBe('');
    }
    if (only === '') expect(known.map(({ statement }) => statement.source).filter((source) => !used.has(source))).toEqual([]);
  });

  async function differenceIn({ to, bytes }: Conversation, wait: number): Promise<string> {
    const [expected, got] = await Promise.all([answerOf(theirs, to, bytes, wait), answerOf(ours, to, bytes, wait)]);
    return expected === got ? '' : apart(expected, got);
  }
});

/** Two answers from shortly before they part. */
function apart(expected: string, got: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === got[at]) at++;
  const show = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 200));
  const status = (text: string) => text.slice(9, 12);
  return `  nginx:    ${status(expected)} … ${show(expected)}\n  nginxrun: ${status(got)} … ${show(got)}`;
}

/** A running server, and where it listens under each name. */
interface Server {
  readonly running: RealNginx;
  readonly ports: Readonly<Record<Address, number>>;
}

async function start(program: readonly string[]): Promise<Server> {
  const free = await freePorts(addresses.length);
  const ports = Object.fromEntries(addresses.map((name, index) => [name, free[index]])) as Record<Address, number>;
  const text = configuration.replace(/@(\w+)/g, (whole, name: Address) => (ports[name] ? `127.0.0.1:${ports[name]}` : whole));
  const running = await startRealNginx(`${text}\nserver { listen PORT; }`, files, program);
  writeFileSync(join(running.directory, 'html/pre.txt.gz'), gzipSync('packed before'));
  makeOld(join(running.directory, 'html'));
  return { running, ports };
}

function makeOld(path: string): void {
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) makeOld(join(path, name));
  utimesSync(path, modified, modified);
}

/** What a server says, its ports and directory by name. */
async function answerOf({ running, ports }: Server, to: Address, bytes: string, wait: number): Promise<string> {
  let answer = comparable(await rawExchange(ports[to], bytes, wait)).replaceAll(running.directory, 'DIRECTORY');
  for (const name of addresses) answer = answer.replaceAll(`:${ports[name]}`, `:@${name}`);
  return answer;
}

function dice(from: number): Dice {
  const random = seededRandom(from);
  const upTo = (most: number) => Math.floor(random() * most);
  return { upTo, pick: <Entry>(list: readonly Entry[]) => list[upTo(list.length)] as Entry };
}

async function inParallel<Entry>(entries: readonly Entry[], act: (entry: Entry) => Promise<void>): Promise<void> {
  const rest = entries.values();
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const entry of rest) await act(entry);
    }),
  );
}
