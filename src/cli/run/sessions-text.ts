import type { Paint } from '../../diagnostics/render/paint.ts';
import type { CureTrial, SessionTrial } from '../../run/sessions/try-cures.ts';

/** What was tried and what came of it, a block for each upstream. */
export function sessionsAsText(trials: readonly SessionTrial[], paint: Paint): string {
  if (trials.length === 0) return 'no upstream of http has more than one server: no session can be lost between servers\n';
  return trials.map((trial) => trialAsText(trial, paint)).join('\n');
}

function trialAsText({ upstream, place, url, clients, pages, killed, trials }: SessionTrial, paint: Paint): string {
  const head = `${paint.bold(`upstream ${upstream}`)}  ${paint.dim(place)}`;
  if (url === null) return `${head}\n  no plain HTTP request was found that leads here; --url says where to log in\n`;
  const story = `  ${clients} clients log in at ${url} and ask for ${pages} pages; then ${killed} is killed`;
  const width = Math.max(...trials.map(({ name }) => name.length));
  const title = `  ${''.padEnd(width)}  stay   hops  lost  after the kill`;
  const rows = trials.flatMap((trial) => [row(trial, clients, width, paint), ...remarks(trial, paint)]);
  return `${[head, story, paint.dim(title), ...rows].join('\n')}\n`;
}

function row(
  { name, kept, keptAfterKill, hops, losses, problem }: CureTrial,
  clients: number,
  width: number,
  paint: Paint,
): string {
  const label = name.padEnd(width);
  if (problem !== null) return `  ${label}  ${paint.yellow(problem)}`;
  const stay = `${kept}/${clients}`;
  const colour = kept === clients ? paint.green : paint.red;
  const counts = `${String(hops).padStart(4)}  ${String(losses).padStart(4)}`;
  return `  ${label}  ${colour(stay.padEnd(5))}  ${counts}  ${keptAfterKill}/${clients}`;
}

function remarks({ edit, note }: CureTrial, paint: Paint): readonly string[] {
  return [edit, note].filter((text) => text !== null && text !== '').map((text) => paint.dim(`      ${text}`));
}
