import { type Dice, etagOf, get, product, send, type Table, table, thrown } from './request.ts';

const dates = [
  'Tue, 14 Nov 2023 22:13:20 GMT',
  'Tue, 14 Nov 2023 22:13:19 GMT',
  'Tue, 14 Nov 2023 22:13:21 GMT',
  'Tuesday, 14-Nov-23 22:13:20 GMT',
  'Tuesday, 14-Nov-23 22:13:21 GMT',
  'Tue Nov 14 22:13:20 2023',
  'Tue Nov 14 22:13:21 2023',
  'Tue Nov  1 22:13:20 2033',
  'Wed, 14 Nov 2023 22:13:20 GMT',
  'Tue, 14 Nov 2023 22:13:20',
  'Tue, 14 Nov 2023 22:13:20 UTC',
  'Tue, 14 nov 2023 22:13:20 GMT',
  '14 Nov 2023 22:13:20 GMT',
  'Tue, 31 Nov 2023 22:13:20 GMT',
  'Thu, 29 Feb 2024 00:00:00 GMT',
  'Thu, 29 Feb 2023 00:00:00 GMT',
  'Tue, 14 Nov 2023 24:13:20 GMT',
  'Tue, 14 Nov 2023 22:60:20 GMT',
  'Tue, 14 Nov 2023 22:13:60 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Thu, 01 Jan 1970 00:00:01 GMT',
  'Wed, 31 Dec 1969 23:59:59 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  'Fri, 31 Dec 10000 23:59:59 GMT',
  'Tuesday, 14-Nov-70 22:13:20 GMT',
  'Tuesday, 14-Nov-69 22:13:20 GMT',
  'Tue, 14 Nov 0023 22:13:20 GMT',
  '  Tue, 14 Nov 2023 22:13:20 GMT',
  'Tue,14 Nov 2023 22:13:20 GMT',
  'Tue, 14 Nov 2023  22:13:20 GMT',
  '1700000000',
  'x',
  '',
  '0',
  'Tue, 14 Nov 2023 22:13:20 GMT; length=6',
  'Tue, 1 Nov 2033 22:13:20 GMT',
];
const tag = etagOf('hello\n');
const tags = [
  tag,
  `W/${tag}`,
  `w/${tag}`,
  `"x", ${tag}`,
  `${tag}, "x"`,
  `"x",${tag},"y"`,
  `"x" ${tag}`,
  '*',
  '"*"',
  '* ',
  '"x"',
  '"x',
  'x',
  tag.slice(1, -1),
  tag.slice(0, -1),
  `${tag}x`,
  `x${tag}`,
  '',
  '""',
  ',',
  `,${tag}`,
  `${tag},`,
  `W/ ${tag}`,
  `"x", W/${tag}`,
  `\t${tag}`,
  tag.toUpperCase(),
];
const conditions = ['If-None-Match', 'If-Match', 'If-Range'];
const dated = ['If-Modified-Since', 'If-Unmodified-Since', 'If-Range'];
const places = ['/exact/a.txt', '/before/a.txt', '/off/a.txt', '/gs/a.txt', '/gz/a.txt'];

/** Requests with conditions, alone and together. */
export function conditionals(dice: Dice): Table[] {
  const one = () =>
    dice.upTo(2) === 0 ? `${dice.pick(conditions)}: ${dice.pick(tags)}` : `${dice.pick(dated)}: ${dice.pick(dates)}`;
  return [
    table(
      'entity tags',
      'files',
      product(['If-None-Match', 'If-Match'], tags).map(([name, value]) => get('/exact/a.txt', `${name}: ${value}`)),
    ),
    table(
      'dates',
      'files',
      product(places.slice(0, 3), ['If-Modified-Since', 'If-Unmodified-Since'], dates).map(([place = '', name, value]) =>
        get(place, `${name}: ${value}`),
      ),
    ),
    table(
      'conditions of ranges',
      'files',
      [...tags, ...dates].flatMap((value) =>
        places.slice(1, 3).map((place) => get(place, 'Range: bytes=1-2', `If-Range: ${value}`)),
      ),
    ),
    table(
      'conditions by chance',
      'files',
      thrown(dice, 250, () =>
        send(
          dice.pick(['GET', 'GET', 'HEAD', 'POST']),
          dice.pick(places),
          [one(), one(), ...(dice.upTo(3) ? [] : ['Range: bytes=0-2'])],
          '',
        ),
      ),
    ),
  ];
}

const specs = [
  '0-0',
  '0-',
  '1-',
  '5-',
  '6-',
  '7-',
  '-1',
  '-5',
  '-6',
  '-7',
  '-0',
  '0-5',
  '0-6',
  '2-1',
  '5-5',
  '6-6',
  '0-0,1-1',
  '0-0, 5-',
  '0-0 , 1-1',
  '0-3,2-5',
  '0-0,-1',
  '-1,0-0',
  '0-0,9-',
  '9-,0-0',
  '9-10,11-',
  '0-0,1-0',
  '0-0,',
  ',0-0',
  '',
  '-',
  'a-b',
  '0-a',
  'a',
  '0',
  '1 - 2',
  ' 1-2',
  '1-2 ',
  '0x0-1',
  '+0-1',
  '0--1',
  '00-01',
  '9223372036854775807-',
  '9223372036854775808-',
  '0-9223372036854775807',
  '0-9223372036854775808',
  '-9223372036854775807',
  '-9223372036854775808',
  '0-99999999999999999999',
  '0-0,0-0,0-0',
  '0-,0-',
  '0-1,0-1,0-1,0-1,0-1,0-1',
];

/** The grammar of ranges. */
export function ranges(dice: Dice): Table[] {
  const whole = ['bytes=', 'Bytes=', 'BYTES=', 'bytes =', 'bytes:', 'byte=', '', ' bytes='];
  return [
    table(
      'ranges',
      'files',
      product(['/exact/a.txt', '/one/a.txt', '/none/a.txt', '/exact/empty/x'], specs).map(([place = '', spec]) =>
        get(place, `Range: bytes=${spec}`),
      ),
    ),
    table(
      'units of ranges',
      'files',
      product(whole, specs.slice(0, 8)).map((parts) => get('/exact/a.txt', `Range: ${parts.join('')}`)),
    ),
    table(
      'ranges by chance',
      'files',
      thrown(dice, 150, () =>
        send(
          dice.pick(['GET', 'HEAD', 'POST']),
          dice.pick([
            '/exact/a.txt',
            '/list/long.txt',
            '/trail/a.txt',
            '/gs/a.txt',
            '/sub/a.txt',
            '/charset/a.txt',
            '/none.txt',
            '/dir/',
            '/gif',
          ]),
          [`Range: bytes=${dice.pick(specs)},${dice.pick(specs)}`, ...(dice.upTo(3) ? [] : ['Accept-Encoding: gzip'])],
          '',
        ),
      ),
    ),
    table(
      'ranges and limits on their number',
      'small',
      product(['/a.txt', '/static/b.txt'], specs).map(([place = '', spec]) => get(place, `Range: bytes=${spec}`)),
    ),
    table(
      'ranges of HTTP/1.0',
      'files',
      specs.slice(0, 20).map((spec) => `GET /exact/a.txt HTTP/1.0\r\nRange: bytes=${spec}\r\n\r\n`),
    ),
  ];
}

const codings = [
  'gzip',
  'GZIP',
  'x-gzip',
  'gzip;q=1',
  'gzip;q=0',
  'gzip;q=0.0',
  'gzip;q=0.000',
  'gzip;q=0.001',
  'gzip;q=0.1',
  'gzip;q=1.0',
  'gzip;q=1.000',
  'gzip;q=1.001',
  'gzip;q=1.1',
  'gzip;q=2',
  'gzip;q=',
  'gzip;q',
  'gzip;',
  'gzip ;q=1',
  'gzip; q=1',
  'gzip;q =1',
  'gzip;q= 1',
  'gzip;Q=1',
  'gzip;Q=0',
  'gzip;q=a',
  'gzip;q=0.',
  'gzip;q=.5',
  'gzip;q=0.0000',
  'gzip;q=0.9999',
  'gzip;x=1',
  'gzip;q=0;x',
  'gzip;q=0,deflate',
  'deflate, gzip',
  'deflate,gzip;q=0.5',
  'deflate',
  'br, gzip',
  'xgzip',
  'gzipx',
  'gzip,gzip;q=0',
  'gzip;q=0,gzip',
  '*',
  '*;q=0',
  'identity',
  'identity;q=0',
  '',
  ' ',
  ' gzip',
  ',gzip',
  'gzip,',
  'a gzip',
  '"gzip"',
  'gzip\t',
  'identity gzip;q=0',
];

/** Who gets packed answers. */
export function encodings(dice: Dice): Table[] {
  const from = ['/gz/long.html', '/gz/a.txt', '/gz/long.txt', '/gs/pre.txt', '/gsa/pre.txt', '/gz0/long.txt'];
  const agents = [
    'Mozilla/4.0 (compatible; MSIE 6.0)',
    'Mozilla/4.0 (compatible; MSIE 6.0; SV1)',
    'Mozilla/4.0 (compatible; MSIE 4.0)',
    'x',
  ];
  return [
    table(
      'encodings',
      'files',
      product([from[0] ?? '', from[3] ?? '', from[4] ?? ''], codings).map(([place = '', coding]) =>
        get(place, `Accept-Encoding: ${coding}`),
      ),
    ),
    table(
      'encodings by chance',
      'files',
      thrown(
        dice,
        200,
        () =>
          `${dice.pick(['GET', 'GET', 'HEAD', 'POST'])} ${dice.pick(from)} ${dice.pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0'])}\r\nHost: first\r\nAccept-Encoding: ${dice.pick(codings)}\r\n${dice.pick(['', 'Via: 1.1 x\r\n', `User-Agent: ${dice.pick(agents)}\r\n`, 'Range: bytes=0-3\r\n', `If-None-Match: ${tag}\r\n`, 'Accept-Encoding: gzip\r\n'])}\r\n`,
      ),
    ),
  ];
}
