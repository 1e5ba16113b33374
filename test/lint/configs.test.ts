import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesOf, sourceText } from '../../src/base/source-text.ts';
import { check } from '../../src/check.ts';
import { spliceIncludes } from '../../src/config/include.ts';
import { atLeast } from '../../src/diagnostics/diagnostic.ts';
import { diskFiles } from '../../src/host/files.ts';
import { vocabulary } from '../../src/model/vocabulary.ts';
import { parseFile } from '../../src/syntax/build.ts';
import { guessContext } from '../../src/syntax/context.ts';
import { filesIn, root } from '../support/files.ts';
import { lintExample } from '../support/lint-example.ts';

/** Every finding of a file that people would have to act on. */
function graveIn(path: string): readonly string[] {
  const loader = diskFiles('/');
  const source = sourceText(basename(path), readFileSync(path, 'latin1'));
  const parse = (file: typeof source, context: number) => parseFile(file, vocabulary, { context });
  const guess = guessContext(parseFile(source, vocabulary).value.directives, vocabulary);
  const file = parse(source, guess);
  const prefix = `${path.slice(0, path.lastIndexOf('/'))}/`;
  const options = { loader, vocabulary, parse, context: guess, prefix: bytesOf(prefix), prefixIsKnown: true };
  const tree = spliceIncludes(file, options);
  return check(tree, {})
    .filter(({ severity }) => atLeast(severity, 'warning'))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

describe('configurations that work are left in peace', () => {
  test.each(filesIn('fixtures/configs', '.conf'))('%s', (file) => {
    expect(graveIn(join(root, file))).toEqual([]);
  });
  test.skipIf(!existsSync('/etc/nginx/nginx.conf'))('what the nginx package installs', () => {
    expect(graveIn('/etc/nginx/nginx.conf')).toEqual([]);
  });
});

describe("the tutorial's load balancers", () => {
  const seed = (name: string) => {
    const text = readFileSync(join(root, 'fixtures/seed/lb', name), 'utf8');
    return lintExample({ text, options: { fragment: '' } }).map(
      ({ diagnostic, line }) => `${line} ${diagnostic.severity} ${diagnostic.rule}`,
    );
  };
  test('two back ends, nothing said about failures', () => {
    expect(seed('admin.conf')).toEqual([
      '1 info no-session-affinity',
      '1 info upstream-missing-keepalive',
      '10 info missing-next-upstream',
      '11 warning host-header-spoofing',
      '15 warning failover-latency-budget',
    ]);
  });
  test('next server on errors: what one broken page does to both, and how long a client waits', () => {
    expect(seed('lb.conf')).toEqual([
      '1 info no-session-affinity',
      '1 info upstream-missing-keepalive',
      '2 info upstream-server-static-dns',
      '3 info upstream-server-static-dns',
      '12 warning next-upstream-http-error-ejects-servers',
      '13 warning host-header-spoofing',
      '17 warning failover-latency-budget',
    ]);
  });
  test('the lost line is one finding, and the rest is checked as if it were there', () => {
    expect(seed('lb-check.conf')).toEqual([
      '1 info no-session-affinity',
      '1 info upstream-missing-keepalive',
      '2 info check-duplicates-passive',
      '4 info check-cold-start-down',
      '11 error orphan-server-block',
      '16 warning host-header-spoofing',
      '30 warning check-status-exposed',
    ]);
  });
  test('an upstream alone is not accused of what its users would do', () => {
    expect(seed('weighted.conf')).toEqual([]);
  });
});
