import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './files.ts';

/** A whole configuration that nginx accepts on this machine, once what it needs of a host is replaced. */
export interface WholeFile {
  readonly name: string;
  readonly text: string;
}

const replacements: readonly (readonly [RegExp, string])[] = [
  [
    /\b(ssl_certificate|ssl_client_certificate|ssl_trusted_certificate|proxy_ssl_trusted_certificate|proxy_ssl_certificate)(\s+)[^;\s]+;/g,
    '$1$2certs/cert.pem;',
  ],
  [/\b(ssl_certificate_key|proxy_ssl_certificate_key)(\s+)[^;\s]+;/g, '$1$2certs/key.pem;'],
  [/\bssl_dhparam\s+[^;]+;/g, ''],
  [/\bauth_basic_user_file(\s+)[^;\s]+;/g, 'auth_basic_user_file$1htpasswd;'],
  [/\b(access_log|error_log)(\s+)\/[^;\s]+/g, '$1$2logs/any.log'],
  [/\bpid(\s+)[^;\s]+;/g, 'pid$1logs/any.pid;'],
  [/^user\s+[^;]+;/gm, ''],
  [/\b(\w+_cache_path)(\s+)\/[^;\s]*\/([^;\s/]+)/g, '$1$2cache/$3'],
  [/\b(client_body_temp_path|proxy_temp_path)(\s+)\/[^;\s]+/g, '$1$2cache/temp'],
  [/\binclude(\s+)(?:\/etc\/nginx\/)?mime\.types;/g, 'include$1fragments/types.inc;'],
  [/\binclude(\s+)(?:\/etc\/nginx\/)?fastcgi(?:_params|\.conf);/g, 'include$1fragments/fastcgi.inc;'],
  [/\binclude(\s+)(?:\/etc\/nginx\/)?uwsgi_params;/g, 'include$1fragments/uwsgi.inc;'],
  [/\blisten(\s+)(\[::\]:|\*:|0\.0\.0\.0:)?(\d{2,4})(?=[\s;])/g, 'listen$1$22$3'],
  [/\b(server|resolver)(\s+)(?!unix:|\d+\.|\[|_|\{|valid)([a-z][\w.-]*)(:\d+)?(?=[\s;])/g, '$1$2127.0.0.1$4'],
  [
    /\b((?:proxy|grpc|fastcgi|uwsgi|scgi|memcached)_pass\s+(?:https?:\/\/|grpcs?:\/\/)?)([a-z][\w-]*(?:\.[\w.-]+))(?=[:/;])/g,
    '$1127.0.0.1',
  ],
  [/\bset_real_ip_from\s+[a-z][\w.-]*;/g, ''],
];

/** Writes what configurations need into a folder: certificates, passwords, fragments, empty directories. */
export function furnish(folder: string): void {
  for (const name of ['logs', 'certs', 'cache']) mkdirSync(join(folder, name), { recursive: true });
  cpSync(join(root, 'fixtures/whole/fragments'), join(folder, 'fragments'), { recursive: true });
  writeFileSync(join(folder, 'htpasswd'), 'a:b\n');
  const [key, certificate] = [join(folder, 'certs/key.pem'), join(folder, 'certs/cert.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      certificate,
      '-days',
      '3650',
      '-subj',
      '/CN=example.com',
    ],
    { stdio: 'ignore' },
  );
}

/** Makes what `furnish` wrote reachable from a folder that holds configurations. */
export function linkInto(folder: string, home: string): void {
  for (const name of ['certs', 'fragments', 'htpasswd', 'logs', 'cache']) symlinkSync(join(home, name), join(folder, name));
}

/** The repository's whole configurations, with paths and hosts that exist here. */
export function wholeFiles(loadStream: string): WholeFile[] {
  const found: WholeFile[] = [];
  for (const folder of ['fixtures/whole', 'fixtures/configs']) {
    for (const name of readdirSync(join(root, folder)).filter((entry) => entry.endsWith('.conf'))) {
      const text = readFileSync(join(root, folder, name), 'latin1');
      const atHome = replacements.reduce((so, [pattern, replacement]) => so.replace(pattern, replacement), text);
      found.push({ name: `${folder}/${name}`, text: /^\s*stream\s*\{/m.test(text) ? `${loadStream}\n${atHome}` : atHome });
    }
  }
  return found;
}
