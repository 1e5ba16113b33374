import type { Paint } from '../../diagnostics/render/paint.ts';
import type { SimReport } from '../../run/sim/report.ts';

/** The report as a table over time, and what happened when. */
export function simAsText(report: SimReport, file: string, nginxVersion: string, paint: Paint): string {
  const { url, rps, duration, clients, workers, aboutWorkers, servers, happenings, notRun } = report;
  const worker = workers === 1 ? '1 worker' : `${workers} workers`;
  const labels = columnsOf(servers.map((server) => ['  ', server.label, server.name, server.place]));
  const events = columnsOf(happenings.map(({ at, what, place }) => ['', seconds(at), what, place ?? '']));
  return `${[
    paint.bold(`${file}, as nginx ${nginxVersion} runs it, with ${worker}`),
    `${rps} requests a second for ${seconds(duration)}: GET ${url}, from ${clients} clients`,
    ...(aboutWorkers === '' ? [] : [aboutWorkers]),
    ...labels,
    '',
    ...tableOf(report, paint),
    ...(events.length > 0 ? ['', ...events] : []),
    ...(notRun.length > 0 ? ['', ...notRun.map((line) => paint.yellow(`not run: ${line}`))] : []),
  ].join('\n')}\n`;
}

function tableOf({ windows, servers, statuses }: SimReport, paint: Paint): string[] {
  const codes = Object.keys(statuses).sort();
  const asked = servers.map(({ label }) => label);
  const total = windows.map(({ asked: counts }) => counts);
  const rows = [
    ['time', ...codes.map((code) => (code === '0' ? 'no answer' : code)), ...asked.map((label) => `→ ${label}`), 'slowest'],
    ...windows.map((window) => [
      `${seconds(window.from)} to ${seconds(window.to)}`,
      ...codes.map((code) => String(window.statuses[code] ?? '-')),
      ...asked.map((label) => String(window.asked[label] ?? '-')),
      `${Math.round(window.slowest)} ms`,
    ]),
    [
      'all',
      ...codes.map((code) => String(statuses[code] ?? '-')),
      ...asked.map((label) => String(total.reduce((sum, counts) => sum + (counts[label] ?? 0), 0) || '-')),
      `${Math.round(Math.max(...windows.map(({ slowest }) => slowest)))} ms`,
    ],
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '));
  return lines.map((line, index) => (index === 0 ? paint.dim(line) : index === lines.length - 1 ? paint.bold(line) : line));
}

/** Cells in columns of their width, the second one to the right. */
function columnsOf(rows: readonly (readonly string[])[]): string[] {
  const widths = [1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return rows.map(([indent = '', first = '', second = '', third = '']) =>
    `${indent}${first.padStart(widths[0] ?? 0)}  ${second.padEnd(widths[1] ?? 0)}  ${third}`.trimEnd(),
  );
}

/** `20s`, `20.1s`. */
function seconds(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toFixed(1))}s`;
}
