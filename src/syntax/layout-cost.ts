import type { Cost } from './fit.ts';
import type { Frame } from './frame.ts';
import type { Place } from './layout.ts';
import type { Statement } from './statement.ts';
import type { Opener } from './vocabulary.ts';

/*
 * What indentation and blank lines say against a reading. An edit costs ten; none of these alone is worth one,
 * because authors are careless with layout long before they lose a brace.
 */

/** The first line of a block, no deeper than the block's own: nothing where the author never indents. */
const unindented = 2;

/** A statement as a child of the block: siblings stand below each other, and deeper than the block's own line. */
export function childCost(frame: Frame, statement: Statement): Cost {
  const { place } = statement;
  if (!place.first) return 0;
  const outer = frame.opening.indent;
  return indentCost(frame, statement) + (isTwin(frame, statement) && place.indent <= outer ? 4 : 0);
}

/** A block in a block of the same name: `location` in `location` is possible, but seldom meant where nothing is indented. */
function isTwin(frame: Frame, { ending, name }: Statement): boolean {
  return ending === 'open' && name === frame.opening.name;
}

function indentCost(frame: Frame, { place }: Statement): Cost {
  const outer = frame.opening.indent;
  if (frame.childIndent >= 0) {
    if (place.indent === frame.childIndent) return 0;
    return place.indent <= outer ? 4 : 3;
  }
  if (outer < 0 || place.indent > outer) return 0;
  if (place.indent < outer) return 4;
  return frame.opening.supposed ? (isIndented(frame) ? 6 : 0) : unindented;
}

/** Whether the block supposed here stands in one whose own children are indented. */
function isIndented({ opening, parent }: Frame): boolean {
  if (!opening.supposed || parent === null) return false;
  if (parent.parent === null) return parent.opening.indents === true;
  return parent.opening.indent >= 0 && parent.childIndent > parent.opening.indent;
}

/** A `}` as the end of the block: below the block's own line, or on it. */
export function closingCost(frame: Frame, { place }: Statement): Cost {
  const { indent, line } = frame.opening;
  if (!place.first) return place.line === line ? 0 : 3;
  if (indent < 0 || place.indent === indent) return 0;
  return place.indent === frame.childIndent ? 6 : 4;
}

/** A `}` that closes nothing: most often one that was typed twice. */
export function surplusCost(frame: Frame, { before, place, runsOn }: Statement): Cost {
  const doubled = before === 'close' ? 1 : runsOn ? 1.5 : 4;
  return place.first && frame.childIndent > place.indent ? doubled + 3 : doubled;
}

/** A `}` supposed before the statement: between paragraphs rather than within one, and not right after `{`. */
export function closePlacement(frame: Frame, { ending, place }: Statement): Cost {
  const empty = frame.filled ? 0 : 4;
  if (place.gap || ending === 'close') return empty;
  if (!place.first) return empty + (place.line === frame.opening.line ? 0 : 2);
  return empty + (ending === 'open' ? 1 : 3);
}

/** An opening line supposed before the statement: likelier where the statement does not fit without it, and where a paragraph begins. */
export function openerCost(frame: Frame, { paragraph, name, before, ending }: Statement, opener: Opener, misfit: Cost): Cost {
  const asked = misfit > unindented;
  const unasked = asked ? 0 : paragraph ? 0.5 : 1.5;
  const first = before === 'open' ? (asked ? 1 : 4) : 0;
  const hollow = ending === 'open' ? 3 : 0;
  const nested = opener.name === frame.opening.name ? 3 : 0;
  const same = opener.name === name ? 2 : 0;
  return unasked + first + hollow + (paragraph ? 0 : 2) + nested + same;
}

/** A line inside a statement that starts with a directive's name, as the next statement would. */
export function seamCost(
  frame: Frame,
  { place }: Statement,
  seam: Place | undefined,
  word: string,
  legal: boolean,
  known: boolean,
): Cost {
  if (!seam || (place.first && isDeeper(seam.lead, place.lead))) return legal ? 5 : 0;
  if (frame.opening.holds === 'data') return frame.opening.name !== 'types' || word.includes('/') ? 12 : 0;
  if (legal) return 12;
  return known ? 3 : 0;
}

/** One line is deeper than another when it starts with the same bytes and goes on: no width of a tab can change that. */
function isDeeper(lead: string, outer: string): boolean {
  return lead.length > outer.length && lead.startsWith(outer);
}
