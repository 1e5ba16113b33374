import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nginxTestCommand } from '../../src/cli/nginx/nginx-test.ts';
import { scratch, targetOfInstalled } from '../support/ask-nginx.ts';
import { describeWith } from '../support/real.ts';

/** Statements of `http`, or of `main` where they begin with `main:`. */
const statements: readonly string[] = [
  'main:user nobody-of-that-name;',
  'main:user root no-group-of-that-name;',
  'main:user root;',
  'main:user nobody;',
  'main:load_module nowhere.so;',
  'main:load_module text.pem;',
  'main:load_module /;',
  'main:pid nowhere/pid;',
  'main:error_log nowhere/error.log;',
  'main:error_log folder;',
  'main:error_log stderr;',
  'main:include nowhere.conf;',
  'access_log nowhere/access.log;',
  'access_log text.pem/access.log;',
  'access_log folder;',
  'access_log $host/access.log;',
  'access_log off; error_log nowhere/error.log;',
  'proxy_cache_path nowhere/cache keys_zone=a:1m;',
  'proxy_cache_path made keys_zone=a:1m; fastcgi_temp_path made/inside;',
  'proxy_temp_path text.pem/inside;',
  'client_body_temp_path nowhere/body 1 2;',
  'types { include nowhere.types; }',
  'map $uri $x { include nowhere.map; }',
  'geo $x { include nowhere.geo; }',
  ...[
    'ssl_certificate nowhere.pem; ssl_certificate_key a.key;',
    'ssl_certificate text.pem; ssl_certificate_key a.key;',
    'ssl_certificate folder; ssl_certificate_key a.key;',
    'ssl_certificate cut.pem; ssl_certificate_key a.key;',
    'ssl_certificate chain-cut.pem; ssl_certificate_key a.key;',
    'ssl_certificate a.pem; ssl_certificate_key nowhere.key;',
    'ssl_certificate a.pem; ssl_certificate_key text.pem;',
    'ssl_certificate a.pem; ssl_certificate_key b.key;',
    'ssl_certificate a.pem; ssl_certificate_key a.key;',
    'ssl_certificate ./both.pem; ssl_certificate_key both.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_certificate b.pem; ssl_certificate_key a.key;',
    'ssl_certificate $ssl_server_name.pem; ssl_certificate_key nowhere.key;',
    'ssl_certificate a.pem; ssl_certificate_key locked.key; ssl_password_file passwords;',
    'ssl_certificate a.pem; ssl_certificate_key locked.key; ssl_password_file text.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_password_file nowhere;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_password_file folder;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_password_file long;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_trusted_certificate nowhere.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_trusted_certificate text.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_trusted_certificate b.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_client_certificate nowhere.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_verify_client on; ssl_client_certificate nowhere.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_verify_client on; ssl_client_certificate a.key;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_verify_client on; ssl_client_certificate b.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_crl nowhere.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_crl text.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_dhparam nowhere.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_dhparam text.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_session_ticket_key nowhere;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_session_ticket_key folder;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_session_ticket_key text.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_session_ticket_key ticket; ssl_session_ticket_key text.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_session_ticket_key ticket;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_stapling on; ssl_stapling_file nowhere;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_stapling on; ssl_stapling_file text.pem;',
    'ssl_certificate a.pem; ssl_certificate_key a.key; ssl_stapling_file nowhere;',
  ].map((inside) => `server { listen 127.0.0.1:28700 ssl; ${inside} }`),
  ...[
    'proxy_ssl_certificate nowhere.pem; proxy_ssl_certificate_key a.key;',
    'proxy_ssl_certificate a.pem; proxy_ssl_certificate_key b.key;',
    'proxy_ssl_certificate a.pem; proxy_ssl_certificate_key a.key;',
    'proxy_ssl_verify on; proxy_ssl_trusted_certificate nowhere.pem;',
    'proxy_ssl_verify on; proxy_ssl_trusted_certificate a.pem; proxy_ssl_crl nowhere.pem;',
    'proxy_ssl_verify on; proxy_ssl_trusted_certificate a.pem;',
    'proxy_ssl_trusted_certificate nowhere.pem; proxy_ssl_crl nowhere.pem;',
    'proxy_ssl_password_file nowhere;',
  ].map((inside) => `server { listen 127.0.0.1:28700; location / { proxy_pass https://127.0.0.1; ${inside} } }`),
  ...[
    'server { listen 127.0.0.1:28702 ssl; ssl_certificate a.pem; ssl_certificate_key b.key; return 1; }',
    'server { listen 127.0.0.1:28702; proxy_pass nobody.invalid:4; }',
    'server { listen nobody.invalid:4; return 1; }',
    'server { listen 127.0.0.1:28702; proxy_ssl on; proxy_pass 127.0.0.1:4; proxy_ssl_certificate nowhere.pem; proxy_ssl_certificate_key a.key; }',
    `server { listen 127.0.0.1:28702 ssl; ssl_alpn ${'a'.repeat(256)}; return 1; }`,
    'upstream app { server nobody.invalid:4; }',
  ].map((inside) => `main:STREAM stream { ${inside} }`),
  `main:worker_cpu_affinity ${'0'.repeat(1025)};`,
  Array.from({ length: 256 }, (_, index) => `sub_filter a${index} b;`).join(' '),
  'server { listen 127.0.0.1:28700; location / { fastcgi_store ""; } }',
  'server { listen 127.0.0.1:28700; auth_basic a; auth_basic_user_file nowhere; root nowhere; }',
  ...['server nobody.invalid;', 'server nobody.invalid:81 weight=2;', 'server localhost;', 'server 127.0.0.1;'].map(
    (inside) => `upstream app { ${inside} }`,
  ),
  'server { listen nobody.invalid:80; }',
  'server { listen localhost:28700; }',
  ...[
    'proxy_pass http://nobody.invalid;',
    'proxy_pass http://nobody.invalid:81/a;',
    'proxy_pass http://localhost;',
    'proxy_pass http://$host;',
    'fastcgi_pass nobody.invalid:9000;',
    'grpc_pass nobody.invalid:9000;',
  ].map((inside) => `server { listen 127.0.0.1:28700; location / { ${inside} } }`),
  'upstream nobody.invalid { server 127.0.0.1; } server { listen 127.0.0.1:28700; location / { proxy_pass http://nobody.invalid; } }',
  'resolver nobody.invalid;',
  'resolver 127.0.0.1 nobody.invalid:54;',
  'set_real_ip_from nobody.invalid;',
  'set_real_ip_from localhost;',
  'access_log syslog:server=nobody.invalid;',
  'error_log syslog:server=nobody.invalid;',
  'geo $x { proxy nobody.invalid; }',
];

describeWith('nginx', 'nginxrun -t --check-files --check-dns says what nginx -t says of this machine', (nginx) => {
  const folder = scratch();
  const release = /nginx\/([\d.]+)/.exec(String(spawnSync(nginx, ['-v'], { encoding: 'latin1' }).stderr))?.[1] ?? '';
  const { load } = targetOfInstalled(nginx);
  prepare(folder);

  test.each(statements.map((text, index) => ({ text, index })))('$text', async ({ text, index }) => {
    const inMain = text.startsWith('main:');
    const path = join(folder, `${index}.conf`);
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path`)
      .filter((name) => !text.includes(name))
      .map((name) => `${name} temp/${name};`);
    const log = text.includes('access_log') ? '' : 'access_log off;';
    const pid = text.includes('pid ') ? '' : 'pid pid;';
    const [main, http] = inMain ? [text.slice('main:'.length).replace('STREAM', load), ''] : ['', text];
    writeFileSync(path, `${main}\n${pid}\nevents {}\nhttp {\n${log} ${paths.join(' ')}\n${http}\n}\n`);
    const theirs = spawnSync(nginx, ['-p', folder, '-e', '/dev/null', '-t', '-c', path], { encoding: 'latin1' });
    let ours = '';
    const streams = {
      stdin: nothing(),
      stdout: { write: () => true },
      stderr: { write: (text: string | Uint8Array) => (ours += Buffer.from(text).toString('latin1')) },
      env: {},
      cwd: () => folder,
    };
    const argv = ['-p', folder, '--nginx-version', release, '--check-files', '--check-dns', '-t', '-c', path];
    const code = await nginxTestCommand(argv, streams);
    expect({ said: ours, code }).toEqual({ said: withoutQueue(theirs.stderr), code: theirs.status });
  });
});

/** OpenSSL's own words differ between its releases. */
function withoutQueue(said: string): string {
  return said.replace(/ \(SSL: [^\n]*\)$/gm, '');
}

/** Certificates are made anew each time: none is worth keeping, and all end. */
function prepare(folder: string): void {
  for (const name of ['folder', 'temp']) mkdirSync(join(folder, name));
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'latin1' });
  for (const name of ['a', 'b']) {
    const made = openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`],
    );
    if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  }
  openssl('pkey', '-aes128', '-passout', 'pass:second', '-in', 'a.key', '-out', 'locked.key');
  const texts: Readonly<Record<string, string>> = {
    'text.pem': 'no PEM at all\n',
    passwords: 'first\nsecond\r\n',
    long: `${'x'.repeat(5000)}\n`,
    ticket: 'x'.repeat(48),
    'cut.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  spawnSync('sh', ['-c', 'cat a.key a.pem >both.pem; cat a.pem cut.pem >chain-cut.pem'], { cwd: folder });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
