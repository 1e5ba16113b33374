import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { printAddress } from '../../src/host/host.ts';
import type { RunningNginx, RunOptions } from '../../src/run/options.ts';
import { run } from '../../src/run/run.ts';
import { Browser } from '../../src/run/sessions/browser.ts';
import { loginApp } from '../../src/runtime/mock/login-app.ts';
import { root } from '../support/files.ts';
import { Nginxrun } from '../support/nginxrun.ts';
import { describeWith } from '../support/real.ts';
import { freePorts } from '../support/real-nginx.ts';
import { startProgram } from '../support/real-program.ts';

/*
 * The tutorial's two web servers behind its balancer, all three served by nginxrun on sockets; behind the web servers
 * real php-fpm with index.php and the pools of docs/guide/sessions.md, or applications that stand in for it.
 */

type Store = 'local' | 'redis';

/** What answers FastCGI for one web server. */
interface Php {
  readonly options: Pick<RunOptions, 'map' | 'backends'>;
  kill(): Promise<void>;
}

/** Starts what answers for both web servers; `directory` has code/admin in it. */
type StartPhp = (store: Store, directory: string) => Promise<readonly Php[]>;

const seed = (name: string) => join(root, 'fixtures/seed', name);
const page = readFileSync(join(root, 'docs/guide/sessions.md'), 'utf8');
const fileOfPage = (name: string) => new RegExp(`^\`\`\`\\w+ file=${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function laboratory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sessions-'));
  undo.push(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, 'code/admin'), { recursive: true });
  writeFileSync(join(directory, 'code/admin/index.php'), fileOfPage('code/admin/index.php'));
  return directory;
}

interface Web {
  readonly address: string;
  kill(): Promise<void>;
}

/** The tutorial's web server, with /code/admin below `directory`, where PHP finds it as well. */
async function startWeb(php: Php, directory: string): Promise<Web> {
  const code = join(directory, 'code/admin');
  const text = readFileSync(seed('web/admin.conf'), 'utf8').replace('/code/admin', code);
  const ng = await run({ files: { 'web/admin.conf': text } }, { ...php.options, roots: { [code]: code } });
  const [listener] = ng.listeners;
  if (!listener) throw new Error('the web server listens nowhere');
  const kill = async () => {
    await ng.stop();
    await php.kill();
  };
  undo.push(kill);
  return { address: printAddress(listener.real).replace('0.0.0.0', '127.0.0.1'), kill };
}

async function startLab(startPhp: StartPhp, store: Store, method = ''): Promise<{ ng: RunningNginx; webs: readonly Web[] }> {
  const directory = laboratory();
  const webs = await Promise.all((await startPhp(store, directory)).map((php) => startWeb(php, directory)));
  const text = readFileSync(seed('lb/admin.conf'), 'utf8').replace('upstream admin {', `upstream admin { ${method}`);
  const map = { '172.16.1.7': webs[0]?.address ?? '', '172.16.1.8': webs[1]?.address ?? '' };
  const ng = await run({ files: { 'lb/admin.conf': text } }, { map });
  undo.push(() => ng.stop());
  return { ng, webs };
}

const clients = [1, 2, 3, 4];

/** Clients of four networks log in and ask for four pages each; tells who is in on every one of them. */
async function visit(ng: RunningNginx): Promise<{ browser: Browser; isIn: boolean }[]> {
  const visits: { browser: Browser; isIn: boolean }[] = [];
  for (const client of clients) {
    const browser = new Browser(ng, 'http://www.admin.com/', `127.0.${client}.9`);
    const seen = [await browser.logIn()];
    for (let asked = 0; asked < 4; asked++) seen.push(await browser.isLoggedIn());
    visits.push({ browser, isIn: seen.every(Boolean) });
  }
  return visits;
}

function story(startPhp: StartPhp): void {
  test('a login is lost with sessions in files', { timeout: 60_000 }, async () => {
    const { ng } = await startLab(startPhp, 'local');
    const visits = await visit(ng);
    expect(visits.map(({ isIn }) => isIn)).toEqual([false, false, false, false]);
    expect(ng.sessions.filter(({ lost }) => lost).length).toBeGreaterThan(0);
  });

  test('ip_hash keeps it, until its server is killed', { timeout: 60_000 }, async () => {
    const { ng, webs } = await startLab(startPhp, 'local', 'ip_hash;');
    const visits = await visit(ng);
    expect(visits.map(({ isIn }) => isIn)).toEqual([true, true, true, true]);
    expect(ng.sessions.flatMap(({ hops }) => hops)).toEqual([]);
    await webs[0]?.kill();
    const after: boolean[] = [];
    for (const { browser } of visits) after.push(await browser.isLoggedIn());
    expect(new Set(after)).toEqual(new Set([true, false]));
  });

  test('a store that both share keeps it, also when one server is killed', { timeout: 60_000 }, async () => {
    const { ng, webs } = await startLab(startPhp, 'redis');
    const visits = await visit(ng);
    expect(visits.map(({ isIn }) => isIn)).toEqual([true, true, true, true]);
    const hops = ng.sessions.flatMap((session) => session.hops);
    expect(hops.length).toBeGreaterThan(0);
    expect(hops.filter(({ lost }) => lost)).toEqual([]);
    await webs[0]?.kill();
    for (const { browser } of visits) expect([await browser.isLoggedIn(), await browser.isLoggedIn()]).toEqual([true, true]);
  });
}

const standIns: StartPhp = async (store) => {
  const app = loginApp({ store });
  return ['web01', 'web02'].map((name) => ({ options: { backends: { '127.0.0.1:9000': app(name) } }, kill: async () => {} }));
};

describe('with applications that stand in for PHP', () => {
  story(standIns);

  test('nginxrun says which request has lost its session', async () => {
    const directory = laboratory();
    const webs = await Promise.all((await standIns('local', directory)).map((php) => startWeb(php, directory)));
    const maps = webs.flatMap(({ address }, index) => ['--map', `172.16.1.${7 + index}=${address}`]);
    const ng = new Nginxrun([seed('lb/admin.conf'), '--listen', '80=0', ...maps]);
    const [, url = ''] = await ng.says(/listen \S+ → (http:\S+)/);
    const ask = (cookie: string) => fetch(url, { headers: { Host: 'www.admin.com', Cookie: cookie } });
    const cookie = (await ask('a=b')).headers.get('set-cookie')?.split(';')[0] ?? '';
    await (await ask(cookie)).text();
    await ng.says(
      /172\.16\.1\.8:80 {2}200 {2}[\d.]+ ms {2}\(session PHPSESSID is 172\.16\.1\.7:80's and lost here: a new one was issued\)/,
    );
  });
});

describeWith('php-fpm', 'with php-fpm', (fpm) => {
  describeWith('redis-server', 'and Redis', (redis) => {
    const extensions = ['-d', 'extension=igbinary', '-d', 'extension=redis'];
    const { stdout } = spawnSync(fpm, ['-n', ...extensions, '-m'], { encoding: 'utf8' });
    if (!/^redis$/m.test(stdout)) {
      const notice = 'needs php-redis (Debian: apt-get install php-redis)';
      if (!process.env.CI) return void test.skip(notice);
      return void test('php-redis', () => expect.fail(notice));
    }
    story(async (store, directory) => {
      const [redisPort = 0, ...ports] = await freePorts(3);
      if (store === 'redis') {
        const args = ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', directory];
        const server = await startProgram(redis, args, redisPort);
        undo.push(() => server.kill());
      }
      return Promise.all(
        ports.map(async (port, index) => {
          const pool = join(directory, `web0${index + 1}.conf`);
          mkdirSync(join(directory, `web0${index + 1}`));
          const settings = fileOfPage(store === 'redis' ? 'web01-redis.conf' : 'web01.conf')
            .replaceAll('/tmp/lab/web01', join(directory, `web0${index + 1}`))
            .replace('127.0.0.1:9001', `127.0.0.1:${port}`)
            .replace('127.0.0.1:6379', `127.0.0.1:${redisPort}`);
          writeFileSync(pool, process.getuid?.() === 0 ? `${settings}user = root\n` : settings);
          const server = await startProgram(fpm, ['-n', '-R', ...extensions, '-F', '-y', pool], port);
          return { options: { map: { '127.0.0.1:9000': `127.0.0.1:${port}` } }, kill: () => server.kill() };
        }),
      );
    });
  });
});
