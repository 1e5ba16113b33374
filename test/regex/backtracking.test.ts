import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bug } from '../../src/base/bug.ts';
import { type Attack, exponentialAttack } from '../../src/regex/backtracking.ts';
import { languageOf } from '../../src/regex/language.ts';
import { describeWith } from '../support/real.ts';

const exponential = [
  '^/(a+)+$',
  '^/(a*)*$',
  '^/(a|a)*$',
  '^/(?:[a-z]+|[a-z0-9]+)*/x$',
  '^(bot|b.t)*!$',
  '^/(\\w+\\d*)*\\.html$',
  '^([a-z]+\\.?)*@x$',
  '(x+x+)+y',
  '^((ab)*|(aba?b)*)*c',
  '^/(([^/]*)*)/old$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
];
const harmless = [
  '^/(a+)+',
  '^/(a|b)*$',
  '^/(?:[a-z]+/)*[a-z]+$',
  '^/(a++)+$',
  '^(a?)*$',
  '^(?:a?b)*$',
  '^(ab|ac)*$',
  '^(\\d{1,3}\\.){3}\\d{1,3}$',
  '^/([^/]+)/([^/]+)/(.*)$',
  '^(a+b)+$',
  '^.*/.*/.*$',
  '\\.(jpe?g|png)$',
  '^(?:(?:a+)b)*c$',
];

test.each(exponential)('%s is exponential', (pattern) => {
  expect(attackOn(pattern)).not.toBeNull();
});

test.each(harmless)('%s is not', (pattern) => {
  expect(attackOn(pattern)).toBeNull();
});

test('a large pattern takes no time', () => {
  const pattern = `^(?:${Array.from({ length: 40 }, (_, index) => `(?:k${index}[a-z]*|[a-z]+${index}?)*`).join('|')})*$`;
  const start = performance.now();
  attackOn(pattern);
  expect(performance.now() - start).toBeLessThan(3000);
});

/** PCRE itself: the attack reaches its limit of steps. */
describeWith('pcre2test', 'patterns in PCRE', () => {
  test.each(exponential)('%s', (pattern) => {
    const { prefix, pump, suffix } = attackOn(pattern) ?? bug(pattern);
    const text = `${prefix}${pump.repeat(40)}${suffix}`.replace(
      /[^A-Za-z0-9]/g,
      (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
    const { stdout } = spawnSync('pcre2test', ['-q'], { input: `\`${pattern}\`\n${text}\n`, encoding: 'utf8' });
    expect(stdout).toContain('Failed: error -47: match limit exceeded');
  });
});

function attackOn(pattern: string): Attack | null {
  return exponentialAttack(languageOf(pattern) ?? { ...(languageOf('') ?? bug('')), pattern });
}
