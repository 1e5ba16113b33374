import { describe, expect, test } from 'vitest';
import type { MemoryHost } from '../../src/host/memory.ts';
import { type RunningEngine, startEngine } from '../support/engine.ts';

/* Large files on their way in and out: what is asked of the disk, and when. */

const size = 700_000;
const film = Array.from({ length: size / 10 }, (_, at) => String(at).padStart(9, '0')).join('\n');

/** An engine with a large file, and the places of it that are read. */
async function withFilm(): Promise<{ ng: RunningEngine; read: (readonly [start: number, length: number])[] }> {
  const ng = await startEngine('server { listen 80; root /www; }', { files: { '/www/film': film, '/www/small': 'small' } });
  const read: (readonly [number, number])[] = [];
  const { files } = ng.host;
  const own = files.read.bind(files);
  files.read = (path, start = 0, length = film.length) => {
    read.push([start, length]);
    return own(path, start, length);
  };
  return { ng, read };
}

const asking = (range: string, more = '') => `GET /film HTTP/1.0\r\nRange: bytes=${range}\r\n${more}\r\n`;
const bodyOf = (answer: string) => answer.slice(answer.indexOf('\r\n\r\n') + 4);

describe('ranges of a large file', () => {
  test('one is read and nothing else', async () => {
    const { ng, read } = await withFilm();
    expect(bodyOf(await ng.ask(asking('600000-600019')))).toBe(film.slice(600_000, 600_020));
    expect(read).toEqual([
      [0, 1],
      [600_000, 20],
    ]);
  });

  test.each([
    ['in order', '10-19,300000-300009', [[10, 20] as const, [300_000, 300_010] as const]],
    [
      'in any order, and overlapping',
      '300000-300009,5-24,10-19',
      [[300_000, 300_010] as const, [5, 25] as const, [10, 20] as const],
    ],
  ])('several, %s', async (_, range, parts) => {
    const { ng, read } = await withFilm();
    const answer = await ng.ask(asking(range));
    const boundary = /boundary=(\d+)/.exec(answer)?.[1];
    const wanted = parts.map(
      ([start, end]) =>
        `\r\n--${boundary}\r\nContent-Type: text/plain\r\nContent-Range: bytes ${start}-${end - 1}/${film.length}\r\n\r\n` +
        film.slice(start, end),
    );
    expect(bodyOf(answer)).toBe(`${wanted.join('')}\r\n--${boundary}--\r\n`);
    expect(answer).toContain(`Content-Length: ${bodyOf(answer).length}\r\n`);
    expect(read.slice(1)).toEqual(parts.map(([start, end]) => [start, end - start]));
  });

  test('one that is longer than what is read at a time', async () => {
    const { ng, read } = await withFilm();
    expect(bodyOf(await ng.ask(asking('100-600099')))).toBe(film.slice(100, 600_100));
    expect(Math.max(...read.map(([, length]) => length))).toBeLessThan(300_000);
  });

  test('HEAD reads nothing', async () => {
    const { ng, read } = await withFilm();
    const answer = await ng.ask(asking('600000-600019').replace('GET', 'HEAD'));
    expect(answer).toContain('Content-Length: 20\r\n');
    expect(bodyOf(answer)).toBe('');
    expect(read).toEqual([[0, 1]]);
  });
});

test('a large file that cannot be read is refused, not cut', async () => {
  const ng = await startEngine('server { listen 80; root /www; }', { files: { '/www/film': film } });
  ng.host.files.read = () => ({ errno: 'EACCES' });
  expect(await ng.ask('GET /film HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
  expect(ng.errors.join()).toContain('open() "/www/film" failed (13: Permission denied)');
});

const withDirectories = ({ files }: MemoryHost) => {
  files.directory('/www');
  files.directory('/tmp');
};

describe('PUT', () => {
  const config = 'server { listen 80; root /www; client_body_temp_path /tmp/bodies 1; location / { dav_methods PUT; } }';
  const head = (length: number) => `PUT /new HTTP/1.0\r\nContent-Length: ${length}\r\n\r\n`;
  const below = (ng: RunningEngine) =>
    ['0', '1', '2'].flatMap((name) => {
      const names = ng.host.files.list(`/tmp/bodies/${name}`);
      return 'errno' in names ? [] : names;
    });

  test('goes into a file while it arrives, and takes its place when all of it is here', async () => {
    const ng = await startEngine(config, { before: withDirectories });
    const client = await ng.connect();
    await client.send(`${head(200_000)}${'a'.repeat(100_000)}`);
    expect(below(ng)).toHaveLength(1);
    expect(ng.host.files.stat('/www/new')).toEqual({ errno: 'ENOENT' });
    await client.send('b'.repeat(100_000));
    expect(client.received).toMatch(/^HTTP\/1\.1 201 /);
    expect(ng.host.files.stat('/www/new')).toMatchObject({ kind: 'file', size: 200_000, mode: 0o600 });
    expect(below(ng)).toEqual([]);
  });

  test('a client that leaves in the middle leaves nothing behind', async () => {
    const ng = await startEngine(config, { before: withDirectories });
    const client = await ng.connect();
    await client.send(`${head(200_000)}${'a'.repeat(100_000)}`);
    expect(below(ng)).toHaveLength(1);
    await client.reset();
    expect(below(ng)).toEqual([]);
    expect(ng.host.files.list('/www')).toEqual([]);
  });

  test('begins beside its place where the directory of bodies may not be written to', async () => {
    const ng = await startEngine(config, { before: withDirectories });
    const { files } = ng.host;
    const create = files.create.bind(files);
    files.create = (path, mode) => (path.startsWith('/tmp') ? { errno: 'EACCES' } : create(path, mode));
    const client = await ng.connect();
    await client.send(`${head(8)}four`);
    expect(files.list('/www')).toEqual(['new.0000000002']);
    await client.send('more');
    expect(client.received).toMatch(/^HTTP\/1\.1 201 /);
    expect(files.list('/www')).toEqual(['new']);
  });

  test('what cannot be written is 500', async () => {
    const ng = await startEngine(config, { before: withDirectories });
    const { files } = ng.host;
    const create = files.create.bind(files);
    files.create = (path, mode) => {
      const file = create(path, mode);
      return 'errno' in file ? file : { ...file, write: () => ({ errno: 'ENOSPC' }) };
    };
    expect(await ng.ask(`${head(4)}four`)).toMatch(/^HTTP\/1\.1 500 /);
    expect(ng.errors.join()).toContain('failed (28: No space left on device)');
    expect(files.list('/www')).toEqual([]);
  });
});

describe('$request_length', () => {
  test.each([
    ['Content-Length: 4\r\n\r\nfour', 0],
    ['Transfer-Encoding: chunked\r\n\r\n4\r\nfour\r\n0\r\n\r\n', 0],
    ['Content-Length: 4\r\n\r\nfourGET /next', 9],
  ])('counts the body: %j', async (rest, behind) => {
    const ng = await startEngine(
      'log_format l $request_length; access_log /log l; server { listen 80; root /www; location / { dav_methods PUT; } }',
      { before: withDirectories },
    );
    const request = `PUT /new HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${rest}`;
    await ng.ask(request);
    expect(ng.accessLog).toEqual([String(request.length - behind)]);
  });
});
