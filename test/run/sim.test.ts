import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/nginxrun.ts';
import { simulate } from '../../src/run/sim/simulate.ts';
import { root } from '../support/files.ts';

const conf = (upstream: string, around = '') =>
  `${around} events { } http { upstream app { ${upstream} } server { listen 80; server_name a.b; location / { proxy_pass http://app; } } }`;

const two = 'server 10.0.0.7 max_fails=2 fail_timeout=20s; server 10.0.0.8;';

/** `20 b1 is killed` for everything that happened, in whole seconds. */
function story({ happenings }: Awaited<ReturnType<typeof simulate>>): string[] {
  return happenings.map(({ at, what }) => `${Math.floor(at / 1000)} ${what}`);
}

describe('a server dies and comes back', () => {
  test('clients see nothing of it', async () => {
    const report = await simulate(conf(two), { rps: 5, for: '60s', at: ['10s kill b1', '30s start b1'] });
    expect(report).toMatchObject({ url: 'http://a.b/', workers: 1, statuses: { 200: 300 }, aboutWorkers: '' });
    expect(story(report)).toEqual([
      '10 b1 is killed',
      '10 b1 fails (error): the request goes to another server',
      '10 b1 is left out: max_fails=2, fail_timeout=20s',
      '30 b1 is started',
      expect.stringMatching(/^3[0-2] b1 answers again; 2 requests had failed there$/),
    ]);
    expect(report.happenings[2]?.place).toBe('nginx.conf:1');
    expect(report.servers.map(({ label, name, failed }) => [label, name, failed])).toEqual([
      ['b1', '10.0.0.7:80', 2],
      ['b2', '10.0.0.8:80', 0],
    ]);
    expect(report.windows.map(({ asked }) => (asked.b1 ?? 0) > 2)).toEqual([
      ...[true, true, false, false, false, false],
      ...[true, true, true, true, true, true],
    ]);
    expect(report.windows).toHaveLength(12);
  });

  test('clients see 502 when no server is left', async () => {
    const report = await simulate(conf(two), { rps: 1, for: '10s', at: ['5s kill 10.0.0.7', '5s kill 10.0.0.8:80'] });
    expect(report.statuses).toEqual({ 200: 5, 502: 5 });
    expect(story(report)).toContain('5 b1 fails (error): the client sees it');
  });

  test('checks notice, and begin with everything down', async () => {
    const check = 'check interval=1000 rise=2 fall=3 timeout=500 type=http;';
    const report = await simulate(conf(`${two} ${check}`), { rps: 2, for: '40s', at: ['20s kill b1'] });
    const lines = story(report);
    expect(lines[0]).toBe('0 upstream app has no server left: b1 check-down, b2 check-down');
    expect(report.happenings[0]?.place).toBe('nginx.conf:1');
    expect(lines).toContainEqual(expect.stringMatching(/^[12] checks find b1 up$/));
    expect(lines).toContainEqual(expect.stringMatching(/^2[234] checks find b1 down$/));
    expect(Object.keys(report.statuses)).toEqual(['200', '502']);
    expect(report.happenings.find(({ what }) => what === 'checks find b1 down')?.place).toBe('nginx.conf:1');
  });

  test('ip_hash spreads clients, and the same seed gives the same report', async () => {
    const options = { rps: 10, for: '10s', seed: 3, workers: 2 };
    const report = await simulate(conf(`ip_hash; ${two}`), options);
    const [one = 0, other = 0] = report.servers.map(({ asked }) => asked);
    expect([one > 25, other > 25, one + other]).toEqual([true, true, 100]);
    expect(await simulate(conf(`ip_hash; ${two}`), options)).toEqual(report);
  });
});

describe('worker processes', () => {
  const script = { rps: 20, for: '10s', at: ['2s kill b1'] };
  const leftOut = (lines: readonly string[]) => lines.filter((line) => line.includes('is left out'));

  test('each notices for itself, and it is said', async () => {
    const report = await simulate(conf(two, 'worker_processes 3;'), script);
    expect(report.workers).toBe(3);
    expect(report.aboutWorkers).toBe('each worker counts failures and turns for itself in app (no zone)');
    expect(report.servers[0]?.failed).toBe(6);
    expect(
      leftOut(story(report))
        .map((line) => /by worker \d/.exec(line)?.[0])
        .sort(),
    ).toEqual(['by worker 1', 'by worker 2', 'by worker 3']);
    expect(report.statuses).toEqual({ 200: 200 });
  });

  test('with a zone they notice together', async () => {
    const report = await simulate(conf(`zone app 64k; ${two}`), { ...script, workers: 3 });
    expect(report.aboutWorkers).toBe('they share what they know of app (zone)');
    expect(report.servers[0]?.failed).toBe(2);
    expect(leftOut(story(report))).toHaveLength(1);
  });

  test('checks are made once for all', async () => {
    const check = 'check interval=1000 rise=1 fall=1 timeout=500 type=tcp;';
    const report = await simulate(conf(`${two} ${check}`), { rps: 4, for: '20s', at: ['10s kill b1'], workers: 4 });
    expect(story(report).filter((line) => line.endsWith('checks find b1 down'))).toHaveLength(1);
    const after = report.windows.slice(7).map(({ asked }) => asked.b1 ?? 0);
    expect(after.reduce((sum, count) => sum + count, 0)).toBe(0);
  });
});

test('two minutes of the tutorial cost less than two seconds of CPU', { timeout: 60_000 }, () => {
  // In a process of its own, where nobody else's time is counted; the best of three, since others may be at work.
  const script = `
    const { simulate } = await import(process.argv[1]);
    for (let run = 0, cost = Infinity; run < 3 && cost >= 2e6; run++) {
      const before = process.cpuUsage();
      const { statuses } = await simulate({ file: 'fixtures/seed/lb/lb.conf' }, { rps: 50, for: '2m', at: ['20s kill b1', '70s start b1'] });
      const { user, system } = process.cpuUsage(before);
      cost = Math.min(cost, user + system);
      console.log(JSON.stringify({ statuses, isFast: cost < 2e6 }));
    }`;
  const args = ['--input-type=module', '-e', script, join(root, 'dist/index.js')];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({ statuses: { 200: 6000 }, isFast: true });
});

test('the command prints JSON, and says what it does not understand', async () => {
  const written = { stdout: '', stderr: '' };
  const output = (to: 'stdout' | 'stderr') => ({ write: (text: string | Uint8Array) => (written[to] += String(text)) });
  async function* stdin() {}
  const streams = { stdin: stdin(), stdout: output('stdout'), stderr: output('stderr'), env: {}, cwd: () => root };
  const sim = (...args: string[]) => main(['sim', join(root, 'fixtures/seed/lb/lb.conf'), ...args], streams);
  expect(await sim('--for', '5s', '--rps', '2', '--json')).toBe(0);
  expect(JSON.parse(written.stdout)).toMatchObject({ rps: 2, duration: 5000, statuses: { 200: 10 } });
  expect(await sim('--at', '1s burn b1')).toBe(2);
  expect(await sim('--for', 'long')).toBe(2);
  expect(written.stderr).toContain('"1s burn b1" is not understood');
  expect(written.stderr).toContain('"long" is no time');
});

test('what cannot be played is said', async () => {
  const told = (at: string) => simulate(conf(two), { at: [at] });
  await expect(told('soon kill b1')).rejects.toThrow(/it looks like '20s kill b1'/);
  await expect(told('1s kill b3')).rejects.toThrow('"1s kill b3" names no server; there is b1 (10.0.0.7:80), b2 (10.0.0.8:80)');
  await expect(simulate('upstream a { server b c; }')).rejects.toThrow(/cannot be run/);
});
