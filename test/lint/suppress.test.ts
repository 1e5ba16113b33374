import { describe, expect, test } from 'vitest';
import { lineAt, sourceText } from '../../src/base/source-text.ts';
import { check, loadConfig, present } from '../../src/check.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import type { LintOptions } from '../../src/lint/options.ts';

const missing = 'proxy-missing-host-header';

/** What is shown and what is not, as `line rule`; in other files with their names. */
function run(text: string, options: LintOptions = {}, files: Readonly<Record<string, string>> = {}) {
  const source = sourceText('nginx.conf', text);
  const config = loadConfig({ source, loader: textsLoader(files), prefix: '' });
  const { diagnostics, suppressed } = present(check(config, options), options, { configs: [config.value] });
  const place = ({ span, rule }: (typeof diagnostics)[number]) =>
    `${span.source === source ? '' : `${span.source.name}:`}${lineAt(span.source, span.start)} ${rule}`;
  return { shown: diagnostics.map(place), hidden: suppressed.map(({ diagnostic }) => place(diagnostic)), suppressed };
}

/** A whole configuration: three locations without a Host header, with comments at the marked places. */
function proxied(places: Readonly<Partial<Record<'top' | 'server' | 'before' | 'behind' | 'after' | 'end', string>>>): string {
  const { top = '', server = '', before = '', behind = '', after = '', end = '' } = places;
  return `${top}
worker_processes 1; events { }
http { server_tokens off; client_max_body_size 1m; gzip on; error_page 502 503 504 /50x.html; server { listen 80; ${server}
    location /a { ${before}
        proxy_pass http://10.0.0.1; ${behind}
    }
    ${after}
    location /b { proxy_pass http://10.0.0.1; }
    ${end}
    location /c { proxy_pass http://10.0.0.1; }
} }
`;
}

const [a, b, c] = [`5 ${missing}`, `8 ${missing}`, `10 ${missing}`];

describe('how far comments reach', () => {
  test.each([
    ['nowhere', {}, [a, b, c], []],
    ['the next line', { before: `# nginxlint-disable-next-line ${missing}` }, [b, c], [a]],
    [
      'the next line that holds something',
      { before: `# nginxlint-disable-next-line ${missing}\n\n # x\n` },
      [`11 ${missing}`, `13 ${missing}`],
      [`8 ${missing}`],
    ],
    ['its own line', { behind: `# nginxlint-disable-line ${missing} -- why` }, [b, c], [a]],
    ['the rest of its block', { before: `# nginxlint-disable-block ${missing}` }, [b, c], [a]],
    ['the rest of an outer block', { after: `# nginxlint-disable-block ${missing}` }, [a], [b, c]],
    ['the file, from anywhere', { end: `# nginxlint-disable-file ${missing}` }, [], [a, b, c]],
    ['down to its end', { server: `# nginxlint-disable ${missing}`, end: `# nginxlint-enable ${missing}` }, [c], [a, b]],
    ['down to an end that names no rule', { server: `# nginxlint-disable ${missing}`, after: '# nginxlint-enable' }, [b, c], [a]],
    ['a pattern', { end: '# nginxlint-disable-file proxy-missing-*' }, [], [a, b, c]],
    ['a category', { end: '# nginxlint-disable-file http' }, [], [a, b, c]],
    ['until a day', { end: `# nginxlint-disable-file ${missing} until=2026-11-22` }, [], [a, b, c]],
    [
      'nginx-lint’s, before a line',
      { before: `\n# nginx-lint:ignore ${missing} old` },
      ['5 foreign-suppression', `9 ${missing}`, `11 ${missing}`],
      [`6 ${missing}`],
    ],
    ['nginx-lint’s, behind', { behind: `# nginx-lint:ignore ${missing} old` }, ['5 foreign-suppression', b, c], [a]],
  ] as const)('%s', (_, places, shown, hidden) => {
    const found = run(proxied(places), { today: '2026-11-22' });
    expect([found.shown, found.hidden]).toEqual([shown, hidden]);
  });

  test('heads of directives that go over several lines', () => {
    const text = `worker_processes 1; events { }
http { server_tokens off; client_max_body_size 1m; gzip on;
    # nginxlint-disable-next-line undefined-variable
    log_format main '$remote_addr'
        '$nosuch';
    log_format next '$remote_addr'
        '$nobody'; # nginxlint-disable-line undefined-variable
    server { listen 80; access_log /a main; access_log /b next; }
}
`;
    expect(run(text)).toMatchObject({ shown: [], hidden: ['5 undefined-variable', '7 undefined-variable'] });
  });

  test('gixy’s, by its names', () => {
    const page = (comment: string) => `worker_processes 1; events { }
http { server_tokens off; client_max_body_size 1m; gzip on; server { listen 80;
    location /status { ${comment}
        check_status;
    }
} }
`;
    expect(run(page('# gixy:ignore=status_page_exposed')).hidden).toEqual([]);
    const behind = page('').replace('check_status;', 'check_status; # gixy:ignore=status_page_exposed old');
    expect(run(behind)).toMatchObject({
      shown: expect.arrayContaining(['4 foreign-suppression']),
      hidden: ['4 check-status-exposed'],
      suppressed: [{ by: { reason: 'old' } }],
    });
  });

  test('a file that is included twice', () => {
    const text =
      'worker_processes 1; events { }\nhttp { server_tokens off; client_max_body_size 1m; gzip on; error_page 502 503 504 /50x.html; server { listen 80; location /a { include p; } location /b { include p; } } }\n';
    const files = { p: `# nginxlint-disable-next-line ${missing} -- why\nproxy_pass http://10.0.0.1;\n` };
    const { shown, hidden, suppressed } = run(text, {}, files);
    expect([shown, hidden]).toEqual([[], [`p:2 ${missing}`]]);
    expect(suppressed[0]?.by).toMatchObject({ kind: 'comment', reason: 'why', span: { start: 0, end: 62 } });
  });
});

describe('what is not in force', () => {
  test.each([
    ['a day that is over', `# nginxlint-disable-file ${missing} until=2026-11-21`, {}, ['9 invalid-suppression']],
    ['no day', `# nginxlint-disable-file ${missing} until=2026-02-30`, {}, ['9 invalid-suppression']],
    ['no rule', '# nginxlint-disable-file', {}, ['9 invalid-suppression']],
    ['a rule that is off', `# nginxlint-disable-file include-cycle`, { 'include-cycle': 'off' }, []],
    ['a rule that is not on', `# nginxlint-disable-file check-status-exposed`, { 'check-status-exposed': 'off' }, []],
    ['a rule that asks the machine', '# nginxlint-disable-file certificate-unusable, host-not-found', {}, []],
    ['invalid-suppression off', '# nginxlint-disable-file', { 'invalid-suppression': 'off' }, []],
    ['unused', `# nginxlint-disable-file include-cycle`, {}, ['9 unused-suppression']],
    ['unused, and that hidden', `# nginxlint-disable-file include-cycle, unused-suppression`, {}, []],
    ['another text', `# use nginxlint-disable-file ${missing}`, {}, []],
  ] as const)('%s', (_, end, rules, problems) => {
    const { shown } = run(proxied({ end }), { today: '2026-11-22', rules });
    expect(shown.filter((one) => !one.endsWith(missing))).toEqual(problems);
    expect(shown.filter((one) => one.endsWith(missing))).toEqual([a, b, c]);
  });

  test('all rules, when that is allowed', () => {
    const rules = { 'invalid-suppression': ['on', { allowUnscoped: true }] } as const;
    expect(run(proxied({ end: '# nginxlint-disable-file' }), { rules }).shown).toEqual([]);
  });

  test('where the syntax is damaged nothing is called unused', () => {
    const text =
      'worker_processes 1; events { }\nhttp { server_tokens off; client_max_body_size 1m; gzip on; server { listen 80\n # nginxlint-disable-next-line include-cycle\n location / { } } }\n';
    expect(run(text).shown).toEqual(['2 missing-semicolon']);
  });
});

test('overrides turn rules on and off by file, and change severities and settings', () => {
  const text =
    'worker_processes 1; events { }\nhttp { server_tokens off; client_max_body_size 1m; gzip on; error_page 502 503 504 /50x.html; server { listen 80; location /a { include a/p; } location /b { include b/p; } } }\n';
  const files = { 'a/p': 'proxy_pass http://10.0.0.1;\n', 'b/p': 'proxy_pass http://10.0.0.1;\n' };
  const matches = (name: string) => name.startsWith('a/');
  const shown = (options: LintOptions) => run(text, options, files).shown;
  expect(shown({})).toEqual([`a/p:1 ${missing}`, `b/p:1 ${missing}`]);
  expect(shown({ overrides: [{ matches, rules: { [missing]: 'off' } }] })).toEqual([`b/p:1 ${missing}`]);
  expect(shown({ presets: [], overrides: [{ matches, rules: { [missing]: 'error' } }] })).toEqual([`a/p:1 ${missing}`]);
  expect(shown({ overrides: [{ matches, presets: ['style'] }] })).toEqual([`b/p:1 ${missing}`]);
  expect(
    shown({
      overrides: [
        { matches, rules: { [missing]: 'off' } },
        { matches: () => true, rules: { [missing]: 'on' } },
      ],
    }),
  ).toEqual([`a/p:1 ${missing}`, `b/p:1 ${missing}`]);
});
