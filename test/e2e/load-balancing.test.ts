import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunningNginx, RunOptions } from '../../src/run/options.ts';
import { run } from '../../src/run/run.ts';
import type { RunSource } from '../../src/run/source.ts';
import type { Event } from '../../src/runtime/events.ts';
import { root } from '../support/files.ts';
import { inDirectory, nginxlint } from '../support/nginxlint.ts';
import { startWeb, type Web } from './backends.ts';

const seed = (name: string) => join(root, 'fixtures/seed/lb', name);
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(source: RunSource, options: RunOptions): Promise<RunningNginx> {
  const ng = await run(source, options);
  running.push(ng);
  return ng;
}

async function webs(...names: string[]): Promise<Web[]> {
  const started = await Promise.all(names.map(startWeb));
  running.push(...started.map((web) => ({ stop: () => web.kill() })));
  return started;
}

/** Asks so many times, some at once; resolves to how often each backend answered, and each status came. */
async function ask(ng: RunningNginx, count: number): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  let left = count;
  const one = async () => {
    while (left-- > 0) {
      const response = await ng.fetch('http://www.oldboy.com/');
      const by = response.status === 200 ? (response.headers.get('x-served-by') ?? 'nobody') : String(response.status);
      answers[by] = (answers[by] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, one));
  return answers;
}

describe('lb.conf', () => {
  test('spreads a thousand requests evenly, and loses none when a backend is killed', async () => {
    const [web01, web02] = await webs('web01', 'web02');
    const ng = await start({ file: seed('lb.conf') }, { map: { web01: web01?.address ?? '', web02: web02?.address ?? '' } });
    expect(ng.backends.map(({ backend, presence }) => `${backend.name} ${presence}`)).toEqual([
      'web01:80 mapped',
      'web02:80 mapped',
    ]);
    expect(await ask(ng, 1000)).toEqual({ web01: 500, web02: 500 });

    const answers = ask(ng, 400);
    await web01?.kill();
    const { web01: first = 0, web02: second = 0, ...failed } = await answers;
    expect(failed).toEqual({});
    expect(first + second).toBe(400);
    expect(await ask(ng, 100)).toEqual({ web02: 100 });
    expect(ng.peers('webs').map(({ name, fails }) => `${name} ${fails > 0 ? 'failed' : 'fine'}`)).toEqual([
      'web01:80 failed',
      'web02:80 fine',
    ]);
  });

  test('has labelled mocks where its backends cannot be reached', async () => {
    const ng = await start({ file: seed('lb.conf') }, {});
    const response = await ng.fetch('http://www.oldboy.com/a?b=c');
    expect(response.status).toBe(200);
    expect(response.headers.get('x-mock-backend')).toBe('web01:80');
    expect(response.text()).toContain('GET /a?b=c HTTP/1.1\nHost: www.oldboy.com\nX-Forwarded-For: 127.0.0.1\n');
    ng.backend('web01').down();
    ng.backend('web02').down();
    expect((await ng.fetch('http://www.oldboy.com/')).status).toBe(502);
  });
});

test('weighted.conf spreads 5:1, and the backup serves only when both are gone', async () => {
  const [first, second, backup] = await webs('7', '8', '9');
  const map = { '10.0.0.7': first?.address ?? '', '10.0.0.8': second?.address ?? '', '10.0.0.9': backup?.address ?? '' };
  const ng = await start({ file: seed('weighted.conf') }, { map });
  expect(ng.wrapped).toContain('passes everything to upstream webs');
  expect(await ask(ng, 600)).toEqual({ 7: 500, 8: 100 });
  await first?.kill();
  expect(await ask(ng, 60)).toEqual({ 8: 60 });
  await second?.kill();
  expect(await ask(ng, 60)).toEqual({ 9: 60 });
});

describe('lb-check.conf', () => {
  test('is refused as it is', async () => {
    await expect(run({ file: seed('lb-check.conf') })).rejects.toThrow(/lb-check\.conf:11:9: error: "server \{" is missing/);
  });

  test('shows on /check what becomes of its backends, once the linter has repaired it', async () => {
    const files = { 'lb-check.conf': readFileSync(seed('lb-check.conf')) };
    await inDirectory(files, async (cwd) => {
      expect(
        await nginxlint(['--fix', '--unsafe-fixes', '--select', 'orphan-server-block', 'lb-check.conf'], { cwd }),
      ).toMatchObject({ code: 0 });
      const [web01, web02] = await webs('web01', 'web02');
      const map = { '172.16.1.7': web01?.address ?? '', '172.16.1.8': web02?.address ?? '' };
      const states = new Changes();
      // With one worker of nginx's, connections that these servers keep would leave both down for ever.
      const options = { map, speed: 100, flavor: 'tengine', onEvent: (event: Event) => states.take(event) } as const;
      const ng = await start({ file: join(cwd, 'lb-check.conf') }, options);
      const page = async (format: string) => (await ng.fetch(`http://www.oldboy.com/check?format=${format}`)).text();

      expect(await page('csv')).toMatch(
        /^0,webs,172\.16\.1\.7:80,down,\d+,\d+,tcp,0\n1,webs,172\.16\.1\.8:80,down,\d+,\d+,tcp,0\n$/,
      );
      expect((await ng.fetch('http://www.oldboy.com/')).status).toBe(502);
      await states.of({ '172.16.1.7:80': true, '172.16.1.8:80': true });
      expect(JSON.parse(await page('json')).servers.server).toMatchObject([
        { name: '172.16.1.7:80', status: 'up' },
        { name: '172.16.1.8:80', status: 'up' },
      ]);
      expect(await ask(ng, 100)).toEqual({ web01: 50, web02: 50 });

      await web01?.kill();
      await states.of({ '172.16.1.7:80': false });
      const html = await page('html');
      expect(html).toContain('<title>Nginx http upstream check status</title>');
      expect(html).toMatch(/bgcolor="#FF0000">\s*<td>0<\/td>\s*<td>webs<\/td>\s*<td>172\.16\.1\.7:80<\/td>\s*<td>down<\/td>/);
      expect(await ask(ng, 100)).toEqual({ web02: 100 });
    });
  });
});

/** The last known state of each checked peer, and whoever waits for one. */
class Changes {
  private readonly known = new Map<string, boolean>();
  private waiting: (() => void)[] = [];

  take(event: Event): void {
    if (event.type !== 'check-state') return;
    this.known.set(event.peer, event.up);
    for (const look of this.waiting.splice(0)) look();
  }

  /** Resolves when the peers are in these states. */
  async of(states: Readonly<Record<string, boolean>>): Promise<void> {
    while (!Object.entries(states).every(([peer, up]) => this.known.get(peer) === up)) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}
