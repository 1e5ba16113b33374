import { endOf, RawBlock, type Token, Word } from '../../grammar/tokens.ts';
import { display, type SourceText } from '../base/source-text.ts';
import type { Draft } from './draft.ts';
import type { Recovery } from './recover.ts';
import { isBalanced } from './tree-builder.ts';

/** A block of foreign code whose braces do not balance, and the directive that opens it. */
interface Code {
  readonly name: Token;
  readonly block: Token;
}

/** Findings about unquoted patterns with repeat counts: `location ~ ^/[a-z]{2}/ {`. */
export function patternFindings(source: SourceText, { patterns }: Recovery): Draft[] {
  return patterns.map((token) => {
    const span = { source, start: token.startOffset, end: endOf(token) };
    const pattern = display(token.image);
    const quote = token.image.includes('"') ? "'" : '"';
    return {
      finding: {
        rule: 'unmatched-braces',
        severity: 'error',
        message: `the "{" in ${pattern} opens a block`,
        why: 'nginx ends an unquoted word at "{", wherever it stands; only in quotes is a repeat count part of the pattern',
        help: `write ${quote}${pattern}${quote}`,
        span,
      },
      edits: [
        { span: { ...span, end: span.start }, text: quote },
        { span: { ...span, start: span.end }, text: quote },
      ],
      title: 'put the pattern in quotes',
      safety: 'unsafe',
    };
  });
}

/** Findings about foreign code whose braces do not balance. */
export function rawFindings(source: SourceText, { repaired }: Recovery): Draft[] {
  return unbalancedCode(repaired).map(({ name, block }) => ({
    finding: {
      rule: 'unmatched-braces',
      severity: 'error',
      message: `the braces in the code of "${display(name.image)}" do not balance`,
      why: 'nginx looks for the "}" that closes the block by the braces in the code, and finds another one, or none',
      help: 'balance the braces; those in strings and comments do not count',
      span: { source, start: name.startOffset, end: block.startOffset + 1 },
    },
    edits: [],
    title: '',
    safety: 'unsafe',
  }));
}

/** Every block of foreign code whose end is a guess. */
export function unbalancedCode(tokens: readonly Token[]): Code[] {
  return tokens.flatMap((block, at) => {
    if (block.tokenType !== RawBlock) return [];
    let first = at;
    while (first > 0 && tokens[first - 1]?.tokenType === Word) first--;
    const name = tokens[first] ?? block;
    return isBalanced(block.image, name.image) ? [] : [{ name, block }];
  });
}
