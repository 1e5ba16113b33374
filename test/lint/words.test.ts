import { describe, expect, test } from 'vitest';
import { editDistance, nearest, similarTo } from '../../src/base/nearest.ts';
import { addressOf, isIp, isSingleLabel } from '../../src/model/address.ts';

test.each([
  ['proxy_passs', 'proxy_pass', 1],
  ['backned', 'backend', 1],
  ['sever', 'server', 1],
  ['abc', 'cab', 2],
  ['', 'ab', 2],
  ['same', 'same', 0],
])('from %j to %j it is %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

test('short names have to match more closely', () => {
  const near = (name: string, names: readonly string[]) => nearest(similarTo(name, names));
  expect(near('api', ['app', 'web'])).toEqual([]);
  expect(near('user', ['users', 'used'])).toEqual(['users', 'used']);
  expect(near('lisen', ['listen', 'lines'])).toEqual(['listen']);
});

describe('addresses', () => {
  test.each([
    ['http://App:8080/x', 'http', 'app', '8080'],
    ['https://a.example', 'https', 'a.example', ''],
    ['10.0.0.1:9000', '', '10.0.0.1', '9000'],
    ['[::1]:80', '', '::1', '80'],
    ['http://[2001:db8::1]/', 'http', '2001:db8::1', ''],
    ['unix:/run/App.sock', '', 'unix:/run/App.sock', ''],
    ['http://unix:/run/app.sock:/uri', 'http', 'unix:/run/app.sock', ''],
  ])('%s', (text, scheme, host, port) => {
    expect(addressOf(text)).toEqual({ scheme, host, port });
  });
  test('kinds of hosts', () => {
    expect(['10.0.0.1', '::1', 'app', 'unix:/a', 'a.example'].map(isIp)).toEqual([true, true, false, false, false]);
    expect(['app', 'a.example', '10.0.0.1', '', '$host'].map(isSingleLabel)).toEqual([true, false, false, false, false]);
  });
});
