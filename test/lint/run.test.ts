import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { spliceIncludes } from '../../src/config/include.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import type { LintOptions } from '../../src/lint/options.ts';
import { lint } from '../../src/lint/run.ts';
import { buildModel } from '../../src/model/build.ts';
import { vocabulary } from '../../src/model/vocabulary.ts';
import { http } from '../../src/schema/contexts.ts';
import { parseFile } from '../../src/syntax/build.ts';

const balancer = `worker_processes 1; events { }
http { server_tokens off; client_max_body_size 1m; gzip on;
    upstream app { server 10.0.0.1; server 10.0.0.2 backup; hash $uri; }
    error_page 502 503 504 /50x.html;
    access_log off;
    server { listen 80; location / { proxy_pass http://app; proxy_set_header Host $host; } }
}`;

/** What lint finds, as `severity rule`. */
function check(text: string, options: LintOptions = {}, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const source = sourceText('nginx.conf', text);
  const parse = (file: typeof source, context: number) => parseFile(file, vocabulary, { context });
  const context = vocabulary.main;
  const loader = textsLoader(files);
  const tree = spliceIncludes(parse(source, context), { loader, vocabulary, parse, context, prefix: '', prefixIsKnown: true });
  return lint(buildModel(tree.value), options).map(({ rule, severity, span }) => `${span.source.name} ${severity} ${rule}`);
}

test('a load balancer’s questions are asked by default', () => {
  expect(check(balancer)).toEqual([
    'nginx.conf info upstream-missing-keepalive',
    'nginx.conf info upstream-single-primary-with-backup',
    'nginx.conf warning lb-method-with-backup',
    'nginx.conf info missing-next-upstream',
  ]);
});

test('presets choose sets of rules', () => {
  expect(check(balancer, { presets: ['performance'] })).toEqual(['nginx.conf info upstream-missing-keepalive']);
});

test('single rules are turned on, off, and made graver', () => {
  const rules = { 'lb-method-with-backup': 'off', 'missing-next-upstream': 'error', 'upstream-missing-keepalive': 'on' } as const;
  expect(check(balancer, { rules, presets: [] })).toEqual([
    'nginx.conf info upstream-missing-keepalive',
    'nginx.conf error missing-next-upstream',
  ]);
});

test('a snippet included twice makes one finding', () => {
  const text =
    'worker_processes 1; events { } http { server_tokens off; client_max_body_size 1m; gzip on; server { listen 80; include a.inc; } server { listen 81; include a.inc; } }';
  expect(check(text, {}, { 'a.inc': 'proxy_passs http://app;\n' })).toEqual(['a.inc error unknown-directive']);
});

test('a missing include silences what may be written in it', () => {
  const location = (line: string) =>
    `worker_processes 1; events { } http { server_tokens off; client_max_body_size 1m; gzip on; error_page 502 503 504 /50x.html; server { listen 80; location / { ${line} proxy_pass http://10.0.0.1; } } }`;
  expect(check(location(''))).toEqual(['nginx.conf info proxy-missing-host-header']);
  expect(check(location('include headers.inc;'))).toEqual([]);
  expect(check(location('include headers.inc;'), {}, { 'headers.inc': 'proxy_buffering on;' })).toEqual([
    'nginx.conf info proxy-missing-host-header',
  ]);
});

test('an unknown release is judged by those in use, a known one by itself', () => {
  const pooled = balancer.replace('server 10.0.0.2 backup; hash $uri;', 'keepalive 8;');
  expect(check(pooled)).toEqual(['nginx.conf info keepalive-needs-http11']);
  expect(check(pooled, { nginxVersion: '1.28' })).toEqual(['nginx.conf warning keepalive-needs-http11']);
  expect(check(pooled, { nginxVersion: '1.30.0' })).toEqual([]);
});

test('sessions that back ends share need no affinity', () => {
  const two = balancer.replace('backup; hash $uri;', 'max_fails=3;');
  const affinity = (options: LintOptions) => check(two, options).filter((found) => found.endsWith('no-session-affinity'));
  expect(affinity({})).toHaveLength(1);
  expect(affinity({ sharedSessions: true })).toEqual([]);
  expect(affinity({ sharedSessions: ['app'] })).toEqual([]);
  expect(affinity({ sharedSessions: ['other'] })).toHaveLength(1);
});

test('names are shown as people read them', () => {
  const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  const source = sourceText(
    'nginx.conf',
    bytes('upstream бэкенд { server 10.0.0.1; }\nserver { location / { proxy_pass http://бэкенб; } }'),
  );
  const context = http;
  const parse = (file: typeof source, context: number) => parseFile(file, vocabulary, { context });
  const tree = spliceIncludes(parse(source, context), {
    loader: textsLoader({}),
    vocabulary,
    parse,
    context,
    prefix: '',
    prefixIsKnown: false,
  });
  const [slip] = lint(buildModel(tree.value), {}).filter(({ rule }) => rule === 'undefined-upstream');
  expect([slip?.message, slip?.help]).toEqual(['no upstream is called "бэкенб"', 'did you mean "бэкенд"?']);
  expect(slip?.fix?.edits.map(({ text }) => text)).toEqual([bytes('бэкенд')]);
});
