import { endOf, type Token } from '../../grammar/tokens.ts';
import { display, lineAt, type SourceText, startsOfLines } from '../base/source-text.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Draft } from './draft.ts';
import { type QuoteFault, strayClosings } from './quotes.ts';
import type { Recovery } from './recover.ts';

const mostFindings = 50;

/** Findings about quotes: those that stay open, that something follows, and that close what nothing opened. */
export function quoteFindings(source: SourceText, { faults, tokens }: Recovery): Draft[] {
  const explained = new Set(faults.map(({ start }) => lineAt(source, start)));
  const strays = strayClosings(tokens).filter(({ startOffset }) => !explained.has(lineAt(source, startOffset)));
  return [
    ...faults.slice(0, mostFindings).map((fault) => draftOf(source, fault)),
    ...strays.slice(0, mostFindings).map((token) => strayFinding(source, token)),
  ];
}

function draftOf(source: SourceText, fault: QuoteFault): Draft {
  if (fault.kind === 'followed') return followed(source, fault);
  const quote = source.text.charAt(fault.start);
  const lonely = fault.kind === 'lonely';
  const finding: Diagnostic = {
    rule: 'unclosed-quote',
    severity: 'error',
    message: lonely
      ? `this ${quote} opens a string that nothing closes`
      : `the string that starts with ${shown(source, fault)} is not closed`,
    why: 'nginx reads on to the next quote of that kind, lines further down, and everything from there is turned inside out',
    help: lonely
      ? `delete the ${quote}, or put the one that belongs to it in front of the value`
      : `close it with ${quote} ${endsLine(source, fault.end) ? 'at the end of the line' : `before "${display(restOfLine(source, fault.end))}"`}`,
    span: { source, start: fault.start, end: fault.end },
  };
  const edit = lonely
    ? { span: { source, start: fault.start, end: fault.start + 1 }, text: '' }
    : { span: { source, start: fault.end, end: fault.end }, text: quote };
  return { finding, edits: [edit], title: lonely ? `delete the ${quote}` : `close the string with ${quote}`, safety: 'unsafe' };
}

function followed(source: SourceText, { start, end }: QuoteFault): Draft {
  const quote = source.text.charAt(start);
  const finding: Diagnostic = {
    rule: 'unclosed-quote',
    severity: 'error',
    message: `${display(source.text.charAt(end))} follows a closing ${quote} directly`,
    why: 'after a closing quote nginx takes only a blank, ";", "{" or ")"',
    help: `escape the inner quote as \\${quote}, or put a blank between the two words`,
    span: { source, start, end: Math.min(end + 1, source.text.length) },
  };
  return { finding, edits: [], title: '', safety: 'unsafe' };
}

function strayFinding(source: SourceText, token: Token): Draft {
  const end = endOf(token);
  const quote = token.image.slice(-1);
  const finding: Diagnostic = {
    rule: 'unclosed-quote',
    severity: 'warning',
    message: `this ${quote} closes nothing`,
    why: 'nginx takes a quote as one only where a word begins; here it is part of the value',
    help: `put a ${quote} in front of the value, or delete this one`,
    span: { source, start: end - 1, end },
  };
  return { finding, edits: [], title: '', safety: 'unsafe' };
}

function shown(source: SourceText, { start, end }: QuoteFault): string {
  return display(source.text.slice(start, Math.min(end, start + 24)));
}

function restOfLine(source: SourceText, from: number): string {
  const next = startsOfLines(source)[lineAt(source, from)] ?? source.text.length;
  return source.text.slice(from, next).trim();
}

function endsLine(source: SourceText, from: number): boolean {
  return restOfLine(source, from) === '';
}
