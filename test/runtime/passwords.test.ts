import { describe, expect, it } from 'vitest';
import { isComparable, isPassword } from '../../src/modules/http/auth_basic/crypt.ts';

/** Passwords, and what Debian's libcrypt has made of them. */
const kept: [password: string, stored: string][] = [
  ['password', 'sa3tHJ3/KuYvI'],
  ['', '..X8NBuQ4l6uQ'],
  ['longer than eight', 'zZb64kacvY9KA'],
  ['\xe9\xff', 'a/Ku51DeyVFxU'],
  ['secret', '$1$salt$ez2vlPGdaLYkJam5pWs/Y1'],
  ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', '$5$saltsaltsaltsalt$a3t85ydO/DFvLGgLZgdODuDoPHFX8m1D4yyob8eV4L0'],
  ['', '$5$$3c2QQ0KjIU1OLtB29cl8Fplc2WN7X89bnoEjaR7tWu.'],
  ['secret', '$5$rounds=1001$abc$CGRhLqy1YGzl1./.A6CCQnDTvqUJ6EVlty4uGXE9so2'],
  [
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    '$6$saltsaltsaltsalt$/bWY2JRw9NhuCfRYJ7BEsOr30ScVFRy7BgcKGpBWTNlElWfwTUUZw1SK3QmACSIJCpMCFyPwsbAnTw4tjzhNU0',
  ],
  [
    'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',
    '$6$rounds=1000$a$Mo6EcsQ8cCpq/PWiXKeqMWDM9l5quFChbFAZTjKA0KlSbuUjXs5Zs3.6WkEBUU3JUtVdWRjDj5GMBACWbDF8Z0',
  ],
  ['secret', '$2a$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW'],
  [
    'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz',
    '$2b$04$./ABCDEFGHIJKLMNOPQRSebBPKHZ/VwNRjUGUqAoAxs9RhnW9JUF6',
  ],
  ['', '$2y$05$ZZZZZZZZZZZZZZZZZZZZZOIbF6xTRRNaQ2w0LwBT1tNjjyhUmZXA6'],
];
/** What is no setting of any method: libcrypt gives `*0`, and nobody is let in. */
const unusable = [
  '',
  'a',
  '!x',
  '*0',
  '*1',
  '$2b$03$abcdefghijklmnopqrstuu',
  '$2b$32$abcdefghijklmnopqrstuu',
  '$5$rounds=999$abc$x',
  '$6$rounds=01000$abc$x',
  '$9$x',
  '{MD5}x',
  'abxx:',
];

describe('passwords as crypt() keeps them', () => {
  for (const [password, stored] of kept) {
    it(`${JSON.stringify(password)} is ${stored}`, () => {
      expect(isPassword(password, stored)).toBe(true);
      expect(isPassword(`-${password}`, stored)).toBe(false);
      expect(isPassword(password, `${stored.slice(0, -1)}_`)).toBe(false);
    });
  }

  it.each(unusable)('nobody is let in by "%s"', (stored) => {
    expect(isPassword('x', stored)).toBe(false);
  });

  it('looks at the password up to a zero byte, and at eight signs of it with DES', () => {
    expect(isPassword('secret\0x', kept[4]?.[1] ?? '')).toBe(true);
    expect(isPassword('longer t', kept[2]?.[1] ?? '')).toBe(true);
  });

  it.each(['$y$j9T$x', '$7$x', '$gy$x', '$sha1$4$x', '$md5,rounds=1$x', '$3$$x', '$2x$04$x', '_J9..rasm'])(
    'does not know %s',
    (stored) => {
      expect(isComparable(stored)).toBe(false);
      expect(isPassword('x', stored)).toBeUndefined();
    },
  );
});
