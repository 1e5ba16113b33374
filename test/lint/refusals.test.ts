import { expect, test } from 'vitest';
import { lintText } from '../../src/check.ts';
import type { LintOptions } from '../../src/lint/options.ts';

/** Rules of everything that is an error or a warning, with their lines' words. */
function found(text: string, options: LintOptions & { filename?: string; context?: string } = {}): readonly string[] {
  return lintText(text, options)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, span }) => `${rule}: ${span.source.text.slice(span.start, span.end)}`);
}

const whole = (http: string) => `events { }\nhttp {\n${http}\n}\n`;

test('a server that is refused does not leave its upstream empty', () => {
  expect(found(whole('upstream app { server 10.0.0.1 weigth=2; }'))).toEqual(['upstream-server-invalid-parameter: weigth=2']);
});

test('a definition that is refused is not missed where it is used', () => {
  const text = 'limit_req_zone $uri zone=one:1m rate=fast;\nserver { listen 80; limit_req zone=one; }';
  expect(found(whole(text))).toEqual(['invalid-argument-value: rate=fast']);
});

test('a directive that nobody knows may define what is used', () => {
  expect(found(whole('define_it $place;\nserver { listen 80; return 200 $place; }'))).toEqual(['unknown-directive: define_it']);
});

test('a module that is not ours may define what is used', () => {
  expect(found(whole('server { listen 80; set_md5 $digest $uri; return 200 "$digest $brotli_ratio"; }'))).toEqual([]);
});

test('behind a lost brace only values are looked at', () => {
  const text = 'server { listen 80; location / { gzip maybe; expires 1d; \nserver { listen 80; listen 80; }';
  expect(found(whole(text)).filter((line) => !line.startsWith('unmatched-braces'))).toEqual(['invalid-argument-value: maybe']);
});

test('what a template fills in is not judged', () => {
  expect(found(whole('server { listen ${PORT}; client_max_body_size {{ size }}; keepalive_timeout $TIMEOUT; }'))).not.toContain(
    'invalid-argument-value: $TIMEOUT',
  );
});

test('a name without a port is one finding, ours with the words of nginx', () => {
  const text = whole('server { listen 80; location / { fastcgi_pass cgi; } }');
  expect(found(text)).toEqual(['undefined-upstream: cgi']);
  expect(lintText(text).map(({ nginx }) => nginx)).toContain('no port in upstream "cgi" in nginx.conf:3');
});

test('a part of a configuration is not blamed for what stands elsewhere', () => {
  const text = 'location / { fastcgi_pass cgi; limit_req zone=one; access_log logs/a.log main; add_header X-Place $place; }\n';
  expect(found(text, { filename: 'part.conf', context: 'http>server' })).toEqual([]);
  expect(found('stream { server { listen 53; return x; } }\n', { filename: 'stream.conf' })).toEqual([]);
});

test('a parameter that the target has is only judged for its value', () => {
  const text = whole('upstream app { zone app 64k; server a.example resolve=maybe; }');
  expect(found(text, { nginxVersion: '1.30' })).toEqual(['upstream-server-invalid-parameter: resolve=maybe']);
  expect(found(text, { nginxVersion: '1.22' })).toEqual(['plus-only-directive: resolve=maybe']);
});

test('rules can be turned off, and have other severities', () => {
  const text = whole('client_max_body_size 1gb; server { listen 80; listen 80; }');
  expect(found(text, { rules: { 'duplicate-listen': 'off', 'invalid-argument-value': 'info' } })).toEqual([]);
  expect(found(text, { presets: ['nginx-t'] })).toHaveLength(2);
  expect(found(text, { presets: ['style'] })).toEqual([]);
});
