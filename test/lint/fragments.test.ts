import { describe, expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { contextOfRoot, lintText, rememberingParser } from '../../src/check.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { contextNames } from '../../src/schema/contexts.ts';

function contextOf(text: string): string {
  const source = sourceText('fragment.conf', text);
  return contextNames(contextOfRoot({ source, loader: textsLoader({}), prefix: '' }, rememberingParser())).join();
}

describe('a fragment tells where it belongs', () => {
  test.each([
    ['proxy_pass http://app;', 'location'],
    ['proxy_pass http://unix:/tmp/app.socket:/uri/;', 'location'],
    ['proxy_pass https://$host$request_uri;', 'location'],
    ['proxy_pass 10.0.0.1:53;', 'server in stream'],
    ['proxy_pass http://app; proxy_timeout 1s; proxy_protocol on;', 'server in stream'],
    ['proxy_pass http://app; proxy_set_header Host $host;', 'location'],
    ['server_name a; listen 80;', 'server'],
    ['upstream a { server 10.0.0.1; }', 'http'],
  ])('%s', (text, context) => {
    expect(contextOf(text)).toBe(context);
  });
});

const errorsIn = (text: string) =>
  lintText(text, { filename: 'fragment.conf' })
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);

test('"proxy_redirect default" may stand in a fragment whose proxy_pass is elsewhere, but not above its own', () => {
  expect(errorsIn('proxy_redirect default;')).toEqual([]);
  expect(errorsIn('location / { proxy_redirect default; proxy_pass http://127.0.0.1; }')).toEqual([
    '"proxy_redirect default" should be placed after the "proxy_pass" directive',
  ]);
});
