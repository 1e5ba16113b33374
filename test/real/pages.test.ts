import { afterAll, expect, test } from 'vitest';
import { absent, type Exchange } from '../support/exchange.ts';
import { filesIn } from '../support/files.ts';
import { type Example, readPage } from '../support/page.ts';
import { describeWith } from '../support/real.ts';
import { freePorts, installedNginx, type RealNginx, startRealNginx } from '../support/real-nginx.ts';

/*
 * The `http` blocks of the pages on the nginx that is installed: what a page claims is true of the real one. Left out are
 * examples that need what only nginxrun has: stand-ins for backends, modules that Debian does not have, other releases.
 */

const frames: Readonly<Record<string, (text: string) => string>> = {
  http: (text) => text,
  server: (text) => `server {\n${/^\s*listen\b/m.test(text) ? '' : 'listen 80;\n'}${text}\n}`,
  location: (text) => `server {\nlisten 80;\nlocation / {\n${text}\n}\n}`,
};

const pages = [...filesIn('src/modules', 'README.md'), ...filesIn('src/lint/rules', '.md')].map(readPage);
const running: RealNginx[] = [];
afterAll(async () => {
  for (const nginx of running) await nginx.stop();
});

describeWith('nginx', 'pages on nginx', () => {
  const version = installedNginx() ?? '';
  for (const { file, examples } of pages) {
    for (const example of examples.filter((one) => canRun(one, version))) {
      test(`${file}:${example.line}`, async () => {
        const started = await start(example);
        for (const exchange of example.exchanges.filter((one) => holdsFor(one, version))) await check(started, exchange, file);
      });
    }
  }
});

function canRun({ exchanges, options, text }: Example, version: string): boolean {
  const isHere = options.version === undefined || sameDefaults(options.version) === sameDefaults(version);
  const onlyOurs =
    /\bcheck\b|\bperl\b/.test(text) ||
    [...text.matchAll(/(?:server|_pass (?:\w+:\/\/)?)\s+(\w[\w.]*)/g)].some(
      ([, host]) => host !== undefined && !/^127\./.test(host) && !definesUpstream(text, host),
    );
  return exchanges.length > 0 && frames[options.in ?? ''] !== undefined && isHere && !onlyOurs;
}

function definesUpstream(text: string, name: string): boolean {
  return new RegExp(`upstream\\s+${name}\\b`).test(text);
}

/** Releases since 1.29.7 keep connections to backends by default; no page depends on any other difference. */
function sameDefaults(version: string): boolean {
  const [, minor = 0, patch = 99] = version.split('.').map(Number);
  return minor < 29 || (minor === 29 && patch < 7);
}

/** A note `DIFFERS nginx<1.25: …` says for which releases an exchange does not hold. */
function holdsFor({ notes }: Exchange, version: string): boolean {
  return !notes.some((note) => {
    const [, major, minor] = /^DIFFERS nginx<(\d+)\.(\d+)/.exec(note) ?? [];
    return minor !== undefined && major !== undefined && Number(version.split('.')[1]) < Number(minor);
  });
}

interface Started {
  readonly nginx: RealNginx;
  /** Puts the ports of the example back into an answer. */
  restore(answer: string): string;
}

/** Starts nginx with every port of the example replaced by a free one, and its files in a directory of their own. */
async function start({ text, options, files }: Example): Promise<Started> {
  const framed = frames[options.in ?? '']?.(text) ?? text;
  const [first = '80', ...rest] = [
    ...new Set([...framed.matchAll(/listen\s+(?:127\.0\.0\.1:)?(\d+)/g)].map(([, port]) => port ?? '')),
  ];
  const free = await freePorts(rest.length);
  let moved = framed.replace(new RegExp(`listen\\s+(?:127\\.0\\.0\\.1:)?${first}\\b`, 'g'), 'listen PORT');
  for (const [index, port] of rest.entries()) {
    moved = moved
      .replace(new RegExp(`listen\\s+(?:127\\.0\\.0\\.1:)?${port}\\b`, 'g'), `listen 127.0.0.1:${free[index]}`)
      .replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${free[index]}`);
  }
  const disk = [...files].filter(([name]) => name.startsWith('/'));
  const roots = new Set(disk.map(([name]) => `/${name.split('/')[1]}`));
  for (const root of roots) moved = moved.replaceAll(new RegExp(`(?<=(?:root|alias)\\s+)${root}\\b`, 'g'), root.slice(1));
  const nginx = await startRealNginx(
    moved,
    Object.fromEntries([...files].map(([name, { text }]) => [name.replace(/^\//, ''), text])),
  );
  running.push(nginx);
  const restore = (answer: string) => {
    const others = rest.reduce((text, port, index) => text.replaceAll(`127.0.0.1:${free[index]}`, `127.0.0.1:${port}`), answer);
    return others.replaceAll(`:${nginx.port}`, first === '80' ? '' : `:${first}`);
  };
  return { nginx, restore };
}

async function check(
  { nginx, restore }: Started,
  { method, target, headers, body, expected, line }: Exchange,
  file: string,
): Promise<void> {
  const host = headers.some(([name]) => name.toLowerCase() === 'host') ? [] : ([['Host', 'localhost']] as const);
  const length = body === undefined ? [] : ([['Content-Length', String(Buffer.byteLength(body))]] as const);
  const lines = [...host, ...headers, ...length, ['Connection', 'close']]
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const answer = restore(await nginx.send(`${method} ${target} HTTP/1.1\r\n${lines}\r\n${body ?? ''}`));
  const end = answer.indexOf('\r\n\r\n');
  const [statusLine = '', ...fields] = answer.slice(0, end).split('\r\n');
  const valueOf = (name: string) =>
    fields
      .find((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      ?.slice(name.length + 1)
      .trim();
  expect({
    at: `${file}:${line}`,
    status: Number(statusLine.split(' ')[1]),
    headers: expected.headers.map(([name]) => [name, valueOf(name) ?? absent]),
  }).toEqual({
    at: `${file}:${line}`,
    status: expected.status,
    headers: expected.headers,
  });
  const sent = answer.slice(end + 4);
  const received = valueOf('Transfer-Encoding') === 'chunked' ? unchunked(sent) : sent;
  if (expected.body !== undefined) expect(received.replace(/\n+$/, '')).toBe(expected.body);
}

/** By their looks: ports that were put back have changed the lengths. */
function unchunked(body: string): string {
  return body.replace(/^[0-9a-f]+\r\n/, '').replace(/\r\n[0-9a-f]+\r\n(?:\r\n$)?/g, '');
}
