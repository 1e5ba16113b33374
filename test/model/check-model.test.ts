import { expect, test } from 'vitest';
import { bytesOf, lineAt, sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { buildModel, type Model } from '../../src/model/build.ts';
import { checkModel, checkModelForAll } from '../../src/model/check/check-model.ts';
import type { Finding } from '../../src/model/check/finding.ts';
import { targetsOf } from '../../src/model/check/target-options.ts';
import { contextOf } from '../../src/schema/contexts.ts';

function modelOf(text: string, files: Readonly<Record<string, string>> = {}, context?: string): Model {
  const at = context === undefined ? undefined : contextOf(context);
  const source = sourceText('nginx.conf', bytesOf(text));
  return buildModel(
    loadConfig({ source, loader: textsLoader(files), prefix: '', ...(at === undefined ? {} : { context: at }) }).value,
  );
}

function lines(findings: readonly Finding[]): string[] {
  return findings.map(({ span, rule, message }) => `${span.source.name}:${lineAt(span.source, span.start)} ${rule}: ${message}`);
}

function targets(nginxVersion: string, modules = '') {
  const found = targetsOf({ nginxVersion, modules });
  if ('error' in found) throw new Error(found.error);
  return found;
}

test('everything is reported, not only the first error', () => {
  const model = modelOf(`events {}
http {
    keepalive_timeout x;
    access_log logs/a.log nowhere;
    server {
        listen 80;
        listen 80;
        location / { proxy_pass localhost; return 200 $nobody; }
        location / { }
    }
}
`);
  expect(lines(checkModel(model))).toEqual([
    'nginx.conf:3 invalid-argument-value: "keepalive_timeout" directive invalid value',
    'nginx.conf:4 undefined-log-format: unknown log format "nowhere"',
    'nginx.conf:7 duplicate-listen: a duplicate listen 0.0.0.0:80',
    'nginx.conf:8 proxy-pass-missing-scheme: invalid URL prefix',
    'nginx.conf:9 duplicate-location: duplicate location "/" in nginx.conf:9',
    'nginx.conf:8 undefined-variable: unknown "nobody" variable',
  ]);
});

test('a fragment is not blamed for what stands elsewhere', () => {
  const text = 'limit_req zone=one;\nproxy_pass http://app$suffix;\naccess_log logs/a.log main;\nproxy_read_timeout x;\n';
  expect(lines(checkModel(modelOf(text, {}, 'http>server>location')))).toEqual([
    'nginx.conf:4 invalid-argument-value: "proxy_read_timeout" directive invalid value',
  ]);
});

test('a snippet that many blocks include is blamed once', () => {
  const servers = Array.from({ length: 3 }, (_, index) => `server { listen ${8000 + index}; include snippet.conf; }`).join('\n');
  const model = modelOf(`events {}\nhttp {\n${servers}\n}\n`, { 'snippet.conf': 'client_max_body_size 1gb;\n' });
  expect(lines(checkModel(model))).toEqual([
    'snippet.conf:1 invalid-argument-value: "client_max_body_size" directive invalid value',
  ]);
});

test('a range of releases says which of them refuses', () => {
  const model = modelOf('events {}\nhttp { server { listen 80; http2 on; } }\n');
  expect(lines(checkModelForAll(model, targets('1.22..1.28')))).toEqual([
    'nginx.conf:2 unknown-directive: unknown directive "http2" (nginx 1.22, 1.24.0)',
  ]);
});

test('modules can be left out', () => {
  const model = modelOf('events {}\nstream { server { listen 53; return x; } }\n');
  expect(lines(checkModelForAll(model, targets('1.28', '-stream')))).toEqual([
    'nginx.conf:2 unknown-directive: unknown directive "stream"',
  ]);
});

test('options that mean nothing are refused', () => {
  expect(targetsOf({ nginxVersion: 'new' })).toHaveProperty('error');
  expect(targetsOf({ flavor: 'apache' })).toHaveProperty('error');
  expect(targetsOf({ modules: '+nonsense' })).toHaveProperty('error');
});
