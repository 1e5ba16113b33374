import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { display, sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { inheritedBy } from '../../src/compile/flat/inherited.ts';
import { type FlatOptions, writeFlat } from '../../src/compile/flat/write.ts';
import { modelAsJson } from '../../src/compile/json/model.ts';
import type { ConfigDirective } from '../../src/config/config-tree.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { buildModel } from '../../src/model/build.ts';
import { filesIn } from '../support/files.ts';

const tree = {
  'nginx.conf': `# head
events {} # none
http {
    include conf.d/*.conf; # sites
    log_format x "a; {b}";   # kept as written
    # end of http
}
# end
`,
  'conf.d/a.conf':
    '# a\nserver { # first\n\tlisten 80; # port\n\tinclude snippets/gone-*.conf;\n\tinclude root.inc;\n}\n# after a\n',
  'conf.d/b.conf': 'upstream b { server 127.0.0.1:81 max_fails=2; }\n',
  'root.inc': 'root /srv;\nindex index.html # x\n  index.htm;\n',
};

function load(texts: Record<string, string>) {
  const source = sourceText('nginx.conf', texts['nginx.conf'] ?? '');
  const loaded = loadConfig({ source, loader: textsLoader(texts), prefix: '' });
  expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return loaded.value;
}

function flat(texts: Record<string, string>, options?: FlatOptions): string {
  return writeFlat(load(texts), options);
}

function meaning(text: string): unknown {
  const shape = ({ name, args, children }: ConfigDirective): unknown => [name, args, children?.map(shape)];
  return load({ 'nginx.conf': text }).directives.map(shape);
}

test('includes stand in place, each run of directives under its origin', () => {
  expect(flat(tree)).toBe(`events {
}
http {
    # conf.d/a.conf:2
    server {
        listen 80;
        # root.inc:1
        root /srv;
        index index.html index.htm;
    }
    # conf.d/b.conf:1
    upstream b {
        server 127.0.0.1:81 max_fails=2;
    }
    # nginx.conf:5
    log_format x "a; {b}";
}
`);
});

test('comments stay where they were', () => {
  expect(flat(tree, { comments: true })).toBe(`# head
events {
} # none
http {
    # a
    # conf.d/a.conf:2
    server { # first
        listen 80; # port
        # root.inc:1
        root /srv;
        # x
        index index.html index.htm;
    }
    # after a
    # conf.d/b.conf:1
    upstream b {
        server 127.0.0.1:81 max_fails=2;
    }
    # sites
    # nginx.conf:5
    log_format x "a; {b}"; # kept as written
    # end of http
}
# end
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
  expect(meaning(flat({ 'nginx.conf': text }, { comments: true }))).toEqual(meaning(text));
});

test.each(alone)('$name keeps every comment', ({ text }) => {
  const commentsIn = (of: string) =>
    load({ 'nginx.conf': of }).root.comments.map(({ start, end }) => of.slice(start, end).trimEnd());
  expect(commentsIn(flat({ 'nginx.conf': text }, { comments: true })).sort()).toEqual(commentsIn(text).sort());
});

const effective = (text: string, options: FlatOptions = {}) => {
  const config = load({ 'nginx.conf': text });
  return writeFlat(config, { ...options, inherited: inheritedBy(buildModel(config)) });
};

test('what a block inherits is written into it, with its origin', () => {
  const text = `events {}
http {
    keepalive_timeout 5s; allow all; add_header A b; root /srv;
    types { text/plain txt; }
    server {
        deny all;
        location / { proxy_pass http://127.0.0.1; if ($arg_a) { add_header C d; } }
        location /files/ { alias /other/; location /files/b/ { } }
    }
}
`;
  expect(effective(text)).toBe(`events {
}
http {
    keepalive_timeout 5s;
    allow all;
    add_header A b;
    root /srv;
    types {
        text/plain txt;
    }
    server {
        keepalive_timeout 5s; # nginx.conf:3
        add_header A b; # nginx.conf:3
        root /srv; # nginx.conf:3
        deny all;
        location / {
            deny all; # nginx.conf:6
            keepalive_timeout 5s; # nginx.conf:3
            add_header A b; # nginx.conf:3
            root /srv; # nginx.conf:3
            proxy_pass http://127.0.0.1;
            if ($arg_a) {
                root /srv; # nginx.conf:3
                add_header C d;
            }
        }
        location /files/ {
            deny all; # nginx.conf:6
            keepalive_timeout 5s; # nginx.conf:3
            add_header A b; # nginx.conf:3
            alias /other/;
            location /files/b/ {
                deny all; # nginx.conf:6
                keepalive_timeout 5s; # nginx.conf:3
                add_header A b; # nginx.conf:3
            }
        }
    }
}
`);
});

test('fields that add up are not written twice', () => {
  expect(effective('events {} http { add_header A b; add_header_inherit merge; server { } }')).not.toMatch(
    /add_header A b;[\s\S]*add_header A b/,
  );
});

/** The settings of each block, without places. */
function settingsOf(text: string): unknown {
  interface Json {
    readonly context: string;
    readonly settings: readonly {
      readonly directives: readonly { readonly directive: string; readonly args: readonly string[] }[];
    }[];
    readonly blocks: readonly Json[];
  }
  const shape = ({ context, settings, blocks }: Json): unknown => ({
    context,
    settings: settings
      .map(({ directives }) => directives.map(({ directive, args }) => `${directive} ${args.join(' ')}`).join('; '))
      .sort(),
    blocks: blocks.map(shape),
  });
  return shape(modelAsJson(buildModel(load({ 'nginx.conf': text })), display).root);
}

const whole = filesIn('fixtures/whole', '.conf').map((path) => ({
  name: path,
  text: readFileSync(new URL(`../../${path}`, import.meta.url), 'latin1').replace(/^\s*include\s.*/gm, ''),
}));

describe.each([...alone, ...whole])('$name with what it inherits', ({ text }) => {
  // A comment may say to which block a file belongs.
  const once = effective(text, { comments: true });
  test('has the same settings in force in every block', () => {
    expect(settingsOf(once)).toEqual(settingsOf(text));
  });

  test('has nothing more to inherit', () => {
    expect(meaning(effective(once, { comments: true }))).toEqual(meaning(once));
  });
});
