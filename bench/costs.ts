import { spawnSync } from 'node:child_process';

/** A command that is measured beside others. */
export interface Candidate {
  readonly label: string;
  readonly command: readonly string[];
  /** Exit codes that are no accident; 0 alone when absent. */
  readonly exits?: readonly number[];
  /** The file that is its standard input. */
  readonly input?: string;
}

/** What one run of a command takes: milliseconds of wall time, milliseconds of CPU time (user and system), megabytes at its peak. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

// A certificate list for Node is read at each start, and has nothing to do with ours.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/**
 * Runs commands by turns, so that a noisy machine is noisy for all of them; gives the median of each over the rounds. One
 * round is the mean of `repeats` runs, since GNU time counts CPU time in hundredths of a second.
 */
export function costsOf(candidates: readonly Candidate[], rounds: number, repeats = 1): readonly Cost[] {
  const costs = candidates.map((): Cost[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, candidate] of candidates.entries()) costs[at]?.push(measured(candidate, repeats));
  }
  return costs.map((all) => {
    const median = (of: (cost: Cost) => number): number => all.map(of).sort((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
    return { wall: median(({ wall }) => wall), cpu: median(({ cpu }) => cpu), memory: median(({ memory }) => memory) };
  });
}

function measured({ label, command, exits = [0], input = '/dev/null' }: Candidate, repeats: number): Cost {
  const script =
    'n=$1; input=$2; shift 2; while [ $n -gt 0 ]; do "$@" <"$input" >/dev/null 2>&1; code=$?; n=$((n - 1)); done; exit $code';
  const from = performance.now();
  const args = ['-f', '%U %S %M', 'sh', '-c', script, 'sh', String(repeats), input, ...command];
  const { status, stderr, error } = spawnSync('time', args, { env, encoding: 'latin1' });
  const wall = (performance.now() - from) / repeats;
  if (error || !exits.includes(status ?? -1)) throw new Error(`${label}: ${error?.message ?? `exit code ${status}`}`);
  const [user = 0, system = 0, memory = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  return { wall, cpu: ((user + system) * 1000) / repeats, memory: memory / 1024 };
}

/** Prints costs as a table, each beside the one at `base`. */
export function printCosts(candidates: readonly Candidate[], costs: readonly Cost[], base = 0): void {
  const than = costs[base];
  for (const [at, { label }] of candidates.entries()) {
    const cost = costs[at];
    if (!cost || !than) continue;
    const ratio = (of: 'wall' | 'cpu'): string =>
      `${cost[of].toFixed(1).padStart(8)} ms ${(cost[of] / than[of]).toFixed(2).padStart(6)} ×`;
    console.log(`${label.padEnd(28)} wall ${ratio('wall')}   CPU ${ratio('cpu')}   ${cost.memory.toFixed(0).padStart(4)} MB`);
  }
}
