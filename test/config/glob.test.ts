import { expect, test } from 'vitest';
import { expandGlob } from '../../src/base/glob.ts';

const tree: Readonly<Record<string, readonly string[]>> = {
  '.': ['conf.d', 'nginx.conf'],
  'conf.d': ['b.conf', 'B.conf', '.hidden.conf', 'a.conf', 'a-b.conf', 'a[1].conf', 'a.conf~', 'z', '10.conf', '9.conf'],
  'conf.d/z': ['deep.conf'],
  '/': ['etc'],
  '/etc': ['nginx'],
  '/etc/nginx': ['x.conf', 'a]b', 'a-', '!a'],
};

/** What glob(3) without flags gives on the tree above: glibc 2.36's own answers. */
const table: readonly (readonly [pattern: string, ...found: string[]])[] = [
  [
    'conf.d/*.conf',
    'conf.d/10.conf',
    'conf.d/9.conf',
    'conf.d/B.conf',
    'conf.d/a-b.conf',
    'conf.d/a.conf',
    'conf.d/a[1].conf',
    'conf.d/b.conf',
  ],
  ['conf.d/.*.conf', 'conf.d/.hidden.conf'],
  ['conf.d/?.conf', 'conf.d/9.conf', 'conf.d/B.conf', 'conf.d/a.conf', 'conf.d/b.conf'],
  ['conf.d/[ab].conf', 'conf.d/a.conf', 'conf.d/b.conf'],
  ['conf.d/[!a-z].conf', 'conf.d/9.conf', 'conf.d/B.conf'],
  ['conf.d/[^a-z].conf', 'conf.d/9.conf', 'conf.d/B.conf'],
  ['conf.d/[[:upper:][:digit:]].conf', 'conf.d/9.conf', 'conf.d/B.conf'],
  ['conf.d/a\\[1].conf', 'conf.d/a[1].conf'],
  ['conf.d/a[[]1].conf', 'conf.d/a[1].conf'],
  ['conf.d/*[.conf'],
  [
    '*/*.conf',
    'conf.d/10.conf',
    'conf.d/9.conf',
    'conf.d/B.conf',
    'conf.d/a-b.conf',
    'conf.d/a.conf',
    'conf.d/a[1].conf',
    'conf.d/b.conf',
  ],
  ['**/deep.conf'],
  ['*/*/deep.conf', 'conf.d/z/deep.conf'],
  ['conf.d/z*', 'conf.d/z'],
  ['/etc/nginx/*.conf', '/etc/nginx/x.conf'],
  ['/etc/nginx/a[]]b', '/etc/nginx/a]b'],
  ['/etc/nginx/a[x-]', '/etc/nginx/a-'],
  ['/etc/nginx/[!]a-z]a', '/etc/nginx/!a'],
  ['none/*.conf'],
];

test.each(table)('%s', (pattern, ...found) => {
  expect(expandGlob(pattern, (directory) => tree[directory] ?? null)).toEqual(found);
});
