import type { Diagnostic } from '../diagnostic.ts';
import { codeFrame, digitsOf, placeOf } from './code-frame.ts';
import { colourOf, type Paint } from './paint.ts';
import type { LintReport } from './report.ts';
import { summaryLine } from './summary-line.ts';

/** Columns that a remark takes before it goes on below. */
const widest = 100;

/** All findings for people, and how many there are. */
export function renderPretty(report: LintReport, paint: Paint): string {
  const frames = report.findings.map((finding) => `${pretty(finding, paint)}\n`).join('');
  return report.isQuiet ? frames : `${frames}${summaryLine(report, paint)}\n`;
}

/** One finding for people: what and where, the line itself, why it matters, what to write. */
export function pretty(diagnostic: Diagnostic, paint: Paint): string {
  const { rule, severity, message, span, related = [] } = diagnostic;
  const colour = colourOf(severity, paint);
  const gutter = Math.max(...[span, ...related.map((place) => place.span)].map(digitsOf));
  const edge = ' '.repeat(gutter);
  const corner = (place: string) => `${edge} ${paint.blue('╭─')} ${place}`;
  return [
    `${colour(paint.bold(severity))}${colour(`[${rule}]`)}: ${paint.bold(message)}`,
    corner(placeOf(span)),
    ...(span.source.text === '' ? [] : codeFrame(span, gutter, { paint: colour, label: '' }, paint)),
    ...related.flatMap((place) => [
      corner(placeOf(place.span)),
      ...codeFrame(place.span, gutter, { paint: paint.blue, label: place.message }, paint),
    ]),
    ...remarks(diagnostic).map(([kind, text]) => remark(kind, text, edge, paint)),
    '',
  ].join('\n');
}

function remarks({ why, help, nginx, fix }: Diagnostic): (readonly [string, string])[] {
  const all: (readonly [string, string | undefined])[] = [
    ['why', why],
    ['help', help],
    ['nginx', nginx],
    ['fix', fix && `${fix.title} (${fix.safety})`],
  ];
  return all.filter((entry): entry is readonly [string, string] => entry[1] !== undefined && entry[1] !== '');
}

function remark(kind: string, text: string, edge: string, paint: Paint): string {
  const hanging = `\n${edge}${' '.repeat(kind.length + 5)}`;
  return `${edge} ${paint.blue('=')} ${paint.bold(kind)}: ${wrapped(text).replaceAll('\n', hanging)}`;
}

/** Breaks long lines between words. */
function wrapped(text: string): string {
  let column = 0;
  return text
    .split(/( |\n)/)
    .map((part) => {
      if (part === '\n') column = 0;
      else column += part.length;
      if (part === ' ' || part === '\n' || column <= widest || column === part.length) return part;
      column = part.length;
      return `\n${part}`;
    })
    .join('')
    .replace(/ +\n/g, '\n');
}
