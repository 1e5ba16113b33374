import { type Dice, get, product, send, type Table, table, thrown } from './request.ts';

function basic(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}

const credentials = [
  `Basic ${basic('ann:secret')}`,
  `basic ${basic('ann:secret')}`,
  `BASIC ${basic('ann:secret')}`,
  `Basic  ${basic('ann:secret')}`,
  `Basic\t${basic('ann:secret')}`,
  `Basic ${basic('ann:secret')} `,
  `Basic ${basic('ann:secret').replaceAll('=', '')}`,
  `Basic ${basic('ann:secret')}=`,
  `Basic ${basic('ann:secret')}!`,
  `Basic ${basic('ann:wrong')}`,
  `Basic ${basic('ann:')}`,
  `Basic ${basic('ann')}`,
  `Basic ${basic(':secret')}`,
  `Basic ${basic(':')}`,
  `Basic ${basic('')}`,
  'Basic',
  'Basic ',
  'Basic !',
  'Basic YQ',
  'Basic Y',
  `Basic ${basic('bob:x')}`,
  `Basic ${basic('sha:password')}`,
  `Basic ${basic('sha:secret')}`,
  `Basic ${basic('col:a')}`,
  `Basic ${basic('col:a:b')}`,
  `Basic ${basic('# note:x')}`,
  `Basic ${basic('empty:')}`,
  `Basic ${basic('ann\0:secret')}`,
  `Basic ${basic('ANN:secret')}`,
  `Bearer ${basic('ann:secret')}`,
  'Digest username="ann"',
  '',
  `Basic ${'QUJD'.repeat(300)}`,
];
const addresses = [
  '10.0.0.1',
  '10.1.2.3',
  '192.168.1.1',
  '1.2.3.4',
  '2.2.2.2',
  '127.0.0.1',
  '::1',
  'fe80::1',
  '[::1]',
  '10.0.0.1:80',
  '[::1]:80',
  '10.0.0',
  '10.0.0.256',
  'x',
  '',
  'unix:',
  '010.0.0.1',
  '0xa.0.0.1',
  ' 10.0.0.1',
  '10.0.0.1, 10.0.0.2',
  '1.1.1.1, 10.0.0.2',
  '1.1.1.1,2.2.2.2,10.0.0.1',
  '1.1.1.1, x, 10.0.0.1',
  '1.1.1.1,',
  ',1.1.1.1',
  '1.1.1.1 2.2.2.2',
  '10.0.0.1, 1.1.1.1\r\nX-Forwarded-For: 10.0.0.3',
  '::ffff:10.0.0.1',
];
const referers = [
  '',
  'x',
  'http://',
  'https://',
  'http://first/',
  'http://FIRST',
  'http://first:80/x',
  'http://firstx/',
  'http://a.good.example/',
  'http://good.example/',
  'https://GOOD.example/',
  'http://good.org/x',
  'http://good./',
  'http://a.regex.b/',
  'http://www.path.example/p',
  'http://www.path.example/pq',
  'http://www.path.example/q',
  'http://www.path.example',
  'ftp://first/',
  '://first',
  'http:/first',
  `http://${'a'.repeat(260)}/`,
  'http://other/?first',
  'http://first?x',
  'http://first#x',
];
const hosts = [
  '',
  'x',
  'example.com',
  'A.Example.COM',
  'a.example.com.',
  'a.wild.org',
  'wild.org',
  'tail.x',
  'tail',
  'exact.net',
  'EXACT.NET',
  're42',
  're',
  '.example.com',
  'a..example.com',
];
const agents = ['', 'curl/8', 'CURL', 'Mozilla', 'Moz5 x', 'xMoz5', 'Exact Agent', 'exact agent', 'x a b y', 'other', '\xe9'];
const cookies = [
  'a=1',
  'a=1; b=2',
  'a=1;b=2',
  'b=2, a=1',
  'a',
  'a=',
  '=1',
  'A=1',
  'xa=1',
  'a =1',
  ' a=1',
  'a=1=2',
  'a="1;2"',
  'a=1\r\nCookie: b=2',
  'b=1; a=2; a=3',
  'a_b=1',
  ';a=1',
  'a=1 ; b=2',
  'ab=1; a=2',
  '\ta=1',
  'a=1,b=2',
  '',
];
const queries = [
  'a=1',
  'A=1',
  'a',
  'a=',
  '&a=1',
  'xa=1&a=2',
  'a=1&a=2',
  'a=1;B=2',
  'b=2',
  'B=2',
  'a=%41',
  'a=1#b',
  'a==1',
  'a=1?B=2',
  '=1',
  '&',
  'a=1&=3',
  'a=1%26B=2',
];

/** Access, variables of requests, and the modules that read them. */
export function guards(dice: Dice): Table[] {
  return [
    table(
      'credentials',
      'guard',
      product(['/auth/a.txt', '/auth/any/', '/auth/or/a.txt', '/auth/both/', '/auth/off/', '/auth/none'], credentials)
        .filter((_, index) => index < credentials.length || index % 3 === 0)
        .map(([path = '', value]) => get(path, `Authorization: ${value}`)),
    ),
    table(
      'subrequests that ask',
      'guard',
      product(['GET', 'HEAD', 'POST'], ['', '?c=401', '?c=403', '?c=500', '?c=x']).flatMap(([method = '', query]) =>
        ['/req/a.txt', '/req/none', '/req/'].map((path) =>
          send(method, path + query, method === 'POST' ? ['Content-Length: 3'] : [], method === 'POST' ? 'abc' : ''),
        ),
      ),
    ),
    table(
      'methods that are excepted',
      'guard',
      product(
        ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'XYZ'],
        ['/limit/x', '/except/a.txt', '/deny/x', '/ask', '/forbidden', '/auth/any/'],
      ).map(([method = '', path = '']) => send(method, path, [], '')),
    ),
    table('referers', 'guard', referers.map((value) => get('/ref/', `Referer: ${value}`)).concat(get('/ref/'))),
    table(
      'real addresses',
      'guard',
      product(['X-Forwarded-For', 'X-Real-IP'], addresses).flatMap(([name, value]) =>
        ['/real/a.txt', '/real/one/', '/real/x/a.txt', '/who/a.txt'].map((path) => get(path, `${name}: ${value}`)),
      ),
    ),
    table(
      'addresses',
      'guard',
      addresses.flatMap((value) => [
        get(`/?ip=${encodeURI(value).replace(/\r\n.*/, '')}`),
        get('/', `X-Forwarded-For: ${value}`),
      ]),
    ),
    table('maps', 'guard', [
      ...hosts.map((host) => get(`/?host=${host}`)),
      ...agents.map((agent) => get('/', `User-Agent: ${agent}`)),
      get('/'),
      get('/guard/map?a=1&b=2'),
      ...Array.from({ length: 60 }, (_, index) => get(`/?id=${index}`)),
    ]),
    table('cookies and arguments', 'guard', [
      ...cookies.map((value) => get('/cookie', `Cookie: ${value}`)),
      ...queries.map((query) => get(`/cookie?${query}`)),
      ...product(cookies.slice(0, 8), queries.slice(0, 8)).map(([value, query]) => get(`/cookie?${query}`, `Cookie: ${value}`)),
    ]),
    table('conditions of rewrite', 'guard', [
      ...['a.gif', 'A.JPG', '.gif', 'x\n.gif', 'a.png', 'a.gif '].map((name) => get('/if/', `X-File: ${name}`)),
      ...['a.txt', 'none', '', 'dir', '../nginx.conf', 'a%2etxt', 'sp%20ace'].map((name) => get(`/if/?f=${name}`)),
      ...['HEAD', 'POST', 'GET'].map((method) => send(method, '/if/', [], '')),
    ]),
    table(
      'types and lengths',
      'guard',
      ['text/x', '', 'a; b=c', '\xe9', 'x\r\nContent-Type: y'].flatMap((type) => [
        send('POST', '/type', [`Content-Type: ${type}`, 'Content-Length: 3'], 'abc'),
        get('/type', `Content-Type: ${type}`, 'Accept: a\r\nAccept: b'),
      ]),
    ),
    table(
      'all of it by chance',
      'guard',
      thrown(dice, 250, () =>
        get(
          `${dice.pick(['/', '/auth/a.txt', '/real/a.txt', '/ref/', '/cookie', '/if/', '/req/a.txt', '/type'])}?${dice.pick(queries)}&host=${dice.pick(hosts)}`,
          `User-Agent: ${dice.pick(agents)}`,
          `Authorization: ${dice.pick(credentials)}`,
          `X-Forwarded-For: ${dice.pick(addresses)}`,
          `Cookie: ${dice.pick(cookies)}`,
          `Referer: ${dice.pick(referers)}`,
        ),
      ),
    ),
  ];
}

/** Files, listings, filters; files that are written have a name for each conversation. */
export function contents(dice: Dice): Table[] {
  const below = [
    'list',
    'json',
    'xml',
    'gz',
    'gs',
    'gsa',
    'sub',
    'charset',
    'types',
    'trail',
    'links',
    'open',
    'off',
    'dir',
    'rand',
    'gif',
    'secure',
  ];
  const names = [
    '',
    '/',
    '/a.txt',
    '/long.txt',
    '/a.html',
    '/noext',
    '/dir',
    '/dir/',
    '/empty/',
    '/empty/x',
    '/none',
    '/none/',
    '/pre.txt',
    '/pre.txt.gz',
    '/sp%20ace/',
    '/.hidden',
    '/%2541.txt',
    '/caf%C3%A9.txt',
    '/a.txt/',
    '/a.txt/x',
    '/index.html',
    '/%00',
    '/a.txt%00',
    '/x'.repeat(150),
    `/${'n'.repeat(256)}`,
  ];
  const dav = ['PUT', 'DELETE', 'MKCOL', 'COPY', 'MOVE', 'OPTIONS', 'PROPFIND', 'LOCK', 'GET'];
  const destinations = [
    '/dav/to$',
    'http://first/dav/to$',
    'http://other/dav/to$',
    '//x',
    '',
    '/dav/to$/',
    '/elsewhere',
    'dav/to$',
    'http://first',
    '/dav/../dav/to$',
    '/dav/%2e%2e/to$',
  ];
  const depths = ['0', '1', 'infinity', 'x', ''];
  const written = thrown(dice, 250, () => {
    const method = dice.pick(dav);
    const fields = [
      ...(dice.upTo(2) ? [`Destination: ${dice.pick(destinations)}`] : []),
      ...(dice.upTo(3) ? [] : [`Depth: ${dice.pick(depths)}`]),
      ...(dice.upTo(3) ? [] : [`Overwrite: ${dice.pick(['T', 'F', 't', 'x', ''])}`]),
      ...(dice.upTo(4) ? [] : ['Content-Range: bytes 0-1/3']),
      ...(dice.upTo(4) ? [] : ['Date: Tue, 14 Nov 2023 22:13:20 GMT']),
    ];
    const body = dice.pick(['', 'abc', 'x'.repeat(50), 'x'.repeat(51)]);
    const path = dice.pick(['/dav/f$', '/dav/d$/', '/dav/f$/x', '/dav/n$/m/l', '/dav/none$', '/dav/d$']);
    const made = dice.pick([
      send('PUT', '/dav/f$', ['Content-Length: 3'], 'one'),
      send('MKCOL', '/dav/d$/', [], ''),
      send('MKCOL', '/dav/d$/', [], '') + send('PUT', '/dav/d$/e', ['Content-Length: 1'], 'e'),
      send('PUT', '/dav/to$', ['Content-Length: 2'], 'to'),
    ]);
    return (
      made +
      send(method, path, [...fields, ...(body === '' ? [] : [`Content-Length: ${body.length}`])], body) +
      get('/dav/f$') +
      get('/dav/to$')
    );
  });
  return [
    table(
      'files and filters',
      'files',
      product(below, names).flatMap(([folder, name]) => [get(`/${folder}${name}`)]),
    ),
    table(
      'files and filters by chance',
      'files',
      thrown(dice, 250, () =>
        send(
          dice.pick(['GET', 'HEAD', 'POST', 'OPTIONS']),
          `/${dice.pick(below)}${dice.pick(names)}${dice.pick(['', '?a=b'])}`,
          [
            dice.pick([
              'Accept-Encoding: gzip',
              'Range: bytes=0-1',
              'TE: trailers',
              'X: y',
              'Accept-Charset: utf-8',
              'If-Modified-Since: Tue, 14 Nov 2023 22:13:20 GMT',
            ]),
          ],
          '',
        ),
      ),
    ),
    table(
      'links with a secret',
      'files',
      [
        '?md5=x&expires=1',
        '?md5=_e4Nc3iduzkWRm01TBBNYw&expires=2147483647',
        '?md5=_e4Nc3iduzkWRm01TBBNYw&expires=1',
        '?md5=_e4Nc3iduzkWRm01TBBNYw',
        '?md5=&expires=',
        '?md5=a,b&expires=9',
        '',
        '?md5=_e4Nc3iduzkWRm01TBBNYw%3d&expires=2147483647',
      ].map((query) => get(`/secure/a.txt${query}`)),
    ),
    table(
      'files that are written',
      'files',
      written.map((bytes, index) => bytes.replaceAll('$', `-${index}`)),
    ),
  ];
}
