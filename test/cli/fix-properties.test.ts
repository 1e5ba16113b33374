import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, type SourceText, sourceText } from '../../src/base/source-text.ts';
import { applyFixes } from '../../src/cli/lint/apply-fixes.ts';
import { type Inputs, overlay } from '../../src/cli/lint/lint-inputs.ts';
import type { LintSettings } from '../../src/cli/lint/lint-settings.ts';
import { lintInputs, type Outcome } from '../../src/cli/lint/lint-workspace.ts';
import type { Diagnostic, Edit, Fix } from '../../src/diagnostics/diagnostic.ts';
import { diskFiles } from '../../src/host/files.ts';
import { registry } from '../../src/lint/registry.ts';
import { applyEdits } from '../../src/syntax/edit.ts';
import type { Directive, File } from '../../src/syntax/tree.ts';
import { leaves, walk } from '../../src/syntax/walk.ts';
import { filesIn, root } from '../support/files.ts';

const folders = ['fixtures/configs', 'fixtures/broken', 'fixtures/whole', 'fixtures/seed', 'fixtures/formats'];
const texts = folders
  .flatMap((folder) => filesIn(folder, '.conf'))
  .map((path) => ({
    path,
    text: readFileSync(join(root, path), 'latin1'),
  }));

const small = texts.filter(({ text }) => text.length < 6000);
const disk = diskFiles(root);
const settings: LintSettings = {
  paths: [],
  formats: [],
  fix: true,
  unsafeFixes: false,
  diff: false,
  quiet: false,
  minSeverity: 'hint',
  format: {},
  failOn: 'error',
  staged: false,
  updateBaseline: false,
  lint: {},
  rules: registry,
  isIgnored: () => false,
  configFindings: [],
  afterwards: () => [],
  project: { target: {}, selection: {} },
  timing: false,
  statistics: false,
  checkFiles: false,
  checkDns: false,
};
const run = (inputs: Inputs): Outcome => lintInputs(inputs, settings, disk, {});

function inputsFor(path: string, text: string): Inputs {
  return { files: [{ path, from: 'name' }], loader: overlay(disk, new Map([[path, sourceText(path, text)]])) };
}

function errorsIn({ diagnostics }: Outcome): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}

/** What all fixes make of a text has nothing left to fix, reads back whole, and is no worse. */
function expectFixedPoint(path: string, text: string, allowUnsafe: boolean): void {
  const inputs = inputsFor(path, text);
  const first = applyFixes(inputs, run, allowUnsafe);
  const change = first.changes.find((one) => one.path === path);
  const fixed = change?.after.text ?? text;
  const again = applyFixes(inputsFor(path, fixed), run, allowUnsafe);
  expect(again.changes.filter((one) => one.path === path).map(({ after }) => after.text)).toEqual([]);
  expect(errorsIn(again.outcome)).toBeLessThanOrEqual(errorsIn(run(inputs)));
  for (const file of again.outcome.trees.values()) {
    expect(
      leaves(file)
        .map(({ start, end }) => file.source.text.slice(start, end))
        .join(''),
    ).toBe(file.source.text);
  }
}

describe('all fixes reach a fixed point', () => {
  test.each(texts)('$path', ({ path, text }) => {
    expectFixedPoint(path, text, false);
    expectFixedPoint(path, text, true);
  });

  test('and so they do in files that were damaged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...small), slips, fc.boolean(), ({ path, text }, hits, allowUnsafe) => {
        expectFixedPoint(path, damaged(text, hits), allowUnsafe);
      }),
      { seed: 4, numRuns: 60 },
    );
  }, 120_000);
});

/** A slip of the hand: some bytes go, others come. */
interface Slip {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

const inserted = ['', '', '{', '}', ';', '"', "'", '\n', '\\', '#', '$', 'é', 'ssl on;\n', 'server {\n', ' http2', '\r\n'];

const slips = fc.array(fc.record({ at: fc.nat(), removed: fc.nat({ max: 6 }), inserted: fc.constantFrom(...inserted) }), {
  minLength: 1,
  maxLength: 3,
});

function damaged(text: string, hits: readonly Slip[]): string {
  let result = text;
  for (const { at, removed, inserted } of hits) {
    const from = at % (result.length + 1);
    result = result.slice(0, from) + bytesOf(inserted) + result.slice(from + removed);
  }
  return result;
}

/** The text without one of its semicolons, braces and quotes. */
function withoutSign(text: string, which: number): string {
  const signs = [...text.matchAll(/[;{}"']/g)];
  const at = signs[which % signs.length]?.index ?? 0;
  return text.slice(0, at) + text.slice(at + 1);
}

/** A directive as nginx gets it, and the names of the blocks around it. */
interface Line {
  readonly said: string;
  readonly from: number;
  readonly to: number;
}

function linesOf(file: File, isTouched: (from: number, to: number) => boolean): Line[] {
  const lines: Line[] = [];
  walk(file, {
    enter(directive, ancestors) {
      const names = [...ancestors, directive].map((one) => (isTouched(one.start, headEnd(one)) ? '*' : one.name.value));
      const said = [names.join('>'), ...directive.args.map(({ value }) => value)].join(' ');
      lines.push({ said, from: directive.start, to: headEnd(directive) });
    },
  });
  return lines;
}

function headEnd({ name, args, terminator }: Directive): number {
  return Math.max(terminator + 1, args.at(-1)?.end ?? name.end);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** What an edit is about: its bytes, and the statements it touches, which a semicolon may part in two. */
function placesOf(edits: readonly Edit[], before: File): Place[] {
  const heads: Place[] = [];
  walk(before, { enter: (directive) => heads.push({ start: directive.start, end: headEnd(directive) }) });
  return edits.map(({ span }) => {
    const all = [span, ...heads.filter(({ start, end }) => span.start <= end && start <= span.end)];
    return { start: Math.min(...all.map(({ start }) => start)), end: Math.max(...all.map(({ end }) => end)) };
  });
}

function untouchedIn(file: File, places: readonly Place[]): string[] {
  const isTouched = (from: number, to: number) => places.some(({ start, end }) => start <= to && from <= end);
  return linesOf(file, isTouched)
    .filter(({ from, to }) => !isTouched(from, to))
    .map(({ said }) => said);
}

/** Directives that an edit does not touch are the same before and after, in the same order and blocks. */
function expectOthersKept(fix: Fix, source: SourceText, before: File, after: File): void {
  const edits = fix.edits.filter(({ span }) => span.source === source);
  const grown = (isBefore: (edit: Edit) => boolean) =>
    edits.filter(isBefore).reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0);
  const places = placesOf(edits, before);
  const written = places.map(({ start, end }) => ({
    start: start + grown(({ span }) => span.end <= start && span.start < start),
    end: end + grown(({ span }) => span.start <= end),
  }));
  expect(untouchedIn(after, written), fix.title).toEqual(untouchedIn(before, places));
}

const syntaxRules = new Set(registry.filter(({ category }) => category === 'syntax').map(({ id }) => id));

function tearsIn(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ rule, severity }) => severity === 'error' && syntaxRules.has(rule)).length;
}

describe('a safe fix leaves all else as nginx reads it', () => {
  const check = (path: string, text: string): number => {
    const outcome = run(inputsFor(path, text));
    let made = 0;
    for (const { fix } of outcome.diagnostics) {
      if (fix?.safety !== 'safe' || fix.edits.some(({ span }) => span.source.name !== path)) continue;
      const [source] = fix.edits.map(({ span }) => span.source);
      const edited = source && applyEdits(source, fix.edits);
      const before = source && outcome.trees.get(source);
      if (!source || !before || !edited || 'conflict' in edited) throw new Error(`${fix.title}: its own edits overlap`);
      const { trees, diagnostics } = run(inputsFor(path, edited.text));
      // With several tears recovery supposes several things, and one repair may show another way to read the rest.
      if (tearsIn(diagnostics) > 0 || tearsIn(outcome.diagnostics) > 1) continue;
      const [after] = [...trees.values()].filter((tree) => tree.source.name === path);
      if (!after) throw new Error(`${fix.title}: the file is not read any more`);
      expectOthersKept(fix, source, before, after);
      made++;
    }
    return made;
  };

  test('in the fixtures', () => {
    const made = texts.map(({ path, text }) => check(path, text)).reduce((sum, count) => sum + count, 0);
    expect(made).toBeGreaterThan(3);
  });

  test('in files that were damaged', () => {
    let made = 0;
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.nat(), slips, ({ path, text }, sign, hits) => {
        made += check(path, withoutSign(text, sign)) + check(path, damaged(text, hits.slice(0, 1)));
      }),
      { seed: 5, numRuns: 60 },
    );
    expect(made).toBeGreaterThan(20);
  }, 120_000);
});
