import { endOf, LeftBrace, type Token, Word } from '../../grammar/tokens.ts';
import { bug } from '../base/bug.ts';
import { display, lineAt, type SourceText } from '../base/source-text.ts';
import type { Diagnostic, Edit } from '../diagnostics/diagnostic.ts';
import type { Draft } from './draft.ts';
import { applyEdits } from './edit.ts';
import { bracesOwnLines, closingInsertion, type Insertion, openingInsertion, ownLine } from './insertion.ts';
import { otherOpeners } from './other-openers.ts';
import { leftOver, partner } from './partners.ts';
import { quoteFindings } from './quote-findings.ts';
import type { Recovery } from './recover.ts';
import type { Step } from './search.ts';
import { nginxVerdict } from './verdict.ts';
import type { Vocabulary } from './vocabulary.ts';
import { patternFindings, rawFindings, unbalancedCode } from './word-findings.ts';

/** Whether a text has fewer faults than that; decides whether a fix is worth offering. */
export type Judge = (text: string, before: number) => boolean;

const mostFixes = 8;
/** A text with more mistakes than this is no configuration. */
const mostFindings = 100;
/** So many blocks that end at one place are named. */
const mostNamed = 3;

/** One finding for each step of a repair and each quote that does not pair. */
export function findingsOf(source: SourceText, recovery: Recovery, vocabulary: Vocabulary, judge: Judge): Diagnostic[] {
  const drafts = [
    ...quoteFindings(source, recovery),
    ...patternFindings(source, recovery),
    ...rawFindings(source, recovery),
    ...grouped(recovery.steps)
      .slice(0, mostFindings)
      .map((steps) => draftOf(source, recovery, steps, vocabulary)),
  ]
    .filter((draft, index, all) => !isEcho(draft, all.slice(0, index)))
    .sort((a, b) => a.finding.span.start - b.finding.span.start);
  const before = faultsIn(recovery);
  const verdict = nginxVerdict(source, vocabulary, recovery.context);
  return drafts.map(({ finding, edits, title, safety }, index) => {
    const fix = edits.length && index < mostFixes && helps(source, edits, judge, before) ? { title, safety, edits } : null;
    const said = index === 0 && verdict && isAbout(finding, verdict.line) ? { nginx: display(verdict.message) } : {};
    return { ...finding, ...said, ...(fix ? { fix } : {}) };
  });
}

/** Where a `;` is missing nginx may stop at a value of the run-on directive first: only what it says on the spot is sure. */
function isAbout({ rule, severity, span }: Diagnostic, line: number): boolean {
  return severity === 'error' && (rule !== 'missing-semicolon' || line <= lineAt(span.source, span.start) + 1);
}

/** How many mistakes a recovery repaired. */
export function faultsIn({ steps, faults, patterns, repaired }: Recovery): number {
  return steps.length + faults.length + patterns.length + unbalancedCode(repaired).length;
}

/** Steps that close several blocks at one place belong together. */
function grouped(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.kind === 'close' && last?.[0]?.kind === 'close' && last[0].at === step.at) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** A second finding at the place of another, or at a quote that explains it. */
function isEcho({ finding }: Draft, earlier: readonly Draft[]): boolean {
  return earlier.some((other) => other.finding.span.start === finding.span.start && other.finding.rule === finding.rule);
}

function helps(source: SourceText, edits: readonly Edit[], judge: Judge, before: number): boolean {
  const edited = applyEdits(source, edits);
  return 'text' in edited && judge(edited.text, before);
}

function draftOf(source: SourceText, recovery: Recovery, [step, ...more]: readonly Step[], vocabulary: Vocabulary): Draft {
  if (!step) return bug('a group of steps is empty');
  if (step.kind === 'opener') return lostOpener(source, recovery, step, vocabulary);
  if (step.kind === 'close') return lostClose(source, recovery, [step, ...more]);
  if (step.kind === 'semicolon') return lostSemicolon(source, recovery, step, vocabulary);
  if (step.kind === 'brace') return lostBrace(source, recovery, step);
  if (step.kind === 'semicolon-for-brace' || step.kind === 'brace-for-semicolon') return wrongTerminator(source, recovery, step);
  return surplus(source, recovery, step);
}

function lostOpener(source: SourceText, recovery: Recovery, step: Step, vocabulary: Vocabulary): Draft {
  const { tokens } = recovery;
  const token = tokens[step.at];
  const line = step.opener?.line ?? '{';
  const first = statementText(source, tokens, step.at);
  const closing = partner(recovery, step);
  const surplusBrace = leftOver(tokens);
  const context = step.frame.parent?.opening.context ?? 0;
  const outer = vocabulary.nameOf(context);
  const others = step.opener ? otherOpeners(step.opener, { tokens, from: step.at, context }, vocabulary) : [];
  const choice = others.length ? ` (or ${others.map((other) => `"${other.line}"`).join(' or ')})` : '';
  const lost = token?.tokenType === LeftBrace ? line.replace(/\s*\{$/, '') : line;
  const insertion = openingInsertion(source, recovery, step, { line: lost, closing });
  const related = [
    ...(closing && closing !== surplusBrace ? [{ message: 'this "}" would close it', span: spanOf(source, closing) }] : []),
    ...(surplusBrace
      ? [
          {
            message:
              closing === surplusBrace
                ? 'this "}" is the one left over; it would close the block'
                : 'this "}" is the one left over',
            span: spanOf(source, surplusBrace),
          },
        ]
      : []),
  ];
  const finding: Diagnostic = {
    rule: step.opener?.name === 'server' ? 'orphan-server-block' : 'orphan-block-body',
    severity: 'error',
    message: `"${line}" is missing before "${first}"`,
    why: `without that line this stands in ${outer || 'the outer block'}, and a "}" further down closes nothing: nginx would only say that "${nameAt(recovery, step.at)}" is not allowed here, or report the "}"`,
    help: `write "${line}"${choice} above line ${lineAt(source, insertion.at)}, or delete the "}" that is left over`,
    span: token
      ? { source, start: token.startOffset, end: token.startOffset + first.length }
      : { source, start: source.text.length, end: source.text.length },
    ...(related.length ? { related } : {}),
  };
  return { finding, edits: [editOf(source, insertion)], title: `insert "${line}"`, safety: 'unsafe' };
}

function lostClose(source: SourceText, recovery: Recovery, steps: readonly [Step, ...Step[]]): Draft {
  const { tokens } = recovery;
  const [step] = steps;
  const openers = steps
    .slice(0, mostNamed)
    .map(({ frame: { opening } }) => (opening.supposed ? opening.name : statementText(source, tokens, opening.at)));
  const names = openers.map((opener) => `"${opener}"`).join(' and ') + (steps.length > mostNamed ? ' and others' : '');
  const many = steps.length > 1;
  const braces = many ? `${steps.length} "}" are` : 'a "}" is';
  const insertions = steps.slice(0, mostFindings).map((each) => closingInsertion(source, recovery, each));
  const shown = insertions[0]?.shown ?? 0;
  const atEnd = step.at >= tokens.length;
  const related = steps.slice(0, mostNamed).flatMap(({ frame: { opening } }, index) => {
    const token = opening.supposed ? undefined : tokens[opening.at];
    const opener = openers[index] ?? '';
    if (!token) return [];
    const start = token.startOffset;
    return [{ message: `"${opener}" opens here`, span: { source, start, end: start + opener.length } }];
  });
  const finding: Diagnostic = {
    rule: 'unmatched-braces',
    severity: 'error',
    message: `${names} ${many ? 'are' : 'is'} not closed: ${braces} missing ${atEnd ? 'at the end of the file' : 'here'}`,
    why: 'what follows is read as part of that block, and nginx finds the fault only where the file ends or a directive is out of place',
    help: `write "}" ${atEnd ? 'at the end' : `on line ${lineAt(source, shown)}`}, as the end of ${names}`,
    span: { source, start: shown, end: shown },
    ...(related.length ? { related } : {}),
  };
  return { finding, edits: insertions.map((insertion) => editOf(source, insertion)), title: 'insert "}"', safety: 'unsafe' };
}

function lostSemicolon(source: SourceText, recovery: Recovery, step: Step, vocabulary: Vocabulary): Draft {
  const { tokens } = recovery;
  const last = tokens[step.at - 1];
  const at = last ? endOf(last) : 0;
  const from = firstWord(recovery, step);
  const first = statementText(source, tokens, from, step.at);
  const next = tokens[step.at];
  const what = next ? `"${display(next.image)}"` : 'the end of the file';
  const finding: Diagnostic = {
    rule: 'missing-semicolon',
    severity: 'error',
    message: `a ";" is missing after "${first}"`,
    why: `nginx goes on reading arguments until ";" or "{": ${what} becomes part of this directive`,
    help: `write ";" after "${last ? display(last.image).slice(0, 60) : ''}"`,
    span: { source, start: last?.startOffset ?? at, end: at },
  };
  return {
    finding,
    edits: [{ span: { source, start: at, end: at }, text: ';' }],
    title: 'insert ";"',
    safety: partsWell(recovery, step, vocabulary) ? 'safe' : 'unsafe',
  };
}

function lostBrace(source: SourceText, recovery: Recovery, step: Step): Draft {
  const { tokens } = recovery;
  const last = tokens[step.at - 1];
  const at = last ? endOf(last) : 0;
  const first = statementText(source, tokens, firstWord(recovery, step), step.at);
  const own = bracesOwnLines(source, tokens) ? ownLine(source, at) : null;
  const insertion: Insertion = own ?? { at, text: ' {', shown: at };
  const finding: Diagnostic = {
    rule: 'unmatched-braces',
    severity: 'error',
    message: `a "{" is missing after "${first}"`,
    why: 'nginx takes the following words as further arguments, up to the next ";" or "{", and a "}" further down closes nothing',
    help: own ? 'write "{" on the line below' : `write "${first} {"`,
    span: own ? { source, start: own.shown, end: own.shown } : { source, start: last?.startOffset ?? at, end: at },
  };
  return { finding, edits: [editOf(source, insertion)], title: 'insert "{"', safety: 'unsafe' };
}

function wrongTerminator(source: SourceText, recovery: Recovery, step: Step): Draft {
  const { tokens } = recovery;
  const token = tokens[step.at];
  const first = statementText(source, tokens, firstWord(recovery, step), step.at);
  const [wrong, right] = step.kind === 'semicolon-for-brace' ? [';', '{'] : ['{', ';'];
  const finding: Diagnostic = {
    rule: 'block-terminator-mismatch',
    severity: 'error',
    message: `"${first}" ends with "${wrong}" where "${right}" belongs`,
    why:
      right === '{'
        ? 'this directive always opens a block; nginx refuses it without "{"'
        : 'this directive has no block; nginx refuses it with "{"',
    help: `write "${first}${right === '{' ? ' {' : ';'}"`,
    span: token ? spanOf(source, token) : { source, start: 0, end: 0 },
  };
  return {
    finding,
    edits: token ? [{ span: spanOf(source, token), text: right === '{' ? ' {' : ';' }] : [],
    title: `replace "${wrong}" by "${right}"`,
    safety: 'unsafe',
  };
}

function surplus(source: SourceText, recovery: Recovery, step: Step): Draft {
  const token = recovery.tokens[step.at];
  const text = step.kind === 'surplus-close' ? '}' : step.kind === 'surplus-open' ? '{' : ';';
  const span = token ? { source, start: token.startOffset, end: token.startOffset + 1 } : { source, start: 0, end: 0 };
  const after = recovery.tokens[step.at - 1]?.image;
  const finding: Diagnostic = {
    rule: text === ';' ? 'block-terminator-mismatch' : 'unmatched-braces',
    severity: 'error',
    message:
      text === '}'
        ? 'this "}" closes nothing'
        : text === '{'
          ? 'this "{" opens nothing'
          : `this ";" ends nothing${after === '}' ? ': a block ends with "}" alone' : ''}`,
    why:
      text === '}'
        ? 'every block around it is closed elsewhere; nginx stops at the first "}" too many, which may be another one'
        : `nginx stops at a "${text}" that no directive stands before`,
    help: `delete the "${text}"`,
    span,
  };
  return { finding, edits: [{ span, text: '' }], title: `delete "${text}"`, safety: text === ';' ? 'safe' : 'unsafe' };
}

/** The statement that starts at a token, on one line and not too long, without its terminator. */
function statementText(source: SourceText, tokens: readonly Token[], from: number, to = tokens.length): string {
  const start = tokens[from]?.startOffset ?? 0;
  let last = from;
  while (last + 1 < to && isWord(tokens[last + 1])) last++;
  const end = endOf(tokens[last] ?? tokens[from] ?? ({ startOffset: start, image: '' } as Token));
  const line = source.text.slice(start, end).split('\n')[0] ?? '';
  return display(line.trimEnd().slice(0, 80));
}

function isWord(token: Token | undefined): boolean {
  return token?.tokenType === Word;
}

/** The first word of the statement whose end a step is about; earlier steps may have ended statements before it. */
function firstWord({ tokens, steps }: Recovery, { at }: Step): number {
  const ends = new Set(steps.filter((step) => step.at < at).map((step) => step.at));
  let first = at - 1;
  while (first > 0 && isWord(tokens[first - 1]) && !ends.has(first)) first--;
  return first;
}

/** Whether both statements that a `;` would part may stand where they are, with that many arguments. */
function partsWell(recovery: Recovery, step: Step, vocabulary: Vocabulary): boolean {
  const { tokens, steps } = recovery;
  const suits = (from: number, to: number): boolean => {
    const block = tokens[to]?.tokenType === LeftBrace;
    return vocabulary
      .meanings(tokens[from]?.image ?? '')
      .some(
        ({ contexts, min, max, block: kind }) =>
          (contexts & step.frame.opening.context) !== 0 &&
          (kind !== 'none') === block &&
          to - from - 1 >= min &&
          to - from - 1 <= max,
      );
  };
  if (!suits(firstWord(recovery, step), step.at))
    return tokens[step.at]?.tokenType !== LeftBrace && step.frame.opening.holds === 'data';
  if (!isWord(tokens[step.at])) return true;
  const later = steps.find(({ at }) => at > step.at)?.at ?? tokens.length;
  let end = step.at;
  while (end < later && isWord(tokens[end])) end++;
  return suits(step.at, end);
}

function nameAt(recovery: Recovery, at: number): string {
  return display(recovery.tokens[at]?.image ?? '');
}

function spanOf(source: SourceText, token: Token): { source: SourceText; start: number; end: number } {
  return { source, start: token.startOffset, end: token.startOffset + token.image.length };
}

function editOf(source: SourceText, { at, text }: Insertion): Edit {
  return { span: { source, start: at, end: at }, text };
}
