import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { writeFlat } from '../../src/compile/flat/write.ts';
import type { ConfigDirective } from '../../src/config/config-tree.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';

const tree = {
  'nginx.conf': 'events {}\nhttp {\n    include conf.d/*.conf;\n    log_format x "a; {b}";   # kept as written\n}\n',
  'conf.d/a.conf': 'server {\n\tlisten 80;\n\tinclude snippets/gone-*.conf;\n\tinclude root.inc;\n}\n',
  'conf.d/b.conf': 'upstream b { server 127.0.0.1:81 max_fails=2; }\n',
  'root.inc': 'root /srv;\nindex index.html;\n',
};

function flat(texts: Record<string, string>): string {
  const source = sourceText('nginx.conf', texts['nginx.conf'] ?? '');
  const loaded = loadConfig({ source, loader: textsLoader(texts), prefix: '' });
  expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return writeFlat(loaded.value);
}

function meaning(text: string): unknown {
  const shape = ({ name, args, children }: ConfigDirective): unknown => [name, args, children?.map(shape)];
  return loadConfig({ source: sourceText('nginx.conf', text), loader: textsLoader({}), prefix: '' }).value.directives.map(shape);
}

test('includes stand in place, each run of directives under its origin', () => {
  expect(flat(tree)).toBe(`events {
}
http {
    # conf.d/a.conf:1
    server {
        listen 80;
        # root.inc:1
        root /srv;
        index index.html;
    }
    # conf.d/b.conf:1
    upstream b {
        server 127.0.0.1:81 max_fails=2;
    }
    # nginx.conf:4
    log_format x "a; {b}";
}
`);
});

test('flattening again changes nothing but the origins', () => {
  expect(meaning(flat({ 'nginx.conf': flat(tree) }))).toEqual(meaning(flat(tree)));
});

const configs = new URL('../../fixtures/configs/', import.meta.url);
const alone = readdirSync(configs)
  .map((name) => ({ name, text: readFileSync(new URL(name, configs), 'latin1') }))
  .filter(({ text }) => !/^\s*include\s/m.test(text));
test.each(alone)('$name keeps every directive and argument', ({ text }) => {
  expect(meaning(flat({ 'nginx.conf': text }))).toEqual(meaning(text));
});
