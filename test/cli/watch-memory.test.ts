import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { WatchMemory } from '../../src/cli/lint/watch-memory.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import type { LintOptions } from '../../src/lint/options.ts';

/** A directory whose files change, and the configurations a.conf and b.conf in it. */
class Watched {
  readonly #memory = new WatchMemory();
  readonly files: Record<string, string> = {
    'a.conf': 'server { include shared; }',
    'b.conf': 'server { include shared; include own/*; }',
    shared: 'listen 80;',
  };

  /** The configurations that were checked, and what was found in both. */
  run(lint: LintOptions = {}): { checked: readonly string[]; found: readonly string[] } {
    const checked: string[] = [];
    const loader = this.#memory.remembering(textsLoader(this.files));
    const configs = ['a.conf', 'b.conf'].map((name) => {
      const source = loader.read(name);
      if ('error' in source) throw new Error(name);
      return loadConfig({ source, loader, prefix: '', prefixIsKnown: true }, this.#memory.parse);
    });
    const settings = { rules: [], checkFiles: false, checkDns: false, lint };
    const found = this.#memory.findings(configs, settings, ({ value: { root, files } }) => {
      checked.push(root.source.name);
      const message = files.map(({ source }) => source.text).join('|');
      return [{ rule: 'x', severity: 'hint', message, span: { source: root.source, start: 0, end: 1 } }];
    });
    return { checked, found: found.map(({ message }) => message) };
  }

  get searched(): readonly string[] {
    return this.#memory.searched('/work');
  }
}

test('only configurations that have the changed file in them are checked again', () => {
  const watched = new Watched();
  expect(watched.run().checked).toEqual(['a.conf', 'b.conf']);
  expect(watched.run().checked).toEqual([]);

  watched.files['own/c'] = 'index c;';
  expect(watched.run()).toEqual({
    checked: ['b.conf'],
    found: ['server { include shared; }|listen 80;', 'server { include shared; include own/*; }|listen 80;|index c;'],
  });
  watched.files.shared = 'listen 81;';
  expect(watched.run().checked).toEqual(['a.conf', 'b.conf']);
  delete watched.files['own/c'];
  expect(watched.run().checked).toEqual(['b.conf']);
});

test('all are checked again with other options', () => {
  const watched = new Watched();
  const matching = (name: string): LintOptions => ({ overrides: [{ matches: (file) => file === name, rules: {} }] });
  watched.run(matching('a.conf'));
  expect(watched.run(matching('a.conf')).checked).toEqual([]);
  expect(watched.run({ ...matching('a.conf'), nginxVersion: '1.20.0' }).checked).toEqual(['a.conf', 'b.conf']);
  watched.run(matching('a.conf'));
  expect(watched.run(matching('shared')).checked).toEqual(['a.conf', 'b.conf']);
});

test('directories in which an include looks are known, with nothing in them too', () => {
  const watched = new Watched();
  watched.run();
  expect(new Set(watched.searched)).toEqual(new Set(['/work', '/work/own']));
  expect(watched.searched).toEqual([]);
});

test('a file that is as it was is the same source', () => {
  const memory = new WatchMemory();
  const read = (text: string) => memory.remembering({ read: (path) => sourceText(path, text), glob: () => [] }).read('x');
  const first = read('a;');
  expect(read('a;')).toBe(first);
  expect(read('b;')).not.toBe(first);
});
