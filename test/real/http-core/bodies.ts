import { type Dice, get, product, send, type Table, table, thrown } from './request.ts';

const lengths = [
  '',
  '0',
  '3',
  '03',
  '+3',
  '-3',
  '3 ',
  ' 3',
  '3,3',
  '3, 3',
  '3;',
  '0x3',
  '3.0',
  'a',
  '3a',
  '"3"',
  '9223372036854775807',
  '9223372036854775808',
  '99999999999999999999',
  '1e1',
  '3 3',
  '\xb3',
];
const codings = [
  'chunked',
  'Chunked',
  'CHUNKED',
  ' chunked ',
  '\tchunked',
  'chunked\t',
  'chunked,',
  ',chunked',
  'chunked, chunked',
  'gzip, chunked',
  'chunked, gzip',
  'gzip',
  'identity',
  'identity, chunked',
  '',
  'x',
  'chunked;a=b',
  '"chunked"',
  'chunked\0',
  'chu nked',
  '\x0bchunked',
  'chunked\r\n ',
  'xchunked',
  'chunkedx',
];
const chunked = [
  '0\r\n\r\n',
  '3\r\nabc\r\n0\r\n\r\n',
  '1\r\na\r\n2\r\nbc\r\n0\r\n\r\n',
  '3\nabc\n0\n\n',
  '3\r\nabc\n0\r\n\n',
  '3\rabc\r0\r\r',
  '03\r\nabc\r\n00\r\n\r\n',
  '0000000000000003\r\nabc\r\n0\r\n\r\n',
  'a\r\n0123456789\r\n0\r\n\r\n',
  'A\r\n0123456789\r\n0\r\n\r\n',
  '3;x=y\r\nabc\r\n0\r\n\r\n',
  '3;x="y;\\"z"\r\nabc\r\n0;last\r\n\r\n',
  '3 ;x\r\nabc\r\n0\r\n\r\n',
  '3 \r\nabc\r\n0\r\n\r\n',
  '3\t\r\nabc\r\n0 \r\n\r\n',
  ' 3\r\nabc\r\n0\r\n\r\n',
  '3;x\nabc\r\n0\r\n\r\n',
  '3;\0\r\nabc\r\n0\r\n\r\n',
  '3;\xe9\r\nabc\r\n0\r\n\r\n',
  '3;\ry\r\nabc\r\n0\r\n\r\n',
  '0x3\r\nabc\r\n0\r\n\r\n',
  '+3\r\nabc\r\n0\r\n\r\n',
  '-3\r\nabc\r\n0\r\n\r\n',
  'g\r\nabc\r\n0\r\n\r\n',
  '3g\r\nabc\r\n0\r\n\r\n',
  '3\r\nabcd\r\n0\r\n\r\n',
  '3\r\nab\r\n0\r\n\r\n',
  '3\r\nabc0\r\n\r\n',
  '3\r\nabc\r\r\n0\r\n\r\n',
  '3\r\nabc\r\n\r\n0\r\n\r\n',
  '3\r\n\r\nabc\r\n0\r\n\r\n',
  '\r\n3\r\nabc\r\n0\r\n\r\n',
  '\r\n',
  '',
  '0',
  '0\r',
  '0\r\n',
  '0\r\n\r',
  '0\n\n',
  '0\r\nA: b\r\n\r\n',
  '0\r\nA: b\r\nC: d\r\n\r\n',
  '0\r\nA: b\n\n',
  '0\r\nbad\r\n\r\n',
  '0\r\n: x\r\n\r\n',
  '0\r\nContent-Length: 3\r\n\r\nabc',
  '0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  '0\r\n\0\r\n\r\n',
  '0\r\n x\r\n\r\n',
  '3\r\nabc\r\n',
  '3\r\nabc',
  '3\r\na',
  '3',
  '7fffffffffffffff\r\nabc\r\n0\r\n\r\n',
  '8000000000000000\r\nabc\r\n0\r\n\r\n',
  'ffffffffffffffff\r\nabc\r\n0\r\n\r\n',
  '10000000000000003\r\nabc\r\n0\r\n\r\n',
  'fffffffffffffffff\r\nabc\r\n',
  `${'0'.repeat(100)}3\r\nabc\r\n0\r\n\r\n`,
  `3;${'x'.repeat(300)}\r\nabc\r\n0\r\n\r\n`,
  '11\r\n01234567890123456\r\n0\r\n\r\n',
  '10\r\n0123456789012345\r\n0\r\n\r\n',
  'GET /smuggled HTTP/1.1\r\nHost: first\r\n\r\n',
  '0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: first\r\n\r\n',
  '0\r\nGET /smuggled HTTP/1.1\r\nHost: first\r\n\r\n',
  '1\r\nZ\r\nQ',
];
const te = 'Transfer-Encoding: chunked';

/** Bodies by length, by chunks, by both and by neither. */
export function bodies(dice: Dice): Table[] {
  const fields = [
    ...lengths.map((length) => `Content-Length: ${length}`),
    ...codings.map((coding) => `Transfer-Encoding: ${coding}`),
  ];
  const targets = ['/', '/files/a.txt', '/status/404', '/err/405'];
  return [
    table(
      'lengths and codings',
      'core',
      product(fields, ['abc', '0\r\n\r\n']).flatMap(([field = '', body = '']) => [
        send('POST', '/', [field], body),
        send('GET', '/files/a.txt', [field], body),
        send('POST', '/files/a.txt', [field], body),
      ]),
    ),
    table(
      'lengths beside codings',
      'core',
      product(lengths.slice(0, 12), codings.slice(0, 14)).map(([length, coding], index) =>
        send(
          index % 2 ? 'POST' : 'GET',
          '/',
          index % 3
            ? [`Content-Length: ${length}`, `Transfer-Encoding: ${coding}`]
            : [`Transfer-Encoding: ${coding}`, `Content-Length: ${length}`],
          '3\r\nabc\r\n0\r\n\r\n',
        ),
      ),
    ),
    table('two lengths, two codings', 'core', [
      ...product(lengths.slice(0, 8), lengths.slice(0, 8)).map(([one, other]) =>
        send('POST', '/', [`Content-Length: ${one}`, `Content-Length: ${other}`], 'abc'),
      ),
      ...product(codings.slice(0, 6), codings.slice(0, 6)).map(([one, other]) =>
        send('POST', '/', [`Transfer-Encoding: ${one}`, `Transfer-Encoding: ${other}`], '0\r\n\r\n'),
      ),
    ]),
    table(
      'names that look like them',
      'core',
      [
        'Content-Length :',
        'Content_Length:',
        'Content-Length\t:',
        ' Content-Length:',
        'Content-Length\0:',
        'Content--Length:',
        'CONTENT-LENGTH:',
        'Transfer-Encoding :',
        'Transfer_Encoding:',
        ' Transfer-Encoding:',
        'X: y\r\n Transfer-Encoding:',
        'X: y\rTransfer-Encoding:',
        'X: y\nTransfer-Encoding:',
        'Transfer-Encoding\r\n :',
        'TRANSFER-ENCODING:',
        'Transfer-Encoding:\r\n',
      ].flatMap((name) => [
        send('POST', '/', [`${name} chunked`], '0\r\n\r\n'),
        send('POST', '/', [`${name} 3`], 'abc'),
        send('POST', '/', ['Content-Length: 5', `${name} chunked`], '0\r\n\r\n'),
      ]),
    ),
    table(
      'chunks that are thrown away',
      'core',
      chunked.flatMap((body) => [
        send('POST', '/', [te], body),
        send('POST', '/files/a.txt', [te], body),
        send('GET', '/files/a.txt', [te], body),
      ]),
    ),
    table(
      'chunks that are too much',
      'small',
      chunked.flatMap((body) => [send('POST', '/', [te], body), send('POST', '/a.txt', [te], body)]),
    ),
    table(
      'chunks that are kept',
      'pass',
      chunked.flatMap((body) => ['/', '/echo', '/raw/', '/old/'].map((path) => send('POST', path, [te], body))),
    ),
    table(
      'chunks of files that are written',
      'files',
      chunked.map((body, index) => send('PUT', `/dav/chunked${index}`, [te], body) + get(`/dav/chunked${index}`)),
    ),
    table(
      'lengths that are passed on',
      'pass',
      product(fields, ['/', '/raw/', '/old/', '/nobody', '/nofields', '/echo']).map(([field = '', path = '']) =>
        send('POST', path, [field], 'abc'),
      ),
    ),
    table(
      'bodies by chance',
      'core',
      thrown(dice, 300, () =>
        send(
          dice.pick(['GET', 'POST', 'PUT', 'HEAD', 'DELETE']),
          dice.pick(targets),
          [dice.pick(fields), ...(dice.upTo(3) ? [] : [dice.pick(fields)])],
          dice.pick(['abc', ...chunked]),
        ),
      ),
    ),
    table(
      'bodies at their limits',
      'small',
      [0, 1, 7, 8, 9, 15, 16, 17, 18, 100, 2000].flatMap((size) =>
        ['/', '/a.txt'].flatMap((path) => [
          send('POST', path, [`Content-Length: ${size}`], 'x'.repeat(size)),
          send('GET', path, [`Content-Length: ${size}`], 'x'.repeat(size)),
          send('POST', path, [`Content-Length: ${size}`], ''),
          send('POST', path, [te], `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`),
          send('POST', path, [`Content-Length: ${size}`, 'Expect: 100-continue'], 'x'.repeat(size)),
        ]),
      ),
    ),
  ];
}

/** Lines and heads at each limit, one byte less, one more. */
export function sizes(): Table[] {
  const near = (limit: number) => [-3, -2, -1, 0, 1, 2, 3].map((more) => limit + more);
  const line = (length: number) =>
    `GET /${'a'.repeat(Math.max(0, length - 'GET / HTTP/1.1\r\n'.length))} HTTP/1.1\r\nHost: h\r\n\r\n`;
  const field = (length: number) =>
    `GET / HTTP/1.1\r\nHost: h\r\nX: ${'b'.repeat(Math.max(0, length - 'X: \r\n'.length))}\r\n\r\n`;
  const first = (length: number) =>
    `GET / HTTP/1.1\r\nX: ${'b'.repeat(Math.max(0, length - 'GET / HTTP/1.1\r\nX: \r\n'.length))}\r\nHost: h\r\n\r\n`;
  const head = (length: number) =>
    `GET / HTTP/1.1\r\nHost: h\r\nX: ${'b'.repeat(60)}\r\nY: ${'c'.repeat(Math.max(0, length - 96))}\r\n\r\n`;
  const some = (count: number, length: number) =>
    `GET / HTTP/1.1\r\nHost: h\r\n${`X: ${'b'.repeat(length)}\r\n`.repeat(count)}\r\n`;
  const name = (length: number) => `GET / HTTP/1.1\r\nHost: h\r\n${'N'.repeat(length)}: v\r\n\r\n`;
  const chances = (at: readonly number[]) =>
    at.flatMap((length) => [
      line(length),
      field(length),
      first(length),
      head(length),
      name(length),
      line(length).replace(' HTTP/1.1', ''),
      `GET /?${'q'.repeat(length)} HTTP/1.1\r\nHost: h\r\n\r\n`,
      `${'M'.repeat(length)} / HTTP/1.1\r\nHost: h\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: ${'h'.repeat(length)}\r\n\r\n`,
      `GET http://${'h'.repeat(length)}/ HTTP/1.1\r\nHost: h\r\n\r\n`,
    ]);
  const small = [...near(64), ...near(128), ...near(256), ...near(384), ...near(512), ...near(640), ...near(768)];
  return [
    table('sizes', 'small', chances(small)),
    table(
      'sizes of what comes in full buffers',
      'small',
      product(
        ['1', '2', '3', '4', '5', '6'],
        ['60', '100', '120', '125', '200', '240', '248', '249', '250', '251', '252', '253'],
      ).map(([count, length]) => some(Number(count), Number(length))),
    ),
    table('sizes, where the first buffer is large', 'core', chances([...near(900), ...near(1024), ...near(2048)])),
    table(
      'sizes of the second request',
      'small',
      small
        .filter((_, index) => index % 2 === 0)
        .flatMap((length) => [line(100) + line(length), line(length) + field(length), field(200) + field(length)]),
    ),
    table(
      'sizes without an end',
      'small',
      small
        .filter((_, index) => index % 3 === 0)
        .flatMap((length) => [line(length).slice(0, length - 4), field(length).slice(0, -4)]),
    ),
  ];
}
