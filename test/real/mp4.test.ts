import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.ts';
import { handlers } from '../../src/modules/handlers.ts';
import { type Nginx, startNginx } from '../../src/runtime/run.ts';
import { modelOf } from '../support/engine.ts';
import { type FilmShape, makeFilm, type TrackShape } from '../support/mp4.ts';
import { describeWith } from '../support/real.ts';
import { freePorts, installedNginx, type RealNginx, startRealNginx } from '../support/real-nginx.ts';

/*
 * Films that are cut by nginx and by us: the same bytes, or the same refusal.
 */

/** The same numbers each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function shapeOf(seed: number): FilmShape {
  const roll = dice(seed);
  const track = (sound: boolean): TrackShape => {
    const count = 20 + roll(60);
    const chunks: number[] = [];
    for (let left = count; left > 0; left -= chunks.at(-1) ?? 0) chunks.push(Math.min(left, roll(3) ? 4 : 1 + roll(6)));
    const keys = Array.from({ length: count }, (_, at) => at + 1).filter((number) => number === 1 || roll(6) === 0);
    return {
      timescale: [600, 1000, 90_000][roll(3)] ?? 600,
      durations: Array.from({ length: count }, () => (roll(5) ? 100 : 50 + roll(100))).map((one) => one * (sound ? 1 : 2)),
      chunks,
      ...(sound ? {} : { keys }),
      ...(roll(2) ? { offsets: Array.from({ length: count }, () => roll(3) * 10) } : {}),
      ...(roll(4) ? {} : { sampleSize: 9 }),
      long: roll(3) === 0,
      sound,
    };
  };
  return {
    tracks: roll(2) ? [track(false)] : [track(false), track(true)],
    moovLast: roll(2) === 0,
    longTimes: roll(2) === 0,
    timescale: roll(2) ? 1000 : 600,
  };
}

const films = Array.from({ length: 24 }, (_, seed) => makeFilm(shapeOf(seed + 1)));
const broken: Record<string, Buffer> = {
  'cut short': (films[0] as Buffer).subarray(0, 300),
  'no film': Buffer.from('0123456789'),
  'nothing in it': Buffer.alloc(0),
  'no moov': Buffer.concat([Buffer.from('\0\0\0\x0cmdat0123', 'latin1')]),
  'zero in a size': Buffer.from('\0\0\0\x0cmdat0123\0\0\0\0', 'latin1'),
};
const queries = [
  '',
  'start=0',
  'end=0',
  'start=x',
  'start=.',
  'start=0.3',
  'start=1',
  'start=1.25&end=2',
  'end=1.2345678',
  'start=0.5&end=0.55',
  'start=2&end=1',
  'start=3',
  'start=0.1&end=5',
  'start=99',
  'start=0&end=99',
];

describeWith('nginx', 'mp4 as nginx does it', () => {
  const root = mkdtempSync(join(tmpdir(), 'mp4-'));
  let real: RealNginx;
  let ours: Nginx;
  let port = 0;

  beforeAll(async () => {
    for (const [index, film] of films.entries()) writeFileSync(join(root, `${index}.mp4`), film);
    for (const [name, film] of Object.entries(broken)) writeFileSync(join(root, `${name.replaceAll(' ', '-')}.mp4`), film);
    const [own = 0] = await freePorts(1);
    port = own;
    const http = `server { listen PORT; root ${root}; location / { mp4; location ~ /key { rewrite /key(.*) $1 break; mp4; mp4_start_key_frame on; } location ~ /small { rewrite /small(.*) $1 break; mp4; mp4_buffer_size 100; mp4_max_buffer_size 200; } } }`;
    real = await startRealNginx(http);
    const started = await startNginx(modelOf(http.replaceAll('PORT', `127.0.0.1:${own}`)), createNodeHost(), {
      nginxVersion: installedNginx() ?? '',
      rooms: handlers,
    });
    if (!started.value) throw new Error(started.diagnostics.map(({ message }) => message).join('\n'));
    ours = started.value;
  }, 30_000);
  afterAll(async () => {
    await ours?.stop();
    await real?.stop();
    rmSync(root, { recursive: true });
  });

  async function answer(at: number, path: string, field = ''): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${at}${path}`, field === '' ? {} : { headers: { Range: field } });
    const body = Buffer.from(await response.arrayBuffer());
    const fields = ['content-length', 'content-range', 'content-type', 'etag', 'accept-ranges', 'last-modified'];
    return [response.status, ...fields.map((name) => response.headers.get(name)), body.toString('latin1')].join('\n');
  }

  it.each(films.map((_, index) => index))('film %i', async (index) => {
    for (const query of queries)
      for (const place of ['', '/key'])
        expect(`${query} ${await answer(port, `${place}/${index}.mp4?${query}`)}`).toBe(
          `${query} ${await answer(real.port, `${place}/${index}.mp4?${query}`)}`,
        );
  });

  it.each(Object.keys(broken))('%s', async (name) => {
    const path = `/${name.replaceAll(' ', '-')}.mp4?start=1`;
    expect(await answer(port, path)).toBe(await answer(real.port, path));
  });

  it('no more than mp4_max_buffer_size', async () => {
    const path = '/small/1.mp4?start=1';
    expect(await answer(port, path)).toBe(await answer(real.port, path));
  });

  it.each(['bytes=0-9', 'bytes=-10', 'bytes=20-700', 'bytes=0-1,4-5'])('range %s', async (range) => {
    const path = '/2.mp4?start=1';
    expect(await answer(port, path, range)).toBe(await answer(real.port, path, range));
  });
});
