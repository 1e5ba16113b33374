import { expect, test } from 'vitest';
import { suitesOf } from '../../src/model/ciphers/cipher-string.ts';

// What `openssl ciphers -s STRING:@SECLEVEL=0` of OpenSSL 3.0 answers, in the table's order and without TLS 1.3.
test.each([
  ['BOGUS:AES128-SHA', 'AES128-SHA'],
  ['AES128-SHA+BOGUS', ''],
  ['kRSA+AESGCM', 'AES256-GCM-SHA384 AES128-GCM-SHA256'],
  ['kRSA+AESGCM:!AES256', 'AES128-GCM-SHA256'],
  ['!AES256:kRSA+AESGCM:AES256-SHA', 'AES128-GCM-SHA256'],
  ['kRSA+AESGCM:-AES256:AES256-SHA', 'AES128-GCM-SHA256 AES256-SHA'],
  ['AES128-SHA:+AES128-SHA:+AES256-SHA', 'AES128-SHA'],
  ['AECDH', 'AECDH-AES256-SHA AECDH-AES128-SHA AECDH-NULL-SHA'],
  ['AECDH:@SECLEVEL=1', ''],
  ['COMPLEMENTOFALL+kRSA,!MD5', 'NULL-SHA256 NULL-SHA'],
  [
    'ECDHE+CHACHA20 ECDHE+AES256+SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305 ECDHE-RSA-CHACHA20-POLY1305 ECDHE-ECDSA-AES256-SHA384 ECDHE-RSA-AES256-SHA384',
  ],
  ['DEFAULT:!ECDHE:!DHE:!SHA1', 'AES256-GCM-SHA384 AES128-GCM-SHA256 AES256-SHA256 AES128-SHA256'],
  ['HIGH:!ALL:DEFAULT', ''],
  ['HIGH@STRENGTH:!kDHE:!kECDHE:!AES:!CAMELLIA', 'ARIA256-GCM-SHA384 ARIA128-GCM-SHA256'],
])('%s', (text, names) => {
  const weakBuilds = /RC4|3DES|SEED|IDEA/;
  const known = suitesOf(text).filter(({ cipher }) => !weakBuilds.test(cipher));
  expect(known.map(({ name }) => name).sort()).toEqual(names.split(' ').filter(Boolean).sort());
});

test('suites that OpenSSL 1.1.0 has thrown out must be named', () => {
  const thrownOut = (text: string) => suitesOf(text).filter(({ strength }) => strength === 'LOW' || strength === 'EXPORT').length;
  expect(['ALL', 'kRSA+SHA1', 'EXP', 'LOW', 'EXP:!EXP', 'DES-CBC-SHA'].map(thrownOut)).toEqual([0, 0, 7, 4, 0, 1]);
});
