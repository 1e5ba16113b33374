import { describe, expect, it } from 'vitest';
import { startEngine } from '../support/engine.ts';
import { makeFilm, samplesOf, type TrackShape } from '../support/mp4.ts';

const pictures: TrackShape = {
  timescale: 600,
  durations: Array<number>(40).fill(60),
  chunks: [7, 7, 7, 3, 3, 3, 10],
  keys: [1, 11, 21, 31],
  long: true,
};
const sound: TrackShape = {
  timescale: 1000,
  durations: Array<number>(80).fill(50),
  chunks: Array<number>(8).fill(10),
  sound: true,
};

async function samplesWhenAsked(uri: string): Promise<string[][]> {
  const film = makeFilm({ tracks: [pictures, sound] });
  const ng = await startEngine(
    'server { listen 80; root /www; mp4; mp4_start_key_frame on; location /exact/ { alias /www/; mp4; mp4_start_key_frame off; } location / { mp4; } }',
    {
      before: ({ files }) => files.set('/www/film.mp4', film),
    },
  );
  const answer = await ng.ask(`GET ${uri} HTTP/1.0\r\n\r\n`);
  const bytes = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1');
  return samplesOf(bytes).map((samples) => samples.map((sample) => sample.toString('latin1')));
}

/** Samples from one number to another, of both tracks. */
function expected(from: number, to: number, soundFrom: number, soundTo: number): string[][] {
  const [first = [], second = []] = samplesOf(makeFilm({ tracks: [pictures, sound] }));
  const text = (samples: readonly Buffer[]) => samples.map((sample) => sample.toString('latin1'));
  return [text(first.slice(from, to)), text(second.slice(soundFrom, soundTo))];
}

describe('mp4', () => {
  const cases: [string, string[][]][] = [
    ['/exact/film.mp4', expected(0, 40, 0, 80)],
    ['/exact/film.mp4?start=1.5', expected(15, 40, 30, 80)],
    ['/film.mp4?start=1.5', expected(10, 40, 30, 80)],
    ['/exact/film.mp4?start=0.8&end=2', expected(8, 20, 16, 40)],
    ['/exact/film.mp4?end=3.05', expected(0, 30, 0, 61)],
  ];
  for (const [uri, samples] of cases) {
    it(`${uri} has the samples that it should`, async () => {
      expect(await samplesWhenAsked(uri)).toEqual(samples);
    });
  }
});
