import { describe, expect, test } from 'vitest';
import { sourceText } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { buildModel } from '../../src/model/build.ts';
import type { Atom, Expansion } from '../../src/model/flow/atom.ts';
import { flowOf } from '../../src/model/flow/flow.ts';
import { scopesWithin } from '../../src/model/scope.ts';
import { contentOf } from '../../src/model/variable-contents.ts';

/** What the arguments after the first of every `add_header` in a configuration can be, and every `return`'s last. */
function read(text: string): readonly string[] {
  const source = sourceText('nginx.conf', `http { ${text} }`);
  const { value } = loadConfig({ source, loader: textsLoader({}), prefix: '' });
  const model = buildModel(value);
  const uses = [...scopesWithin(model.root)].flatMap((scope) => scope.uses);
  const asked = uses.filter(({ directive: { name } }) => name === 'add_header' || name === 'return');
  return asked.map((use) => say(flowOf(model).expand(use.directive.args[1] ?? '', { scope: use.scope, before: use })));
}

function say(found: readonly Expansion[] | null): string {
  return found?.map(({ atoms }) => atoms.map(sayAtom).join('')).join(' | ') ?? 'too many';
}

function sayAtom(atom: Atom): string {
  if (atom.kind === 'text') return atom.text;
  const { variable, origin, capture, always } = atom;
  const of = capture ? ` ${capture.group} of ${capture.language.pattern}` : '';
  const like = always.filter(({ pattern }) => pattern !== '^/').map(({ pattern }) => ` like ${pattern}`);
  return `<${origin} ${variable}${of}${like.join('')}>`;
}

describe('variables', () => {
  test.each<[what: string, text: string, ...found: string[]]>([
    ['nginx', 'add_header A $uri$host-$pid;', '<client uri><client host>-<server pid>'],
    ['arguments', 'add_header A ${ARG_x}$http_a$cookie_b;', '<client arg_x><client http_a><client cookie_b>'],
    ['back ends', 'add_header A $upstream_http_x;', '<back end upstream_http_x>'],
    ['nobody', 'add_header A $nobody;', '<unknown nobody>'],
    ['set', 'server { set $a x$arg_b; location / { add_header A "$a!"; } }', 'x<client arg_b>!'],
    ['the last set', 'server { set $a 1; set $a "2$a"; location / { add_header A $a; } }', '21'],
    [
      'set in the location',
      'server { set $a 1; location / { set $a 2; add_header A $a; } location /b { add_header A $a; } }',
      '2',
      '1',
    ],
    ['not in a location inside', 'server { set $a 1; location / { set $a 2; location /b { add_header A $a; } } }', '1'],
    ['set behind', 'server { set $a 1; return 200 $a; set $a 2; }', '1'],
    ['set sometimes', 'server { set $a 1; if ($arg_x) { set $a 2; } add_header A $a; }', '2 | 1'],
    ['set and gone', 'server { set $a 1; if ($arg_x) { set $a 2; return 200 $a; } add_header A $a; }', '1', '2'],
    ['set in itself', 'server { if ($arg_x) { set $a 2; return 200 $a; } set $a 1; }', '2'],
    ['set elsewhere', 'server { location /a { set $b 1; } location /c { set $b 2; } location @d { add_header A $b; } }', '1 | 2'],
    ['another server', 'server { set $b 1; } server { add_header A $b; }', '<unknown b>'],
    ['set by a script', 'server { set $a ""; access_by_lua_file x; location / { add_header A $a; } }', ' | <unknown a>'],
    ['arguments replaced', 'server { if ($http_x) { set $args ""; } add_header A $args; }', ' | <client args>'],
    ['a loop', 'server { set $a $b; set $b $a; add_header A $b; }', '<unknown a>'],
  ])('%s', (_, text, ...found) => {
    expect(read(text)).toEqual(found);
  });
});

describe('captures', () => {
  test.each<[what: string, text: string, ...found: string[]]>([
    [
      'location',
      'server { location ~ ^/(a|b)/(?<n>.*) { add_header A $1$n; } }',
      '<client uri 1 of ^/(a|b)/(?<n>.*)><client uri 2 of ^/(a|b)/(?<n>.*)>',
    ],
    ['no such group', 'server { location ~ ^/(.*) { add_header A "$2"; } }', ''],
    ['none at all', 'server { location / { add_header A "$1"; } }', ''],
    ['server_name', 'server { server_name ~^(?<sub>.+)\\.x$; add_header A $sub; }', '<client host 1 of ^(?<sub>.+)\\.x$>'],
    ['if', 'server { location / { if ($arg_a ~ ^(b)) { return 200 $1; } } }', '<client arg_a 1 of ^(b)>'],
    ['not if not', 'server { location ~ (x) { if ($arg_a !~ ^(b)) { return 200 $1; } } }', ''],
    [
      'behind not',
      'server { location / { if ($arg_a !~ ^(b)) { return 403; } return 200 $1; } }',
      '<client arg_a 1 of ^(b)>',
      '',
    ],
    ['a rewrite that goes on', 'server { location ~ ^/(x) { rewrite ^/(y) /z; return 200 $1; } }', '<client uri 1 of ^/(y)> | '],
    ['a rewrite that leaves', 'server { location ~ ^/(x) { rewrite ^/(y) /z last; return 200 $1; } }', ''],
    ['through set', 'server { location ~ ^/(x) { set $a $1; add_header A $a; } }', '<client uri 1 of ^/(x)>'],
    [
      'around',
      'server { location ~ ^/(x) { location ~ y { add_header A "$1"; } location /z { add_header A $1; } } }',
      '',
      '<client uri 1 of ^/(x)>',
    ],
    ['not understood', 'server { location ~ ^/(x++) { add_header A $1; } }', '<client uri>'],
  ])('%s', (_, text, ...found) => {
    expect(read(text)).toEqual(found);
  });
});

describe('blocks', () => {
  test.each<[what: string, text: string, ...found: string[]]>([
    ['map', 'map $uri $m { /a 1; default 2; } add_header A $m;', '1 | 2'],
    ['map without default', 'map $uri $m { /a 1; } add_header A $m;', '1 | '],
    ['map to a variable', 'map $arg_x $m { a $http_y; default ""; } add_header A $m;', ' | <client http_y>'],
    [
      'map with groups',
      'map $arg_x $m { "~^(?<t>\\w+)-(.)$" $t$2; } add_header A $m;',
      ' | <client arg_x 1 of ^(?<t>\\w+)-(.)$><client arg_x 2 of ^(?<t>\\w+)-(.)$>',
    ],
    [
      'map to what it looked at',
      'map $http_origin $m { ~^https://a\\.b$ $http_origin; } add_header A $m;',
      ' | <client http_origin like ^https://a\\.b$>',
    ],
    [
      'map from the same text',
      'map $http_origin $m { https://a.b $http_origin; } add_header A $m;',
      ' | <client http_origin like ^https\\:\\/\\/a\\.b\\z>',
    ],
    ['map with lines not read', 'map $uri $m { include x; } add_header A $m;', '<unknown m>'],
    [
      'a long map',
      `map $uri $m { ${Array.from({ length: 70 }, (_, index) => `/${index} v${index};`).join(' ')} } add_header A $m;`,
      '<server m>',
    ],
    ['geo does not read variables', 'geo $g { default $uri; } add_header A $g;', '$uri'],
    ['geo', 'geo $g { default a; 10.0.0.0/8 b; } add_header A $g;', 'a | b'],
    ['split_clients', 'split_clients $remote_addr $s { 50% a; * b; } add_header A $s;', 'a | b'],
    [
      'auth_request_set',
      'server { auth_request_set $u $upstream_http_x_user; add_header A $u; }',
      '<back end upstream_http_x_user>',
    ],
    ['set over map', 'map $uri $m { default 1; } server { set $m 2; add_header A $m; }', '2'],
    ['too many', 'map $uri $m { 1 1; 2 2; 3 3; 4 4; 5 5; 6 6; 7 7; 8 8; } add_header A $m$m$m;', 'too many'],
  ])('%s', (_, text, ...found) => {
    expect(read(text)).toEqual(found);
  });
});

describe('conditions', () => {
  test.each<[what: string, text: string, ...found: string[]]>([
    [
      'inside',
      'server { location / { if ($http_o ~ ^x$) { add_header A $http_o; } add_header A $http_o; } }',
      '<client http_o>',
      '<client http_o like ^x$>',
    ],
    ['equal', 'server { location / { if ($http_o = x) { add_header A $http_o; } } }', 'x'],
    ['behind', 'server { if ($arg_u !~ ^/a) { return 403; } location / { return 302 $arg_u; } }', '', '<client arg_u like ^/a>'],
    ['before', 'server { location / { return 302 $arg_u; if ($arg_u !~ ^/a) { return 403; } } }', '<client arg_u>', ''],
    ['that let go', 'server { if ($arg_u !~ ^/a) { set $x 1; } return 302 $arg_u; }', '<client arg_u>'],
  ])('%s', (_, text, ...found) => {
    expect(read(text)).toEqual(found);
  });
});

test('many definitions are read in linear time', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => index);
  const maps = many(5000).map((index) => `map $uri $m${index} { default ${index}; }`);
  const locations = many(5000).map((index) => `location /${index} { set $a $m${index}; add_header A $a; }`);
  const rewrites = many(5000).map(
    (index) => `rewrite ^/old${index}/(.*)$ /new/$1; if ($uri !~ ^/x${index}) { return 403 $uri; }`,
  );
  const found = read(`${maps.join('\n')} server { ${locations.join('\n')} ${rewrites.join('\n')} }`);
  expect(found).toHaveLength(10_000);
  expect(found[4321]).toBe('4321');
});

test('what a request cannot hold', () => {
  const holds = (name: string, byte: string) => contentOf(name).bytes[byte.charCodeAt(0)] === 1;
  expect(['uri', 'document_uri', 'remote_user', 'request_body'].filter((name) => !holds(name, '\n'))).toEqual([]);
  expect(
    ['request_uri', 'args', 'arg_x', 'http_x', 'host', 'cookie_x', 'http_host', 'request_method'].filter((name) =>
      holds(name, '\n'),
    ),
  ).toEqual([]);
  expect(['host', 'http_host'].filter((name) => holds(name, '/'))).toEqual([]);
});
