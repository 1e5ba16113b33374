import { type SourceText, sourceText } from '../../base/source-text.ts';
import type { ReadFailure } from '../../config/source-loader.ts';
import type { Diagnostic, Edit, Fix } from '../../diagnostics/diagnostic.ts';
import { applyEdits } from '../../syntax/edit.ts';
import { type Inputs, overlay } from './lint-inputs.ts';
import type { Outcome } from './lint-workspace.ts';

/** A file that fixes change. */
export interface Change {
  readonly path: string;
  readonly before: SourceText;
  readonly after: SourceText;
}

/** What is left after fixing, and what changed. */
export interface Fixed {
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  /** How many fixes were made. */
  readonly made: number;
}

interface State {
  readonly texts: ReadonlyMap<string, SourceText | ReadFailure>;
  readonly outcome: Outcome;
}

const mostPasses = 10;

/** Applies fixes in passes until nothing is left to fix; a fix after which there are more errors than before is not made. */
export function applyFixes(inputs: Inputs, run: (inputs: Inputs) => Outcome, allowUnsafe: boolean): Fixed {
  const lintWith = (texts: State['texts']): State => {
    return { texts, outcome: run({ ...inputs, loader: overlay(inputs.loader, texts) }) };
  };
  const before = new Map<string, SourceText>();
  let state = lintWith(new Map());
  let made = 0;
  for (let pass = 0; pass < mostPasses; pass++) {
    const fixes = choose(state.outcome, allowUnsafe);
    if (fixes.length === 0) break;
    for (const [source, path] of state.outcome.editable) if (!before.has(path)) before.set(path, source);
    const step = applyTogether(state, fixes, lintWith) ?? applyOneByOne(state, fixes, lintWith);
    if (!step) break;
    state = step.state;
    made += step.made;
  }
  return { outcome: state.outcome, changes: changesOf(state.texts, before), made };
}

/** Fixes that may be made at once: those before in the file win over those that touch the same bytes. */
function choose({ diagnostics, editable }: Outcome, allowUnsafe: boolean): Fix[] {
  const chosen: Fix[] = [];
  const taken = new Map<SourceText, Edit[]>();
  for (const { fix } of diagnostics) {
    if (!fix || fix.edits.length === 0 || (fix.safety === 'unsafe' && !allowUnsafe)) continue;
    const isFree = ({ span }: Edit) =>
      editable.has(span.source) && !(taken.get(span.source) ?? []).some((other) => touches(span, other.span));
    if (!fix.edits.every(isFree)) continue;
    chosen.push(fix);
    for (const edit of fix.edits) taken.set(edit.span.source, [...(taken.get(edit.span.source) ?? []), edit]);
  }
  return chosen;
}

function touches(a: Edit['span'], b: Edit['span']): boolean {
  return a.start <= b.end && b.start <= a.end;
}

interface Step {
  readonly state: State;
  readonly made: number;
}

function applyTogether(state: State, fixes: readonly Fix[], lintWith: (texts: State['texts']) => State): Step | undefined {
  const texts = textsAfter(state, fixes);
  if (!texts) return undefined;
  const next = lintWith(texts);
  return errorsIn(next.outcome) > errorsIn(state.outcome) ? undefined : { state: next, made: fixes.length };
}

/** The first fix that does no harm alone; the others get their turn in the next pass. */
function applyOneByOne(state: State, fixes: readonly Fix[], lintWith: (texts: State['texts']) => State): Step | undefined {
  for (const fix of fixes) {
    const step = fixes.length > 1 ? applyTogether(state, [fix], lintWith) : undefined;
    if (step) return step;
  }
  return undefined;
}

function textsAfter({ texts, outcome }: State, fixes: readonly Fix[]): State['texts'] | undefined {
  const edits = fixes.flatMap((fix) => [...fix.edits]);
  const next = new Map(texts);
  let isChanged = false;
  for (const source of new Set(edits.map(({ span }) => span.source))) {
    const path = outcome.editable.get(source);
    const edited = applyEdits(source, edits);
    if (path === undefined || 'conflict' in edited) return undefined;
    if (edited.text === source.text) continue;
    next.set(path, sourceText(source.name, edited.text));
    isChanged = true;
  }
  return isChanged ? next : undefined;
}

function errorsIn({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}

function changesOf(texts: State['texts'], before: ReadonlyMap<string, SourceText>): Change[] {
  const changes: Change[] = [];
  for (const [path, after] of texts) {
    const old = before.get(path);
    if (old && !('error' in after) && old.text !== after.text) changes.push({ path, before: old, after });
  }
  return changes;
}
