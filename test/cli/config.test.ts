import { describe, expect, test } from 'vitest';
import { filesOf, inDirectory, nginxlint } from '../support/nginxlint.ts';

const missing = 'proxy-missing-host-header';
const site = (port: number) => `server {\n    listen ${port};\n    location / { proxy_pass http://10.0.0.1; }\n}\n`;
const files = {
  'nginx.conf': 'worker_processes 1; events { }\nhttp { server_tokens off; include conf.d/*.conf; }\n',
  'conf.d/a.conf': site(80),
  'conf.d/b.conf': site(81),
};
const [a, b] = ['conf.d/a.conf:3', 'conf.d/b.conf:3'];

/** Runs in a directory with these files; what is found of one rule, as `file:line severity`, and all that is printed. */
async function run(config: Readonly<Record<string, string>>, argv: readonly string[] = [], cwd = '') {
  return inDirectory({ ...files, ...config }, async (directory) => {
    const args = cwd === '' ? ['nginx.conf', ...argv] : argv;
    const { code, stdout, stderr } = await nginxlint(['--format', 'concise', ...args], { cwd: `${directory}/${cwd}` });
    const found = stdout.split('\n').filter((line) => line.endsWith(`[${missing}]`));
    const places = found.map((line) => line.replace(/^(\S+?:\d+):\d+: (\w+).*/, '$1 $2'));
    return { code, stdout, stderr, places, files: filesOf(directory) };
  });
}

const choice = `{ "rules": { "${missing}": "error" } }`;

describe('a configuration is found', () => {
  test.each([
    ['nginxlint.config.json', choice],
    ['nginxlint.config.yaml', `rules:\n  ${missing}: error\n`],
    ['nginxlint.config.yml', `rules: { ${missing}: error }\n`],
    ['nginxlint.config.mjs', `export default ${choice};\n`],
    ['nginxlint.config.js', `module.exports = ${choice};\n`],
    ['nginxlint.config.ts', `const level: string = 'error';\nexport default { rules: { '${missing}': level } };\n`],
    ['.nginxlintrc', `# YAML\nrules: { ${missing}: error }\n`],
    ['.nginxlintrc.json', choice],
    ['.nginxlintrc.yaml', `rules: { ${missing}: error }\n`],
    ['package.json', `{ "name": "x", "nginxlint": ${choice} }`],
  ])('%s', async (name, text) => {
    // A project that has a compiler, for Node 20.
    const typescript = {
      'node_modules/typescript/index.js': `module.exports = require(${JSON.stringify(require.resolve('typescript'))});`,
    };
    const { places, code, files } = await run({ ...typescript, [name]: text });
    expect([code, places]).toEqual([1, [`${a} error`, `${b} error`]]);
    expect(Object.keys(files).filter((path) => path.includes('.mjs') && path !== name)).toEqual([]);
  });

  test('above the current directory, and not when it is not wanted', async () => {
    expect((await run({ '.nginxlintrc': choice }, ['a.conf'], 'conf.d')).code).toBe(1);
    expect((await run({ '.nginxlintrc': choice }, ['a.conf', '--no-config'], 'conf.d')).code).toBe(0);
    expect((await run({ 'package.json': '{ "name": "x" }', '../x': '' })).code).toBe(0);
  });

  test('by name', async () => {
    expect((await run({ 'etc/x.json': choice, '.nginxlintrc': '{}' }, ['--config', 'etc/x.json'])).code).toBe(1);
    const { code, stderr } = await run({}, ['--config', 'nope.json']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^nginxlint: --config nope.json: this file cannot be read: ENOENT/),
    ]);
  });

  test('TypeScript without a compiler says what to do', async () => {
    const isRead = Boolean((process.features as { typescript?: unknown }).typescript);
    const { code, stdout } = await run({ 'nginxlint.config.ts': `export default ${choice};\n` });
    expect(code).toBe(isRead ? 1 : 2);
    if (!isRead) expect(stdout).toContain('use Node 22.18 or newer, install typescript, or call it nginxlint.config.mjs');
  });
});

describe('what it says is done', () => {
  test.each([
    ['overrides by directory', { overrides: [{ files: ['conf.d/a*'], rules: { http: 'off' } }] }, [`${b} info`], 0],
    [
      'overrides by name',
      { overrides: [{ files: ['b.conf'], rules: { [missing]: 'warning' } }] },
      [`${a} info`, `${b} warning`],
      0,
    ],
    [
      'later overrides win',
      {
        overrides: [
          { files: ['conf.d/'], rules: { [missing]: 'off' } },
          { files: ['b.conf'], rules: { http: 'on' } },
        ],
      },
      [`${b} info`],
      0,
    ],
    ['presets of overrides', { overrides: [{ files: ['a.conf'], presets: ['style'] }] }, [`${b} info`], 0],
    ['ignores', { ignores: ['a.conf'] }, [`${b} info`], 0],
    ['presets', { presets: ['style'] }, [], 0],
    ['an id wins over a pattern', { rules: { [missing]: 'error', 'proxy-missing-*': 'off' } }, [`${a} error`, `${b} error`], 1],
    ['failOn', { failOn: 'info' }, [`${a} info`, `${b} info`], 1],
    ['maxWarnings', { maxWarnings: 1, rules: { [missing]: 'warning' } }, [`${a} warning`, `${b} warning`], 1],
    ['minSeverity', { minSeverity: 'error' }, [], 0],
    ['another checker’s id', { rules: { [`nginx-lint:${missing}`]: 'error' } }, [`${a} error`, `${b} error`], 1],
  ] as const)('%s', async (_, config, places, code) => {
    expect(await run({ '.nginxlintrc.json': JSON.stringify(config) })).toMatchObject({ places, code });
  });

  test('the nginx that is meant', async () => {
    const old = { '.nginxlintrc.json': '{ "nginxVersion": "1.24" }', 'conf.d/a.conf': 'server { listen 443 ssl; http2 on; }\n' };
    expect((await run(old)).stdout).toContain('[version-unavailable-directive]');
    expect((await run(old, ['--nginx-version', '1.28'])).stdout).not.toContain('[version-unavailable-directive]');
  });

  test('what is extended comes first', async () => {
    const shared = {
      'shared/base.yaml': `extends: ./more.json\nrules: { ${missing}: error }\noverrides: [{ files: [a.conf], rules: { http: off } }]\n`,
      'shared/more.json': '{ "minSeverity": "warning" }',
      'node_modules/acme-config/index.js': `module.exports = { rules: { "${missing}": "warning" } };`,
    };
    const own = (value: string) => ({ ...shared, 'nginxlint.config.mjs': `export default { extends: ${value} };` });
    expect((await run(own(`'./shared/base.yaml'`))).places).toEqual([`${a} error`, `${b} error`]);
    expect((await run(own(`['acme-config', { minSeverity: 'error' }]`))).places).toEqual([]);
    expect((await run(own(`['./shared/base.yaml', 'acme-config']`))).places).toEqual([`${a} warning`, `${b} warning`]);
  });

  test('rules of one’s own, also one that throws', async () => {
    const config = (on: string) => ({
      'nginxlint.config.mjs': `export default { plugins: [{ rules: [{ id: 'acme/port', severity: 'warning', on: { listen(use, { report }) { ${on} } } }] }] };`,
    });
    const report = `const { source, node } = use.directive; if (use.directive.args[0] === '81') report({ span: { source, start: node.start, end: node.end }, message: 'no', why: 'because' });`;
    expect((await run(config(report))).stdout).toContain('conf.d/b.conf:2:5: warning: no [acme/port]');
    expect((await run(config(report), ['--ignore', 'acme/*'])).stdout).not.toContain('[acme/port]');
    const { stdout, code } = await run(config("throw new Error('oh');"));
    expect([code, stdout]).toEqual([1, expect.stringContaining('conf.d/a.conf:2:5: error: the rule acme/port failed here: oh')]);
    expect(stdout.match(/failed here/g)).toHaveLength(1);
  });

  test.each([
    ["return Promise.reject(new Error('later'));", 'it returns a promise'],
    ['report({});', 'a finding needs a message and a why'],
    ["report({ message: 'x', why: 'y' });", 'failed here: '],
    ["report({ message: 'x', why: 'y', span: { source: {}, start: 0, end: 1 } });", 'a finding needs a span'],
  ])('a rule that does %s', async (body, message) => {
    const rule = `{ id: 'acme/port', severity: 'warning', presets: undefined, on: { listen(use, { report }) { ${body} } } }`;
    const { stdout } = await run({ 'nginxlint.config.mjs': `export default { plugins: [{ rules: [${rule}] }] };` });
    expect(stdout).toContain('the rule acme/port failed here: ');
    expect(stdout).toContain(message);
  });
});

describe('what cannot be understood is not run on', () => {
  test.each([
    ['nginxlint.config.json', '{ "rules": { "x": "off", } }', '1:26: error: this is no JSON'],
    ['nginxlint.config.yaml', 'rules: [', 'error: this is no YAML'],
    ['nginxlint.config.json', '{\n  "presets": "all"\n}', '2:14: error: presets must be a list, not "all"'],
    ['nginxlint.config.json', '[]', '1:1: error: the configuration must be an object, not a list'],
    ['nginxlint.config.json', '{ "rules": { "*-nothing": "off" } }', '1:14: error: no rule\'s id matches "*-nothing"'],
    ['nginxlint.config.json', '{ "rules": { "gixy:host": "off" } }', '1:14: error: gixy has no check "host"'],
    ['nginxlint.config.json', '{ "overrides": [{ "rules": {} }] }', '1:17: error: overrides[0] lacks "files"'],
    ['nginxlint.config.json', '{ "nginxVersion": "new" }', '1:19: error:'],
    ['nginxlint.config.json', '{ "extends": "./nope.json" }', '1:14: error: "./nope.json": this file cannot be read'],
    ['nginxlint.config.json', '{ "extends": "nobody-has-this" }', '1:14: error: there is no package "nobody-has-this"'],
    [
      'nginxlint.config.json',
      '{ "extends": "./nginxlint.config.json" }',
      '1:14: error: "./nginxlint.config.json" extends itself',
    ],
    [
      'nginxlint.config.mjs',
      "export default {\n  rules: {\n    'x-y': 'off',\n  },\n};\n",
      '3:5: error: no rule, preset or category',
    ],
    [
      'nginxlint.config.mjs',
      'export default { plugins: [{ rules: [{ id: "x" }] }] };',
      '1:30: error: plugins[0].rules[0] needs an id',
    ],
    ['nginxlint.config.mjs', 'const own = {};\nown.extends = own;\nexport default own;\n', 'this extends itself'],
    [
      'nginxlint.config.mjs',
      'export default { plugins: [{ rules: [{ id: "a/b", severity: "info", each() {}, settings: null }] }] };',
      'needs settings like',
    ],
    ['nginxlint.config.mjs', 'export default ;', '1:1: error: this file cannot be read: '],
    ['nginxlint.config.mjs', 'export const x = 1;', '1:1: error: this file cannot be read: it has no default export'],
  ])('%s: %s', async (name, text, problem) => {
    const { code, stdout } = await run({ [name]: text });
    expect(stdout).toContain(problem);
    expect(stdout).toMatch(/^nginxlint\.config\.\w+:.*\[invalid-config-file\]\n$/);
    expect(code).toBe(2);
  });
});

describe('options', () => {
  test.each([
    ['--select', ['--select', missing], 2, 0],
    ['--select a pattern', ['--select', 'proxy-*,check-*'], 2, 0],
    ['--select others', ['--select', 'check-*'], 0, 0],
    ['--select and --ignore', ['--select', 'http', '--ignore', 'proxy-*'], 0, 0],
    ['--extend-select', ['--preset', 'style', '--extend-select', missing], 2, 0],
    ['--ignore twice', ['--ignore', 'style', '--ignore', 'http'], 0, 0],
    ['--fail-on', ['--fail-on', 'info'], 2, 1],
    ['--max-warnings counts warnings', ['--max-warnings', '0', '--select', missing], 2, 0],
  ] as const)('%s', async (_, argv, found, code) => {
    const { places, ...rest } = await run({}, argv);
    expect([places.length, rest.code]).toEqual([found, code]);
  });

  test.each([
    [['--select', 'nothing-such'], 'nginxlint: no rule, preset or category is called "nothing-such"\n'],
    [['--ignore', 'proxy-missing-host-haeder'], `did you mean "${missing}"?`],
    [['--preset', 'recomended'], 'The presets are recommended, '],
    [['--max-warnings', 'few'], 'It is a number, 0 or more.'],
  ] as const)('%s is refused', async (argv, problem) => {
    const { code, stderr } = await run({}, argv);
    expect(stderr).toContain(problem);
    expect(code).toBe(2);
  });

  test('the severity that the file gives stays', async () => {
    expect((await run({ '.nginxlintrc': choice }, ['--select', 'http'])).places).toEqual([`${a} error`, `${b} error`]);
  });

  test('--print-config', async () => {
    const config = {
      '.nginxlintrc': JSON.stringify({
        rules: { [missing]: 'error' },
        overrides: [{ files: ['a.conf'], rules: { [missing]: 'off' } }],
      }),
    };
    const printed = async (argv: readonly string[]) => JSON.parse((await run(config, argv)).stdout);
    expect((await printed(['--print-config'])).rules[missing]).toBe('error');
    const { rules } = await printed(['--print-config', 'conf.d/a.conf']);
    expect([rules[missing], rules['unmatched-braces']]).toEqual(['off', 'error']);
    expect(rules['invalid-suppression']).toEqual(['warning', { requireReason: false, allowUnscoped: false }]);
  });

  test('--init writes once, and what it writes is in order', async () => {
    for (const kind of ['mjs', 'json']) {
      const { code, stderr, files } = await run({}, ['--init', kind]);
      expect([code, stderr]).toEqual([0, `nginxlint.config.${kind} is written\n`]);
      const text = files[`nginxlint.config.${kind}`] ?? '';
      expect((await run({ [`nginxlint.config.${kind}`]: text })).places).toEqual([`${a} info`, `${b} info`]);
    }
    const { code, stderr, files } = await run({ '.nginxlintrc': '{}' }, ['--init']);
    expect([code, stderr]).toEqual([2, 'nginxlint: there is a configuration already: .nginxlintrc\n']);
    expect(Object.keys(files)).not.toContain('nginxlint.config.mjs');
  });

  test('--statistics and --timing', async () => {
    const { stderr } = await run({}, ['--statistics', '--timing', '--select', missing]);
    expect(stderr).toMatch(
      new RegExp(`^findings  rule\n       2  ${missing}\n       2  all\n *ms  rule\n *[\\d.]+  ${missing}\n *[\\d.]+  all\n$`),
    );
  });
});
