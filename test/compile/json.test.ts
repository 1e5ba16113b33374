import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesOf, display, sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { bytesOfText, textOfBytes } from '../../src/compile/json/bytes.ts';
import { modelAsJson } from '../../src/compile/json/model.ts';
import type { Payload, PayloadOptions, Statement } from '../../src/compile/json/payload.ts';
import { readPayload } from '../../src/compile/json/read.ts';
import { textOf } from '../../src/compile/json/text.ts';
import { spellWord } from '../../src/compile/json/words.ts';
import { payloadOf } from '../../src/compile/json/write.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { formatText } from '../../src/formatting.ts';
import { buildModel } from '../../src/model/build.ts';
import { checkModel } from '../../src/model/check/check-model.ts';
import { filesIn, root } from '../support/files.ts';
import { nginxc } from '../support/nginxc.ts';
import { inDirectory } from '../support/nginxlint.ts';
import { respaced } from '../support/respaced.ts';

type Texts = Readonly<Record<string, string>>;

/** The payload of `nginx.conf` among some texts, which are byte strings where `bytes` is set. */
function payload(texts: Texts, options: PayloadOptions = {}): Payload {
  const loader = textsLoader(texts);
  const text = texts['nginx.conf'] ?? '';
  const isBytes = options.keepBytes === true;
  const source = sourceText('nginx.conf', isBytes ? text : bytesOf(text));
  const { value, diagnostics } = loadConfig({ source, loader, prefix: '' });
  return payloadOf(value, { loader, prefix: '', syntax: diagnostics, refusals: checkModel(buildModel(value)) }, options);
}

const http = (inside: string) => `events { }\nhttp {\n${inside}\n}\n`;

/** What stands in `http`. */
function insideHttp(inside: string, options?: PayloadOptions): readonly Statement[] | undefined {
  return payload({ 'nginx.conf': http(inside) }, options).config[0]?.parsed.at(-1)?.block;
}

/* What crossplane 0.5.8 prints for the same text. */
test.each<[string, string, PayloadOptions, readonly Statement[]]>([
  [
    'words lose their quotes and keep their escapes',
    'a "b c" \'d"\' "e\\"f" \'g\\"\' h\\ i "\\t";',
    {},
    [{ directive: 'a', line: 3, args: ['b c', 'd"', 'e"f', 'g\\"', 'h\\ i', '\\t'] }],
  ],
  [
    'if loses its parentheses',
    'server { if ($a = b ) { return 200; } }',
    {},
    [
      {
        directive: 'server',
        line: 3,
        args: [],
        block: [{ directive: 'if', line: 3, args: ['$a', '=', 'b'], block: [{ directive: 'return', line: 3, args: ['200'] }] }],
      },
    ],
  ],
  ['comments are left out', '# x\nserver { } # y', {}, [{ directive: 'server', line: 4, args: [], block: [] }]],
  [
    'or statements',
    '# x\nserver { } # y',
    { comments: true },
    [
      { directive: '#', line: 3, args: [], comment: ' x' },
      { directive: 'server', line: 4, args: [], block: [] },
      { directive: '#', line: 4, args: [], comment: ' y' },
    ],
  ],
  [
    'comments among arguments come behind, wanted or not',
    'log_format #x\n  a #y\n  b;',
    {},
    [
      { directive: 'log_format', line: 3, args: ['a', 'b'] },
      { directive: '#', line: 3, args: [], comment: 'x' },
      { directive: '#', line: 3, args: [], comment: 'y' },
    ],
  ],
  [
    "Lua's code is the last argument",
    'init_by_lua_block { a = {} -- }\n}',
    {},
    [{ directive: 'init_by_lua_block', line: 3, args: [' a = {} -- }\n'] }],
  ],
  [
    'also behind an argument and a quoted name',
    'server { "set_by_lua_block" $a { return 1 } }',
    {},
    [{ directive: 'server', line: 3, args: [], block: [{ directive: 'set_by_lua_block', line: 3, args: ['$a', ' return 1 '] }] }],
  ],
  [
    'ignored directives are left out with their blocks',
    'server { listen 80; location / { } }',
    { ignore: ['location'] },
    [{ directive: 'server', line: 3, args: [], block: [{ directive: 'listen', line: 3, args: ['80'] }] }],
  ],
])('%s', (_, text, options, expected) => {
  expect(insideHttp(text, options)).toEqual(expected);
});

const tree = {
  'nginx.conf': http('include conf.d/*.conf;'),
  'conf.d/a.conf': 'server {\n  include root.inc;\n}\n',
  'conf.d/b.conf': 'server {\n  include root.inc;\n}\n',
  'root.inc': 'root /srv;\n',
};

test('files by the order in which their includes are met, breadth first, each once', () => {
  const { status, config } = payload(tree);
  expect(status).toBe('ok');
  expect(config.map(({ file }) => file)).toEqual(['nginx.conf', 'conf.d/a.conf', 'conf.d/b.conf', 'root.inc']);
  expect(config[0]?.parsed[1]?.block).toEqual([{ directive: 'include', line: 3, args: ['conf.d/*.conf'], includes: [1, 2] }]);
  expect(config[1]?.parsed[0]?.block).toEqual([{ directive: 'include', line: 2, args: ['root.inc'], includes: [3] }]);
  expect(payload(tree, { single: true }).config).toHaveLength(1);
});

test('combined, every statement says where it comes from', () => {
  const { config } = payload(tree, { combine: true });
  const own = { file: 'root.inc', directive: 'root', line: 1, args: ['/srv'] };
  expect(config).toHaveLength(1);
  expect(config[0]?.parsed[1]?.block).toEqual([
    { file: 'conf.d/a.conf', directive: 'server', line: 1, args: [], block: [own] },
    { file: 'conf.d/b.conf', directive: 'server', line: 1, args: [], block: [own] },
  ]);
});

test('a file that includes itself is combined once', () => {
  const { status, config } = payload(
    { 'nginx.conf': http('include a.conf;'), 'a.conf': 'root /a;\ninclude a.conf;\n' },
    { combine: true },
  );
  expect(status).toBe('failed');
  expect(config[0]?.parsed[1]?.block).toHaveLength(1);
});

/* crossplane 0.5.8 has these words, and leaves the statement out. */
test.each([
  ['user;', {}, 'invalid number of arguments in "user" directive in nginx.conf:1'],
  ['server { }', {}, '"server" directive is not allowed here in nginx.conf:1'],
  [http('gzip maybe;'), {}, 'invalid value "maybe" in "gzip" directive, it must be "on" or "off" in nginx.conf:3'],
  [
    http('server {\n  location / {\n    proxy_pass http://a\n  }\n}'),
    {},
    'directive "proxy_pass" is not terminated by ";" in nginx.conf:5',
  ],
  [http('proxy_passs x;'), { strict: true }, 'unknown directive "proxy_passs" in nginx.conf:3'],
  [http('include gone.conf;'), {}, "[Errno 2] No such file or directory: 'gone.conf'"],
])('%s', (text, options, error) => {
  const result = payload({ 'nginx.conf': `${text}\nevents { }` }, options);
  expect(result.status).toBe('failed');
  expect(result.errors.map((one) => one.error)).toEqual([error]);
  expect(result.config[0]?.errors.map((one) => one.error)).toEqual([error]);
});

test('unknown directives are no errors, nor those of Lua where nobody knows them to be misplaced', () => {
  expect(payload({ 'nginx.conf': http('nobody_knows x;\nlog_by_lua_block { }') }).status).toBe('ok');
});

const corpus = ['fixtures/configs', 'fixtures/seed', 'fixtures/whole', 'fixtures/format', 'fixtures/broken']
  .flatMap((folder) => filesIn(folder, '.conf'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'latin1') }));

const whole: PayloadOptions = { comments: true, single: true, keepBytes: true };
const parsedOf = (text: string) => payload({ 'nginx.conf': text }, whole).config[0]?.parsed ?? [];
const withoutLines = (block: readonly Statement[]): unknown =>
  block
    .filter(({ directive }) => directive !== '#')
    .map(({ line: _, block: inner, ...rest }) => ({ ...rest, ...(inner && { block: withoutLines(inner) }) }));
/** The formatter writes a comment that stood before a `{` behind it, so they are compared without their places. */
const commentsIn = (block: readonly Statement[]): readonly string[] =>
  block.flatMap(({ comment, block: inner = [] }) => [
    ...(comment === undefined ? [] : [comment.trimEnd()]),
    ...commentsIn(inner),
  ]);

describe.each(corpus)('$path', ({ text }) => {
  const parsed = parsedOf(text);
  test('there and back: every directive, argument, comment and line', () => {
    expect(parsedOf(textOf(parsed))).toEqual(parsed);
  });

  test('formatted: every directive, argument and comment', () => {
    const result = formatText(display(textOf(parsed)));
    if (!('text' in result)) return expect(payload({ 'nginx.conf': text }, whole).status).toBe('failed');
    const again = parsedOf(bytesOf(result.text));
    expect(withoutLines(again)).toEqual(withoutLines(parsed));
    expect([...commentsIn(again)].sort()).toEqual([...commentsIn(parsed)].sort());
  });

  test('with wild blanks', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const wild = parsedOf(bytesOf(respaced(display(text), seed)));
      expect(parsedOf(textOf(wild)), `seed ${seed}`).toEqual(wild);
    }
  });
});

test.each([
  ['', '""'],
  ['a', 'a'],
  ['a b', '"a b"'],
  ['#a', '"#a"'],
  ['a#', 'a#'],
  ['"', '"\\""'],
  ['a\\" b', "'a\\\" b'"],
  ['/abc/${uri}.html', '/abc/${uri}.html'],
  ['a{2}', '"a{2}"'],
  ['a}', '"a}"'],
  ['a\\', 'a\\\\'],
  ['line\nend', '"line\nend"'],
])('%j is written as %s', (word, spelled) => {
  expect(spellWord(word)).toBe(spelled);
});

test('bytes that are not UTF-8 survive', () => {
  const bytes = 'M\xf6lln \xc3\xb6 \xe0\x80 \xef\xbf\xbd \xf0\x9f\x98\x80';
  expect(textOfBytes(bytes)).toBe('M\udcf6lln ö \udce0\udc80 \ufffd 😀');
  expect(bytesOfText(textOfBytes(bytes))).toBe(bytes);
});

test.each([
  [null, 'config is not a list of files'],
  [{ config: [{ parsed: [] }] }, 'config[0].file is not a name'],
  [{ config: [{ file: 'a', parsed: [{ directive: 'a', args: [1] }] }] }, 'config[0].parsed[0].args is not a list of words'],
  [{ config: [{ file: 'a', parsed: [{ args: [] }] }] }, 'config[0].parsed[0].directive is not a word'],
  [
    { config: [{ file: 'a', parsed: [{ directive: 'a', args: [], block: [{}] }] }] },
    'config[0].parsed[0].block[0].directive is not a word',
  ],
  [{ config: [{ file: 'a', parsed: [{ directive: '#', comment: 1 }] }] }, 'config[0].parsed[0].comment is not a text'],
])('%j is no payload', (json, problem) => {
  expect(readPayload(json)).toEqual({ problem });
});

test('statements without lines, as programs make them', () => {
  const block = [
    { directive: 'listen', args: ['80'] },
    { directive: '#', args: [], comment: ' c' },
  ];
  expect(textOf([{ directive: 'server', args: [], block }])).toBe('server {\n    listen 80;\n    # c\n}\n');
});

test('the commands: there, and back into files or one dump', () =>
  inDirectory(tree, async (directory) => {
    const { stdout, code } = await nginxc(['json', 'nginx.conf', '-o', 'out/all.json'], { cwd: directory });
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    const dump = await nginxc(['from-json', 'out/all.json'], { cwd: directory });
    expect(dump.stdout).toContain('# configuration file conf.d/a.conf:\nserver {\n    include root.inc;\n}\n\n');
    expect((await nginxc(['from-json', 'out/all.json', '--dir', '.'], { cwd: directory })).stderr).toMatch(
      /is there already: --force/,
    );
    expect((await nginxc(['from-json', 'out/all.json', '--dir', 'new'], { cwd: directory })).code).toBe(0);
    expect((await nginxc(['fmt', '--check', 'new'], { cwd: directory })).stdout).toBe('');
    expect(readFileSync(join(directory, 'new/conf.d/b.conf'), 'utf8')).toBe('server {\n    include root.inc;\n}\n');
  }));

test('nothing is written outside of the directory', () =>
  inDirectory({ 'a.json': '{"config":[{"file":"../x.conf","parsed":[]}]}' }, async (directory) => {
    const { code, stderr } = await nginxc(['from-json', 'a.json', '--dir', 'below'], { cwd: directory });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `nginxc: ../x.conf is not below ${join(directory, 'below')}\n` });
  }));

test('the model: settings in force in each block, with values and origins', () => {
  const source = sourceText(
    'nginx.conf',
    http('keepalive_timeout 5s;\nallow all;\nserver {\n  deny all;\n  location / {\n    nobody 1;\n  }\n}'),
  );
  const { value } = loadConfig({ source, loader: textsLoader({}), prefix: '' });
  const json = modelAsJson(buildModel(value), display);
  const location = json.root.blocks[1]?.blocks[0]?.blocks[0];
  expect(location?.context).toBe('location');
  expect(location?.settings).toMatchObject([
    { setting: 'rules', inherited: true, directives: [{ directive: 'deny', args: ['all'], file: 'nginx.conf', line: 6 }] },
    { setting: 'keepaliveTimeout', inherited: true, directives: [{ directive: 'keepalive_timeout', line: 3 }] },
  ]);
  expect(json.unknown).toEqual([{ directive: 'nobody', args: ['1'], file: 'nginx.conf', line: 8 }]);
});
