import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { printed } from '../../src/model/check/finding.ts';
import { nginxTest } from '../../src/model/check/nginx-test.ts';

/** What the certificates of a mail server lack (ngx_mail_ssl_merge_conf); Debian's nginx-full does not bring the module. */
const asked: readonly (readonly [inside: string, nginx: string | null])[] = [
  ['listen 25 ssl;', 'no "ssl_certificate" is defined for the "listen ... ssl" directive in /x:3'],
  ['listen 25; starttls on;', 'no "ssl_certificate" is defined for the "starttls" directive in /x:3'],
  ['listen 25; starttls off;', null],
  ['listen 25; ssl on;', 'no "ssl_certificate" is defined for the "ssl" directive in /x:3'],
  ['listen 25 ssl; ssl_certificate a;', 'no "ssl_certificate_key" is defined for the "listen ... ssl" directive in /x:3'],
  [
    'listen 25 ssl; ssl_certificate a; ssl_certificate b; ssl_certificate_key a;',
    'no "ssl_certificate_key" is defined for certificate "b" and the "listen ... ssl" directive in /x:3',
  ],
  ['listen 25 ssl; ssl_certificate a; ssl_certificate_key a;', null],
];

test.each(asked)('%s', (inside, nginx) => {
  const source = sourceText('/x', `events {}\nmail { auth_http 127.0.0.1; server {\n${inside}\n} }\n`);
  const target = { nginxVersion: '1.22.1', flavor: 'oss' } as const;
  const { stop } = nginxTest({ path: '/x', loader: { read: () => source, glob: () => [] }, target });
  expect(stop && printed(stop)).toBe(nginx && `nginx: [emerg] ${nginx}`);
});
