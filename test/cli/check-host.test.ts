import { expect, test } from 'vitest';
import { inDirectory, nginxlint } from '../support/nginxlint.ts';

const conf = `worker_processes 1; events { }
http { server_tokens off;
    access_log /nowhere/at/all/access.log;
    upstream app { server nobody.invalid; server localhost; }
    server { listen 443 ssl; ssl_certificate site.pem; ssl_certificate_key site.key; }
}
`;

async function rulesWith(...argv: readonly string[]): Promise<readonly string[]> {
  return inDirectory({ 'nginx.conf': conf, 'site.pem': 'soon\n' }, async (cwd) => {
    const { stdout } = await nginxlint(['nginx.conf', '--format', 'concise', '--min-severity', 'error', ...argv], { cwd });
    return stdout.split('\n').flatMap((line) => /^nginx.conf:(\d+):.*?: error: (.*)$/.exec(line)?.slice(1).join(' ') ?? []);
  });
}

const files = [
  '3 open() "/nowhere/at/all/access.log" failed (2: No such file or directory) [file-unusable]',
  '5 cannot load certificate "site.pem": PEM_read_bio_X509_AUX() failed [certificate-unusable]',
];

test('the machine is not looked at', async () => {
  expect(await rulesWith()).toEqual([]);
});

test('its files are, when it is asked for', async () => {
  expect(await rulesWith('--check-files')).toEqual(files);
});

test('its names are, when it is asked for', async () => {
  expect(await rulesWith('--check-dns')).toEqual(['4 host not found in upstream "nobody.invalid" [host-not-found]']);
  expect(await rulesWith('--check-files', '--check-dns')).toHaveLength(3);
});
