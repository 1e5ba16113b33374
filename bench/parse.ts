/*
 * Reading a configuration of a megabyte: ours beside the parsers of npm, in one process, by turns. Peers that are
 * not installed are left out with a notice; `npm install --prefix bench` installs those of bench/package.json.
 */
import { createRequire } from 'node:module';
import { parse } from '../grammar/parser.ts';
import { cut } from '../grammar/tokens.ts';
import { sourceText } from '../src/base/source-text.ts';
import { vocabulary } from '../src/model/vocabulary.ts';
import { parseFile } from '../src/syntax/build.ts';
import { realisticConfig } from './realistic-config.ts';

interface Reader {
  readonly name: string;
  readonly read: (text: string) => unknown;
}

const require = createRequire(import.meta.url);
const rounds = Number(process.argv[2] ?? 15);
const text = realisticConfig(1_000_000);
const silent = { word() {}, semicolon() {}, open() {}, raw() {}, close() {} };

const ours: Reader[] = [
  { name: 'this: parseFile (tree, findings)', read: (conf) => parseFile(sourceText('big.conf', conf), vocabulary) },
  { name: 'this: tokens alone', read: (conf) => cut(conf) },
  { name: 'this: tokens and grammar', read: (conf) => parse(cut(conf).tokens, silent) },
];

/** How each peer is called; any shape of a module will do. */
const peers: readonly { readonly name: string; readonly open: (module: never) => (text: string) => unknown }[] = [
  {
    name: 'nginx-conf/dist/src/parser',
    open: (module: { NginxParser: new () => { parse(text: string): unknown } }) => (conf) => new module.NginxParser().parse(conf),
  },
  {
    name: '@webantic/nginx-config-parser',
    open: (module: new () => { toJSON(text: string): unknown }) => (conf) => new module().toJSON(conf),
  },
  {
    name: 'nginx-config-parser',
    open: (module: { parseFromString(text: string): unknown }) => (conf) => module.parseFromString(conf),
  },
  { name: 'prettier-plugin-nginx', open: prettierPlugin },
];

function prettierPlugin(module: {
  parsers?: Readonly<Record<string, { parse(text: string, options: object): unknown }>>;
}): (text: string) => unknown {
  const parser = Object.values(module.parsers ?? {})[0];
  if (!parser) throw new Error('no parser');
  return (conf) => parser.parse(conf, {});
}

function installedPeers(): Reader[] {
  return peers.flatMap(({ name, open }) => {
    try {
      const loaded: { default?: unknown } = require(name);
      const read = open((typeof loaded === 'object' && loaded.default ? loaded.default : loaded) as never);
      read('events { worker_connections 10; }\n');
      return [{ name, read }];
    } catch (error) {
      console.log(`${name}: left out (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not usable'})`);
      return [];
    }
  });
}

/** Milliseconds of CPU time of this process, collector and all. */
function cpu(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const readers = [...ours, ...installedPeers()];
const first = new Map<string, number>();
const times = new Map<string, number[]>(readers.map(({ name }) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const { name, read } of readers) {
    const took = cpu(() => read(text));
    if (round) times.get(name)?.push(took);
    else first.set(name, took);
  }
}

const megabytes = text.length / 1e6;
const median = (name: string): number => [...(times.get(name) ?? [])].sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
const own = median(ours[0]?.name ?? '');
console.log(`${megabytes.toFixed(2)} MB, ${rounds} rounds, Node ${process.versions.node}; CPU time`);
for (const { name } of readers) {
  const took = median(name);
  const best = Math.min(...(times.get(name) ?? []));
  const rate = (ms: number): string => `${((megabytes / ms) * 1000).toFixed(1)} MB/s`;
  console.log(
    `${name.padEnd(34)} median ${took.toFixed(1)} ms ${rate(took)}  best ${rate(best)}  first ${first.get(name)?.toFixed(0)} ms  ×${(took / own).toFixed(2)}`,
  );
}
