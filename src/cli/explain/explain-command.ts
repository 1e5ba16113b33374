import type { Explanation } from '../../run/explain/explanation.ts';
import type { RunningNginx } from '../../run/options.ts';
import { NginxConfigError, run } from '../../run/run.ts';
import { ok } from '../exit-codes.ts';
import { runSubcommand } from '../run/subcommand.ts';
import { type Streams, UsageError } from '../streams.ts';
import { type ExplainOptions, explainProgram } from './explain-options.ts';
import { explanationLines } from './explain-text.ts';

/** `nginxrun explain CONF REQUEST`; resolves to the exit code: 0, or 2 when the request cannot be asked. */
export function explainCommand(argv: readonly string[], streams: Streams): Promise<number> {
  const program = explainProgram(streams);
  return runSubcommand<unknown>(program, argv, streams, async (file) => {
    try {
      await explainOne(file, program.args[1] ?? '', program.opts<ExplainOptions>(), streams);
    } catch (error) {
      if (error instanceof Error && !(error instanceof NginxConfigError)) throw new UsageError(error.message);
      throw error;
    }
    return ok;
  });
}

async function explainOne(file: string, request: string, options: ExplainOptions, streams: Streams): Promise<void> {
  const { nginxVersion, root: roots, json = false } = options;
  const ng = await run({ file }, { clock: 'virtual', disk: 'real', mock: 'all', nginxVersion, roots });
  try {
    for (const name of options.down) ng.backend(name).down();
    await ng.advance(options.after);
    const explanation = await ask(ng, request, options);
    const text = json ? JSON.stringify(explanation, null, 2) : explanationLines(explanation).join('\n');
    streams.stdout.write(`${text}\n`);
  } finally {
    await ng.stop();
  }
}

/** An hour, in seconds: what a request waits for at most. */
const patience = 3600;

async function ask(ng: RunningNginx, request: string, { ip, header, data, whyNot }: ExplainOptions): Promise<Explanation> {
  let over = false;
  const asking = ng
    .explain(request, {
      headers: header,
      ...(ip !== undefined && { ip }),
      ...(data !== undefined && { method: 'POST', body: data }),
      ...(whyNot !== undefined && { whyNot }),
    })
    .finally(() => {
      over = true;
    });
  asking.catch(() => undefined);
  await ng.advance(0);
  for (let waited = 0; !over && waited < patience; waited++) await ng.advance('1s');
  if (!over) throw new Error('the request is not answered within an hour');
  return asking;
}
