import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { bytesOf, type SourceText, sourceText } from '../../src/base/source-text.ts';
import type { Diagnostic, Span } from '../../src/diagnostics/diagnostic.ts';
import { regionOf } from '../../src/diagnostics/render/columns.ts';
import { type FormatName, formats } from '../../src/diagnostics/render/formats.ts';
import { plainPaint } from '../../src/diagnostics/render/paint.ts';
import type { LintReport, Render } from '../../src/diagnostics/render/report.ts';
import { escapeXml } from '../../src/diagnostics/render/xml.ts';
import { root } from '../support/files.ts';
import { expectGolden } from '../support/golden.ts';
import { nginxlint } from '../support/nginxlint.ts';

/* Names and texts that want escaping everywhere: tabs, characters beyond the BMP, bytes that are no UTF-8, a BOM, < & % , : ]]> and controls. */
const cwd = join(root, 'fixtures/formats');
const [main, site] = ['nginx.conf', 'conf.d/a b,c:d%&.conf'].map((name) => {
  return sourceText(name, readFileSync(join(cwd, name), 'latin1'));
}) as [SourceText, SourceText];

const findings: readonly Diagnostic[] = [
  {
    rule: 'missing-semicolon',
    severity: 'error',
    message: 'a ";" is missing after "listen 80"',
    why: 'nginx goes on reading',
    help: 'write ";"',
    nginx: 'invalid parameter "server_name"',
    span: placeIn(site, '80'),
    fix: { title: 'write ";"', safety: 'safe', edits: [{ span: placeIn(site, '80', 2, 0), text: ';' }] },
  },
  { rule: 'unknown-directive', severity: 'error', message: 'unknown directive "wat"', span: placeIn(site, 'wat') },
  { rule: 'odd-value', severity: 'hint', message: '100% <odd>: a, b\nand c', span: placeIn(site, '"\u0001', 0, 22) },
  {
    rule: 'lb-method-with-backup',
    severity: 'warning',
    message: 'ip_hash does not support the parameter "backup"',
    span: placeIn(main, 'backup'),
    related: [{ message: 'the method', span: placeIn(main, 'ip_hash') }],
    fix: {
      title: 'remove both',
      safety: 'unsafe',
      edits: [
        { span: placeIn(main, 'ip_hash;'), text: '' },
        { span: placeIn(main, ' backup'), text: bytesOf(' # ä🎉') },
      ],
    },
  },
  { rule: 'duplicate-lines', severity: 'info', message: 'several lines', span: placeIn(main, 'listen 80', 0, 20) },
  { rule: 'unknown-directive', severity: 'error', message: 'unknown directive "lissten"', span: placeIn(main, 'lissten') },
];
const report: LintReport = {
  findings,
  suppressed: findings.slice(1, 2).map((diagnostic) => ({
    diagnostic,
    by: { kind: 'comment', span: diagnostic.span, reason: 'we want it' },
  })),
  baselined: findings.slice(4, 5),
  older: 0,
  files: [main, site, sourceText('good.conf', 'events {}')],
  root: '/home/me',
  pathOf: ({ name }) => name,
  fingerprintOf: (diagnostic) => `fingerprint ${findings.indexOf(diagnostic)}`,
  ruleOf: (id) =>
    id === 'odd-value'
      ? undefined
      : {
          id,
          category: 'syntax',
          severity: 'error',
          summary: `${id}, in short`,
          references: ['https://nginx.org/?a&b'],
          page: `# ${id}\n`,
        },
  version: '1.2.3',
  isQuiet: false,
  isFixed: false,
};

/** Where `text` first stands; moved and as long as wanted. */
function placeIn(source: SourceText, text: string, move = 0, length = text.length - move): Span {
  const start = source.text.indexOf(text) + move;
  return { source, start, end: start + length };
}

const endings: Partial<Record<FormatName, string>> = {
  json: '.json',
  gitlab: '.json',
  junit: '.xml',
  checkstyle: '.xml',
  html: '',
  sarif: '.json',
  rdjson: '.json',
};

describe('formats', () => {
  test.each(Object.keys(formats) as FormatName[])('%s', async (format) => {
    const render: Render = await formats[format]();
    expectGolden(`formats.${format}${endings[format] ?? '.txt'}`, render(report, plainPaint));
  });
});

/** The schema was written for draft 4; what it uses means the same in draft 7. */
function sarifSchema() {
  const {
    $schema: _draft,
    id: _address,
    ...schema
  } = JSON.parse(readFileSync(join(root, 'fixtures/schemas/sarif-2.1.0-rtm.5.json'), 'utf8')) as Record<string, unknown>;
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

describe('SARIF', () => {
  const isValid = sarifSchema();

  test('what nginxlint writes is valid', async () => {
    const { stdout } = await nginxlint(['nginx.conf', '--format', 'sarif', '--min-severity', 'hint'], { cwd });
    isValid(JSON.parse(stdout));
    expect(isValid.errors).toBeNull();
  });

  test('the schema refuses what is not', () => {
    expect(isValid({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
    expect(isValid({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: 'x' }] }] })).toBe(false);
  });

  test('suppressions, fixes and fingerprints are valid', async () => {
    const log = JSON.parse((await formats.sarif())(report));
    isValid(log);
    expect(isValid.errors).toBeNull();
    const results = log.runs[0].results as { ruleId: string; suppressions: { kind: string }[] }[];
    const silent = results.filter(({ suppressions }) => suppressions.length > 0);
    expect(silent.map(({ ruleId, suppressions }) => [ruleId, suppressions[0]?.kind])).toEqual([
      ['unknown-directive', 'inSource'],
      ['duplicate-lines', 'external'],
    ]);
  });

  test('a file elsewhere has a whole address', async () => {
    const log = JSON.parse((await formats.sarif())({ ...report, pathOf: ({ name }) => `/etc/nginx/${name}` }));
    isValid(log);
    expect(isValid.errors).toBeNull();
    expect(log.runs[0].artifacts[1].location).toEqual({ uri: 'file:///etc/nginx/conf.d/a%20b%2Cc%3Ad%25%26.conf' });
  });
});

describe('columns', () => {
  const text = bytesOf('\ufeff\tä🎉x\n\tä🎉x');
  const source = sourceText('f', text);
  const [first, second] = [text.indexOf('x'), text.lastIndexOf('x')];
  test.each([
    ['characters', 4, 4],
    ['utf16', 5, 5],
    ['bytes', 11, 8],
  ] as const)('%s', (unit, onFirst, onSecond) => {
    expect(regionOf({ source, start: first, end: first + 1 }, unit)).toEqual({
      start: { line: 1, column: onFirst },
      end: { line: 1, column: onFirst + 1 },
    });
    expect(regionOf({ source, start: second, end: second }, unit).start).toEqual({ line: 2, column: onSecond });
  });
});

describe('XML', () => {
  test.each([
    ['a <b> & "c" \'d\'', 'a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;'],
    ['tab\tline\n', 'tab&#9;line&#10;'],
    ['\u0000\u001b\ufffe\ud800🎉', '\ufffd\ufffd\ufffd\ufffd🎉'],
  ])('%j', (text, escaped) => {
    expect(escapeXml(text)).toBe(escaped);
  });
});
