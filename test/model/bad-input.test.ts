import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import type { SourceLoader } from '../../src/config/source-loader.ts';
import { printed } from '../../src/model/check/finding.ts';
import { nginxTest } from '../../src/model/check/nginx-test.ts';
import { newestTarget } from '../../src/model/check/target.ts';
import { dice } from '../support/mutate.ts';

function verdictOn(files: Readonly<Record<string, string>>): string {
  const loader: SourceLoader = {
    read(path) {
      const text = files[path];
      return text === undefined ? { error: 'No such file or directory', errno: 2 } : sourceText(path, text);
    },
    glob: () => Object.keys(files),
  };
  const { stop } = nginxTest({ path: '/a.conf', loader, target: newestTarget });
  return stop ? printed(stop) : 'ok';
}

test('ten thousand nested blocks', () => {
  const text = `events {}\nhttp { server { ${'location / { '.repeat(10_000)}${'} '.repeat(10_000)}} }\n`;
  expect(verdictOn({ '/a.conf': text })).toBe('nginx: [emerg] blocks are nested more than 1000 deep in /a.conf:2');
});

test('a statement without end', () => {
  expect(verdictOn({ '/a.conf': 'a '.repeat(2_200_000) })).toBe(
    'nginx: [emerg] this file is not read: one statement in it has more than 100000 words in /a.conf:1',
  );
});

test('a file that includes itself', () => {
  expect(verdictOn({ '/a.conf': 'env A;\ninclude /a.conf;\n' })).toBe(
    'nginx: [emerg] open() "/a.conf" failed (24: Too many open files) in /a.conf:2',
  );
});

test('files that include all files', () => {
  expect(verdictOn({ '/a.conf': 'include /*.conf;\n', '/b.conf': 'include /*.conf;\n' })).toContain('Too many open files');
});

test('no file', () => {
  expect(verdictOn({})).toBe('nginx: [emerg] open() "/a.conf" failed (2: No such file or directory)');
});

test('bytes without meaning', () => {
  const roll = dice(1);
  for (let times = 0; times < 200; times++) {
    const bytes = Array.from({ length: 400 }, () => String.fromCharCode(Math.floor(roll() * 256))).join('');
    expect(verdictOn({ '/a.conf': bytes })).toMatch(/^nginx: \[emerg\] /);
  }
});

test('statements without meaning', () => {
  const words = [
    'events',
    'http',
    'server',
    'location',
    'if',
    'map',
    'geo',
    'listen',
    '{',
    '}',
    ';',
    '$',
    '"',
    "'",
    '\\',
    '#',
    '\n',
    '(',
    ')',
    '~',
    '/',
  ];
  const roll = dice(2);
  for (let times = 0; times < 2000; times++) {
    const text = Array.from({ length: 30 }, () => words[Math.floor(roll() * words.length)]).join(' ');
    expect(verdictOn({ '/a.conf': `events {} http { ${text}` })).toMatch(/^(nginx: |ok)/);
  }
});
