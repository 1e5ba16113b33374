import { type Dice, get, product, send, type Table, table, thrown } from './request.ts';

const tokens = [
  '',
  'close',
  'Close',
  'CLOSE',
  'keep-alive',
  'Keep-Alive',
  'keep-alive, close',
  'close, keep-alive',
  'closed',
  'xclose',
  'close;',
  'x',
  'upgrade',
  'keep-alive, Upgrade',
  'TE, close',
  'close\t',
  'Keep-Alive\r\nConnection: close',
  'close\r\nConnection: keep-alive',
];
const agents = [
  '',
  'User-Agent: Mozilla/4.0 (compatible; MSIE 6.0)',
  'User-Agent: Mozilla/5.0 (Macintosh; U; Mac OS X) AppleWebKit/125.2 (KHTML, like Gecko) Safari/125.8',
  'Keep-Alive: timeout=5',
  'Proxy-Connection: close',
];
const expects = [
  '100-continue',
  '100-Continue',
  '100-CONTINUE',
  '100-continue ',
  '100-continue, x',
  '100',
  '200-ok',
  '',
  'x',
  '100-continue;a',
];
const upgrades = ['h2c', 'websocket', 'WebSocket', 'TLS/1.0', 'h2c, websocket', ''];

function lines(...all: readonly string[]): string {
  return all
    .filter((line) => line !== '')
    .map((line) => `${line}\r\n`)
    .join('');
}

/** Whether a connection is kept, interim answers, upgrades. */
export function connections(dice: Dice): Table[] {
  const start = (method: string, path: string, version: string, ...fields: readonly string[]) =>
    `${method} ${path} ${version}\r\n${lines('Host: first', ...fields)}\r\n`;
  const paths = [
    '/',
    '/files/a.txt',
    '/status/404',
    '/status/204',
    '/status/304',
    '/status/444',
    '/status/500',
    '/move',
    '/kat',
    '/nokeep',
    '/err/410',
    '/status/201',
  ];
  return [
    table(
      'kept or closed',
      'core',
      product(['GET', 'POST'], ['HTTP/1.1', 'HTTP/1.0'], tokens).flatMap(([method = '', version = '', token = '']) =>
        paths
          .slice(0, 3)
          .map((path) =>
            start(method, path, version, token && `Connection: ${token}`, method === 'POST' ? 'Content-Length: 0' : ''),
          ),
      ),
    ),
    table(
      'kept or closed, by the answer',
      'core',
      product(['GET', 'HEAD', 'POST'], ['HTTP/1.1', 'HTTP/1.0'], paths).flatMap(([method = '', version = '', path = '']) =>
        ['', 'Connection: keep-alive', 'Connection: close'].map((token) => start(method, path, version, token)),
      ),
    ),
    table(
      'kept or closed, by the client',
      'core',
      product(['GET', 'POST'], agents, ['HTTP/1.1', 'HTTP/1.0']).map(([method = '', agent = '', version = '']) =>
        start(method, '/', version, agent, 'Connection: keep-alive'),
      ),
    ),
    table(
      'expectations',
      'core',
      product(expects, ['GET', 'POST', 'PUT'], ['HTTP/1.1', 'HTTP/1.0']).flatMap(([value, method = '', version = '']) =>
        ['Content-Length: 3', 'Transfer-Encoding: chunked', 'Content-Length: 101', ''].map(
          (length) => `${start(method, '/files/a.txt', version, `Expect: ${value}`, length)}${length.includes('3') ? 'abc' : ''}`,
        ),
      ),
    ),
    table(
      'expectations of what is read',
      'pass',
      product(expects.slice(0, 6), ['/', '/raw/', '/echo', '/status404']).map(([value, path = '']) =>
        send('POST', path, ['Content-Length: 3', `Expect: ${value}`], 'abc'),
      ),
    ),
    table(
      'upgrades',
      'core',
      product(upgrades, ['Upgrade', 'upgrade, HTTP2-Settings', 'keep-alive', 'close']).flatMap(([value, token]) => [
        get('/', `Connection: ${token}`, `Upgrade: ${value}`, 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'),
        get('/files/a.txt', `Upgrade: ${value}`, `Connection: ${token}`),
      ]),
    ),
    table(
      'hop by hop, through a proxy',
      'pass',
      product(
        [...tokens, 'X', 'Content-Length'],
        ['TE: trailers', 'Upgrade: x', 'Keep-Alive: 5', 'Proxy-Authorization: a', 'X-Forwarded-For: 1.2.3.4', 'X: y'],
      ).map(([token, field = '']) => get('/', `Connection: ${token}`, field)),
    ),
    table(
      'only three to a connection',
      'small',
      [1, 2, 3, 4].map((count) => get('/x').repeat(count)),
    ),
    table(
      'one behind the other',
      'core',
      thrown(dice, 250, () =>
        Array.from({ length: 2 + dice.upTo(4) }, () => any(dice)).join(dice.pick(['', '', '', '\r\n', '\n', ' ', 'x'])),
      ),
    ),
    table(
      'one behind the other, through a proxy',
      'pass',
      thrown(dice, 60, () =>
        Array.from({ length: 2 + dice.upTo(3) }, () =>
          dice.pick([
            get('/x'),
            get('/uri/y'),
            get('/catch'),
            send('POST', '/echo', ['Content-Length: 3'], 'abc'),
            send('POST', '/raw/', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n0\r\n\r\n'),
          ]),
        ).join(''),
      ),
    ),
  ];
}

const sound = [
  get('/'),
  get('/files/a.txt'),
  get('/files/a.txt', 'Range: bytes=1-2'),
  get('/status/404'),
  get('/move'),
  get('/re/word/12'),
  get('/err/405'),
  get('/try/none?n=1'),
  get('/add/lm/a.txt'),
  'HEAD /files/a.txt HTTP/1.1\r\nHost: first\r\n\r\n',
  'GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n',
  'GET http://second/x HTTP/1.1\r\nHost: first\r\n\r\n',
  send('POST', '/', ['Content-Length: 5'], 'hello'),
  send('POST', '/files/a.txt', ['Content-Length: 5'], 'hello'),
  send('POST', '/', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n0\r\n\r\n'),
  send('PUT', '/x', ['Transfer-Encoding: chunked', 'Expect: 100-continue'], '3;a=b\r\nabc\r\n0\r\nT: r\r\n\r\n'),
];
const poor = [
  send('POST', '/files/a.txt', ['Content-Length: 101'], 'x'.repeat(101)),
  get('/nokeep'),
  'GET /x\r\n',
  'get / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  '\r\n',
];

function any(dice: Dice): string {
  return dice.upTo(8) === 0 ? dice.pick(poor) : dice.pick(sound);
}

const specks = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  ' ',
  '\t',
  ':',
  '/',
  '%',
  '?',
  '#',
  '\x7f',
  '\x80',
  '\xff',
  '.',
  '..',
  '\x01',
  '\r\n\r\n',
  'HTTP/1.1',
  ',',
  ';',
  '"',
  '\\',
  '*',
  'GET / HTTP/1.1\r\n',
  '0\r\n',
  'Host: x\r\n',
];

/** Sound requests with a byte more, one less, or two swapped. */
export function damaged(dice: Dice): Table[] {
  const damage = (text: string): string => {
    const at = dice.upTo(text.length);
    switch (dice.upTo(5)) {
      case 0:
        return text.slice(0, at) + text.slice(at + 1);
      case 1:
        return text.slice(0, at) + dice.pick(specks) + text.slice(at + 1);
      case 2:
        return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2);
      case 3:
        return text.slice(0, at) + text.slice(at, at + 8) + text.slice(at);
      default:
        return text.slice(0, at) + dice.pick(specks) + text.slice(at);
    }
  };
  return [
    table(
      'damaged once',
      'core',
      thrown(dice, 900, () => damage(dice.pick(sound))),
    ),
    table(
      'damaged often',
      'core',
      thrown(dice, 300, () => damage(damage(damage(dice.pick(sound))))),
    ),
    table(
      'damaged where limits are narrow',
      'small',
      thrown(dice, 200, () => damage(dice.pick(sound))),
    ),
    table(
      'damaged on the way through a proxy',
      'pass',
      thrown(dice, 200, () => damage(dice.pick(sound))),
    ),
    table(
      'cut',
      'core',
      sound
        .flatMap((text) => [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.97].map((share) => text.slice(0, Math.floor(text.length * share))))
        .filter((text) => text !== ''),
    ),
  ];
}
