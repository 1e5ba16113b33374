import { expect, test } from 'vitest';
import { root } from '../support/files.ts';
import { nginxlint } from '../support/nginxlint.ts';

const stdin =
  'worker_processes 1; events {}\nhttp { server_tokens off; server { listen 80; http2 on; status_zone a; gzip on; } }\n';

async function ruleLines(...argv: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await nginxlint(['-', '--format', 'concise', ...argv], { cwd: root, stdin });
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(/^<stdin>:\d+:\d+: (\w+): (.*?) \[([\w-]+)\]$/, '$1 $3: $2'));
}

test('nobody has said which nginx it is: what is commercial is a warning', async () => {
  expect(await ruleLines()).toEqual(['warning plus-only-directive: "status_zone" is a directive of commercial nginx']);
});

test('a range of releases: what any of them refuses', async () => {
  expect(await ruleLines('--nginx-version', '1.22..1.28', '--flavor', 'plus')).toEqual([
    'error version-unavailable-directive: "http2" exists since nginx 1.25.1',
  ]);
});

test('a flavor, and modules that are left out', async () => {
  expect(await ruleLines('--flavor', 'oss', '--modules', '-gzip')).toEqual([
    'error plus-only-directive: "status_zone" is a directive of commercial nginx',
    'warning module-not-available: "gzip" comes with ngx_http_gzip_filter_module, which is not there',
  ]);
});

test.each([
  ['--flavor', 'apache', 'unknown flavor "apache", it must be one of oss, plus'],
  ['--modules', '+nonsense', 'unknown module "nonsense"'],
  ['--modules', 'stream', 'write +stream or -stream'],
  ['--nginx-version', '1.28..1.22', 'invalid version "1.28..1.22"'],
])('%s %s is a mistake', async (option, value, words) => {
  const { code, stderr } = await nginxlint(['-', option, value], { cwd: root, stdin });
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
