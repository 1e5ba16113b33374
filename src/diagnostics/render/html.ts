import { display, lineText, startsOfLines } from '../../base/source-text.ts';
import type { Diagnostic, Related, Span } from '../diagnostic.ts';
import { regionOf } from './columns.ts';
import { summaryOf } from './json.ts';
import { byPath, type LintReport } from './report.ts';
import { shown } from './screen-width.ts';
import { escapeHtml } from './xml.ts';

/** Lines around the place that are shown. */
const around = 2;

/** A cut line is this long, in bytes. */
const widest = 400;

const style = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1c1e21; --dim: #667; --line: #d8dbe0; --code: #f5f6f8;
  --error: #b3261e; --warning: #8a5a00; --info: #00658f; --hint: #2e6b2e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181c; --ink: #e3e5e8; --dim: #9aa; --line: #343840; --code: #1f2228;
    --error: #ff8a80; --warning: #f0b429; --info: #6cc5ee; --hint: #8fd18f; }
}
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; overflow-wrap: anywhere; } h3 { font-size: 1rem; margin: 0; }
article { border: 1px solid var(--line); border-left: .3rem solid var(--of); border-radius: .3rem; margin: 1rem 0; padding: .8rem 1rem; }
.error { --of: var(--error); } .warning { --of: var(--warning); } .info { --of: var(--info); } .hint { --of: var(--hint); }
.kind { color: var(--of); } .place, dt { color: var(--dim); }
pre { background: var(--code); border-radius: .3rem; margin: .6rem 0; overflow-x: auto; padding: .5rem; tab-size: 4; }
pre i { color: var(--dim); font-style: normal; user-select: none; }
mark { background: none; color: inherit; text-decoration: underline wavy var(--of); text-underline-offset: .25em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: 0; } dd { margin: 0; white-space: pre-wrap; }
`;

/** One page without anything from elsewhere: findings by file, each with the lines around it. */
export function renderHtml(report: LintReport): string {
  const { errors, warnings, infos, hints } = summaryOf(report.files.length, report.findings);
  const counts = { error: errors, warning: warnings, info: infos, hint: hints };
  const summary = Object.entries(counts).filter(([, count]) => count > 0);
  const shown = summary.map(([severity, count]) => `<span class="${severity}"><b class="kind">${count} ${severity}</b></span>`);
  const files = [...byPath(report)].map(([path, findings]) => section(path, findings, report));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>nginxlint</title>
<style>${style}</style>
</head>
<body>
<h1>nginxlint ${escapeHtml(report.version)}</h1>
<p>${shown.length > 0 ? shown.join(', ') : 'Nothing to report'} in ${report.files.length} file${report.files.length === 1 ? '' : 's'}.</p>
${files.join('')}</body>
</html>
`;
}

function section(path: string, findings: readonly Diagnostic[], report: LintReport): string {
  return `<section>\n<h2>${escapeHtml(path)}</h2>\n${findings.map((one) => article(one, report)).join('')}</section>\n`;
}

function article(finding: Diagnostic, report: LintReport): string {
  const { severity, rule, message, span, related = [] } = finding;
  const url = report.ruleOf(rule)?.references[0];
  const name = escapeHtml(rule);
  const linked = url === undefined ? name : `<a href="${escapeHtml(url)}">${name}</a>`;
  const { start } = regionOf(span, 'characters');
  return `<article class="${severity}">
<h3><span class="kind">${severity}</span> ${escapeHtml(message)}</h3>
<div class="place">line ${start.line}, column ${start.column} · ${linked}</div>
${span.source.text === '' ? '' : excerpt(span)}${related.map((place) => relatedExcerpt(place, report)).join('')}${remarks(finding)}</article>
`;
}

function relatedExcerpt(place: Related, { pathOf }: LintReport): string {
  const { line } = regionOf(place.span, 'characters').start;
  const where = `${escapeHtml(place.message)}: ${escapeHtml(pathOf(place.span.source))}, line ${line}`;
  return `<div class="place">${where}</div>\n${excerpt(place.span)}`;
}

function excerpt(span: Span): string {
  const { start, end } = regionOf(span, 'bytes');
  const last = Math.min(start.line + around, startsOfLines(span.source).length);
  const lines: string[] = [];
  for (let line = Math.max(1, start.line - around); line <= last; line++) {
    const bytes = lineText(span.source, line);
    const place = line === start.line ? [start.column - 1, end.line === line ? end.column - 1 : bytes.length] : [0, 0];
    lines.push(`<i>${String(line).padStart(5)}  </i>${marked(bytes, ...(place as [number, number]))}`);
  }
  return `<pre>${lines.join('\n')}</pre>\n`;
}

function marked(bytes: string, from: number, to: number): string {
  const cut = Math.max(0, from - widest);
  const part = (start: number, end: number) => escapeHtml(visible(display(bytes.slice(start, end))));
  const middle = from < to ? `<mark>${part(from, to)}</mark>` : '';
  return `${cut > 0 ? '…' : ''}${part(cut, from)}${middle}${part(to, to + widest)}${to + widest < bytes.length ? '…' : ''}`;
}

/** Tabs stay; other characters that would not be seen, or change the order of the others, become a sign. */
function visible(text: string): string {
  return text.split('\t').map(shown).join('\t');
}

function remarks({ why, help, nginx, fix }: Diagnostic): string {
  const all = { why, help, nginx, fix: fix && `${fix.title} (${fix.safety})` };
  const said = Object.entries(all).filter(([, text]) => text !== undefined && text !== '');
  if (said.length === 0) return '';
  return `<dl>\n${said.map(([kind, text]) => `<dt>${kind}</dt><dd>${escapeHtml(text ?? '')}</dd>\n`).join('')}</dl>\n`;
}
