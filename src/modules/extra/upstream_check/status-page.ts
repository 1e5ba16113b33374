import type { CheckedPeer } from './checked-peer.ts';
import type { CheckFlavor } from './probes.ts';
import type { PageFormat } from './settings.ts';

/** What a status page shows. */
export interface CheckReport {
  readonly peers: readonly CheckedPeer[];
  readonly generation: number;
  /** Which peers: `?status=`. */
  readonly only: 'up' | 'down' | null;
  readonly flavor: CheckFlavor;
}

/** A form of the page and its type. */
interface Format {
  readonly contentType: string;
  readonly print: (report: CheckReport) => string;
}

/** ngx_check_status_formats */
export const formats: Readonly<Record<PageFormat, Format>> = {
  html: { contentType: 'text/html', print: html },
  csv: { contentType: 'text/plain', print: csv },
  json: { contentType: 'application/json', print: json },
};

function shown({ peers, only }: CheckReport): readonly CheckedPeer[] {
  return only === null ? peers : peers.filter(({ down }) => down === (only === 'down'));
}

function state({ down }: CheckedPeer): string {
  return down ? 'down' : 'up';
}

/** The page as the module prints it, a quote that its DOCTYPE lacks included. */
function html(report: CheckReport): string {
  const rows = shown(report);
  const columns = ['Index', 'Upstream', 'Name', 'Status', 'Rise counts', 'Fall counts', 'Check type', 'Check port'];
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
  <title>Nginx http upstream check status</title>
</head>
<body>
<h1>Nginx http upstream check status</h1>
<h2>Check upstream server number: ${rows.length}, generation: ${report.generation}</h2>
<table style="background-color:white" cellspacing="0"        cellpadding="3" border="1">
  <tr bgcolor="#C0C0C0">
${columns.map((column) => `    <th>${column}</th>\n`).join('')}  </tr>
${rows.map(htmlRow).join('')}</table>
</body>
</html>
`;
}

function htmlRow(checked: CheckedPeer): string {
  const { index, upstream, peer, riseCount, fallCount, plan, down } = checked;
  const { check } = plan;
  const cells = [index, upstream, peer.name, state(checked), riseCount, fallCount, check.type, check.port];
  return `  <tr${down ? ' bgcolor="#FF0000"' : ''}>\n${cells.map((cell) => `    <td>${cell}</td>\n`).join('')}  </tr>\n`;
}

function csv(report: CheckReport): string {
  return shown(report)
    .map((checked) => {
      const { index, upstream, peer, riseCount, fallCount, plan } = checked;
      return `${[index, upstream, peer.name, state(checked), riseCount, fallCount, plan.check.type, plan.check.port].join(',')}\n`;
    })
    .join('');
}

/**
 * Only the last of all peers has no comma behind it, so a filter that hides it leaves one too many: as yaoweibin's module
 * does. Tengine's looks at the last row shown, and counts.
 */
function json(report: CheckReport): string {
  const rows = shown(report);
  const isTengine = report.flavor === 'tengine';
  const last = isTengine ? rows.at(-1) : report.peers.at(-1);
  const lines = rows.map((checked) => {
    const { index, upstream, peer, riseCount, fallCount, plan } = checked;
    const { type, port } = plan.check;
    return `    {"index": ${index}, "upstream": "${upstream}", "name": "${peer.name}", "status": "${state(checked)}", "rise": ${riseCount}, "fall": ${fallCount}, "type": "${type}", "port": ${port}}${checked === last ? '' : ','}\n`;
  });
  const down = rows.filter((checked) => checked.down).length;
  const counts = isTengine ? `  "up": ${rows.length - down},\n  "down": ${down},\n` : '';
  return `{"servers": {\n  "total": ${rows.length},\n${counts}  "generation": ${report.generation},\n  "server": [\n${lines.join('')}  ]\n}}\n`;
}
