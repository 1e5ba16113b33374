import { describe, expect, test } from 'vitest';
import { bytesOf, lineAt, sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import type { ConfigDirective } from '../../src/config/config-tree.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { concise } from '../../src/diagnostics/render/concise.ts';

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** The root's name; its directory is where relative includes start. Default: `nginx.conf`. */
  readonly root?: string;
  readonly fragment?: true;
  /** `name args @file:line <including file…`, indented by depth. */
  readonly tree?: string;
  readonly findings?: string;
  readonly closed?: boolean;
}

const table: readonly Case[] = [
  {
    title: 'splices files where they are included and keeps their origin',
    files: {
      'nginx.conf': 'events {}\nhttp {\n  include a.conf;\n  sendfile on;\n}\n',
      'a.conf': 'gzip on;\nserver {\n  include sub/b.conf;\n}\n',
      'sub/b.conf': 'listen 80;\n',
    },
    tree:
      'events @nginx.conf:1\nhttp @nginx.conf:2\n  gzip on @a.conf:1 <nginx.conf:3\n  server @a.conf:2 <nginx.conf:3\n' +
      '    listen 80 @sub/b.conf:1 <nginx.conf:3 <a.conf:3\n  sendfile on @nginx.conf:4\n',
    closed: true,
  },
  {
    title: 'starts relative names from the directory of the main file, not from that of the including one',
    root: 'etc/nginx.conf',
    files: {
      'etc/nginx.conf': 'events {}\ninclude conf.d/a.conf;\n',
      'etc/conf.d/a.conf': 'include b.conf;\n',
      'etc/b.conf': 'user root;\n',
      'etc/conf.d/b.conf': 'user wrong;\n',
    },
    tree: 'events @etc/nginx.conf:1\nuser root @etc/b.conf:1 <etc/nginx.conf:2 <etc/conf.d/a.conf:1\n',
  },
  {
    title: 'reads what a pattern matches in the order of bytes; nothing matched is fine',
    files: {
      'nginx.conf': 'events {}\ninclude d/*.conf;\ninclude none/*;\n',
      'd/b.conf': 'user b;',
      'd/B.conf': 'user B;',
      'd/.c.conf': 'user c;',
    },
    tree: 'events @nginx.conf:1\nuser B @d/B.conf:1 <nginx.conf:2\nuser b @d/b.conf:1 <nginx.conf:2\n',
    closed: false,
  },
  {
    title: 'names what is missing, and what may be meant',
    files: { 'nginx.conf': 'events {}\ninclude snippets/sll.conf;\n', 'snippets/ssl.conf': '' },
    findings: 'nginx.conf:2:9: error: cannot include "snippets/sll.conf": No such file or directory [include-not-found]',
    closed: false,
  },
  {
    title: 'a directory is no file',
    files: { 'nginx.conf': 'events {}\ninclude d;\n', 'd/a.conf': '' },
    findings: 'nginx.conf:2:9: error: cannot include "d": Is a directory [unreadable-file]',
  },
  {
    title: 'a fragment whose nginx.conf is not known proves nothing',
    files: { 'nginx.conf': 'listen 80;\ninclude x;\n' },
    fragment: true,
    findings: 'nginx.conf:2:9: info: cannot include "x": No such file or directory [include-not-found]',
  },
  {
    title: 'finds a file that includes itself',
    files: { 'nginx.conf': 'events {}\ninclude nginx.conf;\n' },
    tree: 'events @nginx.conf:1\n',
    findings: 'nginx.conf:2:9: error: "nginx.conf" includes itself [include-cycle]',
  },
  {
    title: 'finds circles through others, and through patterns',
    files: { 'nginx.conf': 'events {}\ninclude a.conf;\n', 'a.conf': 'include [ab].conf;\n', 'b.conf': 'include ./a.conf;\n' },
    findings:
      'a.conf:1:9: error: "a.conf" includes itself [include-cycle]\n' +
      'b.conf:1:9: error: "a.conf" includes itself through "b.conf" [include-cycle]',
  },
  {
    title: 'reads our copies of the files that come with nginx, wherever they should be',
    files: { 'nginx.conf': 'events {}\nhttp { include /etc/nginx/mime.types; types { include mime.types; } }\n' },
    findings:
      'nginx.conf:2:16: hint: mime.types is not here; nginxlint reads its own copy [bundled-include]\n' +
      'nginx.conf:2:55: hint: mime.types is not here; nginxlint reads its own copy [bundled-include]',
    closed: true,
  },
  {
    title: 'prefers the file that is there to our copy',
    files: { 'nginx.conf': 'events {}\nhttp { include mime.types; }', 'mime.types': 'types {\n}\n' },
    tree: 'events @nginx.conf:1\nhttp @nginx.conf:2\n  types @mime.types:1 <nginx.conf:2\n',
  },
  {
    title: 'includes lines of a map; in split_clients "include" is a value like any other',
    files: {
      'nginx.conf': 'events {}\nhttp { map $a $b {\n include m;\n}\nsplit_clients $a $c {\n include m;\n} }\n',
      m: 'x y;\n',
    },
    tree:
      'events @nginx.conf:1\nhttp @nginx.conf:2\n  map $a $b @nginx.conf:2\n    x y @m:1 <nginx.conf:3\n' +
      '  split_clients $a $c @nginx.conf:5\n    include m @nginx.conf:6\n',
  },
  {
    title: 'a block ends in the file in which it begins',
    files: { 'nginx.conf': 'events {}\nhttp {\n include a;\n', a: 'server { listen 80; }\n}\n' },
    findings: 'nginx.conf [unmatched-braces]\na [unmatched-braces]',
  },
  {
    title: 'an include that is written wrong is left to the check of its arguments',
    files: { 'nginx.conf': 'events {}\ninclude;\ninclude a b;\n' },
    tree: 'events @nginx.conf:1\ninclude @nginx.conf:2\ninclude a b @nginx.conf:3\n',
  },
  {
    title: 'names with bytes that are no ASCII',
    files: { 'nginx.conf': 'events {}\ninclude "配 置.conf";\n', '配 置.conf': 'user ü;\n' },
    tree: 'events @nginx.conf:1\nuser ü @配 置.conf:1 <nginx.conf:2\n',
  },
];

describe('include', () => {
  test.each(table)('$title', (given) => check(given));

  test('files that include the next one twice end', () => {
    const files: Record<string, string> = { 'nginx.conf': 'include f0;\n' };
    for (let at = 0; at < 40; at++) files[`f${at}`] = `include f${at + 1};\ninclude f${at + 1};\n`;
    files.f40 = 'user x;\n';
    check({
      title: '',
      files,
      findings: 'f36:1:1: error: more than 100000 files are included; nginxlint stops here [nesting-too-deep]',
    });
  });

  test('a chain of files that never ends in a circle ends too', () => {
    const files: Record<string, string> = { 'nginx.conf': 'include f0;\n' };
    for (let at = 0; at < 400; at++) files[`f${at}`] = `include f${at + 1};\n`;
    check({
      title: '',
      files,
      findings: 'f63:1:1: error: nested more than 64 deep; nginxlint does not look further inside [nesting-too-deep]',
    });
  });
});

function check({ files, root = 'nginx.conf', fragment, tree, findings = '', closed }: Case): void {
  const loader = textsLoader(files);
  const source = loader.read(bytesOf(root));
  const { value, diagnostics } = loadConfig({
    source: 'error' in source ? sourceText(root, '') : source,
    loader,
    prefix: root.slice(0, root.lastIndexOf('/') + 1),
    prefixIsKnown: !fragment,
  });
  if (tree !== undefined) expect(drawn(value.directives)).toBe(bytesOf(tree));
  expect(diagnostics.map(lineOf).join('\n')).toBe(findings);
  if (closed !== undefined) expect(value.closed).toBe(closed);
}

/** What config says is checked to the letter; the wording of syntax errors is the business of other tests. */
function lineOf(diagnostic: Diagnostic): string {
  const { rule, span } = diagnostic;
  return rule === 'unmatched-braces' ? `${span.source.name} [${rule}]` : concise(diagnostic);
}

function drawn(directives: readonly ConfigDirective[], indent = ''): string {
  return directives
    .map((directive) => {
      const { name, args, children, includedBy } = directive;
      const by = includedBy.map((include) => ` <${placeOf(include)}`).join('');
      return `${indent}${[name, ...args].join(' ')} @${placeOf(directive)}${by}\n${drawn(children ?? [], `${indent}  `)}`;
    })
    .join('');
}

function placeOf({ source, node }: ConfigDirective): string {
  return `${bytesOf(source.name)}:${lineAt(source, node.start)}`;
}
