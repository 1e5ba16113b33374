import type { Paint } from '../../diagnostics/render/paint.ts';
import { type Difference, printAddress, type RouteChange } from '../../model/routes/compare.ts';
import type { Moved } from '../../model/routes/moved.ts';
import type { Place, RouteRow, ServerRows } from '../../model/routes/table.ts';

/** How a table is drawn. */
export interface Drawing {
  readonly file: string;
  /** Columns of the terminal. */
  readonly width: number;
  readonly paint: Paint;
}

/** The routes as a table, a block for each server. */
export function routesAsText(servers: readonly ServerRows[], drawing: Drawing): string {
  if (servers.length === 0) return `no server of http in ${drawing.file}\n`;
  return servers.map((server) => serverAsText(server, drawing)).join('\n');
}

function serverAsText({ names, addresses, at, routes }: ServerRows, drawing: Drawing): string {
  const { paint } = drawing;
  const head = `${paint.bold(nameOf(names))}  ${addresses.map(printAddress).join(', ')}  ${paint.dim(`${at.file}:${at.line}`)}`;
  const cells = routes.map((route) => [labelOf(route), route.answer, route.access.join(', ') || '-', placeOf(route, at)]);
  const widths = widthsOf([['path', 'answer', 'access', 'where'], ...cells], drawing.width - 2);
  const title = line(['path', 'answer', 'access', 'where'], widths);
  const rows = routes.flatMap((route, index) => [
    rowAsText(line(cells[index] ?? [], widths), route, drawing),
    ...notesOn(route, drawing),
  ]);
  return `${[head, `  ${paint.dim(title)}`, ...rows].join('\n')}\n`;
}

/** In the server's own file the line is enough. */
function placeOf({ at }: RouteRow, server: Place): string {
  return `${at.file === server.file ? '' : at.file}:${at.line}`;
}

function rowAsText(text: string, { takenBy }: RouteRow, { paint }: Drawing): string {
  return `  ${takenBy ? paint.red(text) : text}`;
}

/** What does not fit into columns, on lines of its own. */
function notesOn(route: RouteRow, { paint, width }: Drawing): readonly string[] {
  const notes = [
    ...(route.takenBy
      ? [paint.red(`never: ${route.takenBy.join(', ')} ${route.takenBy.length > 1 ? 'take' : 'takes'} all of its requests`)]
      : []),
    ...route.rewrites.map((text) => `first ${text}`),
    ...listed('asks', route.servers),
    ...listed('adds', firstWords(route.adds)),
    ...listed('sends', firstWords(route.sends)),
    ...route.jumps,
  ];
  return notes.map((note) => `      ${paint.dim(cut(note, width - 6))}`);
}

function listed(verb: string, items: readonly string[]): readonly string[] {
  return items.length > 0 ? [`${verb} ${items.join(', ')}`] : [];
}

function firstWords(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.split(' ')[0] ?? '');
}

function labelOf({ path, when, methods }: Pick<RouteChange, 'path' | 'when' | 'methods'>): string {
  return `${path}${when === undefined ? '' : ` if ${when}`}${methods === undefined ? '' : ` (${methods})`}`;
}

function nameOf(names: readonly string[]): string {
  return names.map((name) => name || '(no name)').join(' ');
}

/** What the columns need, and where that is too much, a share of what there is; the answer gets the rest. */
function widthsOf(rows: readonly (readonly string[])[], width: number): readonly number[] {
  const needed = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const [path = 0, answer = 0, access = 0, where = 0] = needed;
  const rest = width - where - 6;
  const first = Math.min(path, Math.max(16, Math.floor(rest * 0.35)));
  const third = Math.min(access, Math.max(8, Math.floor(rest * 0.3)));
  return [first, Math.min(answer, Math.max(12, rest - first - third)), third, where];
}

function line(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => cut(cell, widths[index] ?? 0).padEnd(widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
}

const signs = { added: '+', removed: '-', changed: '~' } as const;

/** What differs, by server: routes that came, went or changed, and requests that another location answers. */
export function changesAsText(changes: readonly RouteChange[], moved: readonly Moved[], paint: Paint): string {
  const names = [...new Set([...changes, ...moved].map((one) => nameOf(one.names)))];
  if (names.length === 0) return 'no route differs\n';
  const blocks = names.map((name) => [
    paint.bold(name),
    ...changes.filter((one) => nameOf(one.names) === name).flatMap((change) => changeAsText(change, paint)),
    ...moved.filter((one) => nameOf(one.names) === name).map((one) => `  > ${one.request}: ${one.old} → ${one.new}`),
  ]);
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function changeAsText(change: RouteChange, paint: Paint): readonly string[] {
  const { kind, route, path, differences } = change;
  const colour = { added: paint.green, removed: paint.red, changed: paint.yellow }[kind];
  const place = route ? paint.dim(`  ${route.at.file}:${route.at.line}`) : '';
  const answer = kind === 'changed' ? '' : `  ${route?.answer ?? ''}`;
  const head = `  ${colour(`${signs[kind]} ${path === '' ? 'server' : labelOf(change)}`)}${answer}${place}`;
  return [head, ...differences.flatMap((difference) => differenceAsText(difference, paint))];
}

/** One value against another on one line; of lists what went and what came. */
function differenceAsText({ what, old, new: next }: Difference, paint: Paint): readonly string[] {
  if (old.length === 1 && next.length === 1) return [`      ${what}: ${old[0]} → ${next[0]}`];
  const gone = old.filter((text) => !next.includes(text)).map((text) => `      ${what}: ${paint.red(`- ${text}`)}`);
  const come = next.filter((text) => !old.includes(text)).map((text) => `      ${what}: ${paint.green(`+ ${text}`)}`);
  return gone.length + come.length > 0 ? [...gone, ...come] : [`      ${what}: in another order`];
}
