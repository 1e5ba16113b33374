import { InvalidArgumentError } from 'commander';
import { milliseconds } from '../../run/duration.ts';
import { ScriptError } from '../../run/sim/script.ts';
import { simulate } from '../../run/sim/simulate.ts';
import { ok } from '../exit-codes.ts';
import { type Streams, UsageError } from '../streams.ts';
import { simAsText } from './sim-text.ts';
import { type PlayOptions, paintFor, playCommand, runSubcommand } from './subcommand.ts';

interface SimCommandOptions extends PlayOptions {
  readonly rps: number;
  readonly for: number;
  readonly at: readonly string[];
  readonly workers?: number;
  readonly clients: number;
  readonly url?: string;
  readonly seed?: number;
}

/** `nginxrun sim FILE`: plays clients, and servers that die, on a virtual clock; 0 whatever comes of it, 2 when it cannot be run. */
export function simCommand(argv: readonly string[], streams: Streams): Promise<number> {
  const command = playCommand(
    'sim',
    'Plays clients, and servers that die and come back, on a virtual clock: what clients see, what servers get, who notices when.',
    streams,
  )
    .option('--rps <number>', 'requests a second', positive, 10)
    .option('--for <time>', 'how long: 30s, 2m', duration, 60_000)
    .option(
      '--at <event>',
      "something that happens: '20s kill b1', '70s start b1' (repeatable; servers are b1, b2 … or named)",
      (text: string, before: readonly string[]) => [...before, text],
      [],
    )
    .option('--workers <number>', 'worker processes, in place of worker_processes', positive)
    .option('--clients <number>', 'how many clients take turns, each from a network of its own', positive, 100)
    .option('--url <url>', 'what is asked for, in place of what the configuration suggests')
    .option('--seed <number>', 'chooses the random numbers', positive);
  return runSubcommand<SimCommandOptions>(command, argv, streams, async (file, { json, ...options }) => {
    const report = await simulate({ file }, options).catch(asUsage);
    const text = () => simAsText(report, file, options.nginxVersion, paintFor(streams));
    streams.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : text());
    return ok;
  });
}

/** Events that are not understood are the user's mistakes. */
function asUsage(error: unknown): never {
  if (error instanceof ScriptError) throw new UsageError(error.message);
  throw error;
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a whole number from 1.');
  return number;
}

function duration(text: string): number {
  try {
    return milliseconds(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
