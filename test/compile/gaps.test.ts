import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { gapComments, gapFindings, gapsAsJson, Ledger, refused } from '../../src/compile/gaps.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';

const text = 'events {}\nhttp {\n  gzip on;\n  sendfile on;\n  upstream u { server a max_conns=2; }\n}\n';
const { value: tree } = loadConfig({ source: sourceText('nginx.conf', text), loader: textsLoader({}), prefix: '' });
const [gzip, sendfile, upstream] = tree.directives[1]?.children ?? [];
const server = upstream?.children?.[0];

function ledger() {
  const noted = new Ledger();
  if (!gzip || !sendfile || !server) throw new Error('the configuration has changed');
  noted.mapped(server, 'a server line');
  noted.approximated(server, 'requests wait', 'max_conns');
  noted.approximated(server, 'requests wait', 'max_conns');
  noted.dropped(gzip, 'nothing compresses');
  noted.moot(sendfile, 'a way to send files');
  return noted.inOrder(tree.files.map(({ source }) => source));
}

test('comments name every gap with its place, each once', () => {
  expect(gapComments(ledger())).toEqual([
    '# mapped: 1 directive',
    '# dropped:',
    '#   nginx.conf:3 gzip on: nothing compresses [gzip]',
    '# approximated:',
    '#   nginx.conf:5 server a max_conns=2: requests wait [server/max_conns]',
    '# moot:',
    '#   sendfile: a way to send files (nginx.conf:4)',
  ]);
});

test.each([
  ['nothing', [], ['gzip']],
  ['another id', ['server/max_conns'], ['gzip']],
  ['its id', ['gzip'], []],
  ['all', ['all'], []],
])('a loss is refused unless it is allowed: %s', (_, words, left) => {
  expect(refused(ledger(), new Set(words)).map(({ id }) => id)).toEqual(left);
});

test('JSON has counts and whether a loss is allowed', () => {
  const report = JSON.parse(gapsAsJson(ledger(), 'haproxy', new Set(['gzip'])));
  expect(report.counts).toEqual({ mapped: 1, approximated: 1, moot: 1, dropped: 1 });
  expect(report.gaps[0]).toEqual({
    id: 'gzip',
    verdict: 'dropped',
    directive: 'gzip on',
    file: 'nginx.conf',
    line: 3,
    said: 'nothing compresses',
    allowed: true,
  });
});

test('findings are made of what is lossy', () => {
  const found = gapFindings(ledger(), 'haproxy', new Set());
  expect(found.map(({ severity, rule }) => [severity, rule])).toEqual([
    ['error', 'gzip'],
    ['info', 'server/max_conns'],
  ]);
  expect(gapFindings(ledger(), 'haproxy', new Set(['all']))[0]?.severity).toBe('warning');
});
