import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../support/files.ts';
import { inDirectory } from '../support/nginxlint.ts';
import { Nginxrun } from '../support/nginxrun.ts';
import { freePorts, installedNginx } from '../support/real-nginx.ts';

const program = join(root, 'bin/nginxrun.js');

function configuration(port: number, body: string, more = ''): string {
  return `daemon off; pid nginx.pid; error_log error.log notice; ${more}\nevents { }\nhttp { access_log access.log; server { listen 127.0.0.1:${port}; return 200 ${body}; } }\n`;
}

/** Runs a command to its end; what it writes, and its exit code. */
function ends(command: string, args: readonly string[], cwd: string): { said: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: 'latin1', timeout: 15_000 });
  return { said: stdout + stderr, status };
}

/** Waits until something is so, as long as a test may take. */
async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function served(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/`)).text();
}

test('a process in nginx’s place: pid file, reload, broken reload, reopened logs, quit', async () => {
  const [port = 0] = await freePorts(1);
  await inDirectory({ 'nginx.conf': configuration(port, 'one'), 'logs/.keep': '' }, async (cwd) => {
    const flags = ['-p', `${cwd}/`, '-c', 'nginx.conf', '-e', 'error.log'];
    const ng = new Nginxrun(flags, cwd);
    const [pid, log] = [join(cwd, 'nginx.pid'), join(cwd, 'error.log')];
    await until(() => existsSync(pid));
    expect(readFileSync(pid, 'latin1')).toBe(`${ng.child.pid}\n`);
    expect(await served(port)).toBe('one');

    const said = (text: string) => readFileSync(log, 'latin1').split(text).length - 1;
    writeFileSync(join(cwd, 'nginx.conf'), configuration(port, 'two'));
    expect(ends(program, [...flags, '-s', 'reload'], cwd)).toEqual({ said: '', status: 0 });
    await until(() => said('exited with code 0') === 1);
    expect(await served(port)).toBe('two');

    writeFileSync(join(cwd, 'nginx.conf'), configuration(port, 'three;'));
    ng.child.kill('SIGHUP');
    await until(() => said('[emerg]') === 1);
    expect(readFileSync(log, 'latin1')).toContain(`unexpected ";" in ${cwd}/nginx.conf:3`);
    expect(await served(port)).toBe('two');

    writeFileSync(join(cwd, 'nginx.conf'), configuration(port, 'two'));
    renameSync(join(cwd, 'access.log'), join(cwd, 'access.log.1'));
    expect(ends(program, [...flags, '-s', 'reopen'], cwd).status).toBe(0);
    await until(() => existsSync(join(cwd, 'access.log')));
    await served(port);
    await until(() => readFileSync(join(cwd, 'access.log'), 'latin1') !== '');
    expect(readFileSync(join(cwd, 'access.log.1'), 'latin1').split('"GET / HTTP/1.1" 200')).toHaveLength(4);

    ng.child.kill('SIGUSR2');
    await until(() => said('changing binary signal is ignored') === 1);
    expect(ends(program, [...flags, '-s', 'quit'], cwd).status).toBe(0);
    expect(await ng.exit()).toBe(0);
    expect(existsSync(pid)).toBe(false);
    expect(readFileSync(log, 'latin1')).toMatch(/\[notice\] \d+#0: exit\n$/);
  });
});

test('a line that is not run is named at start, and in the log', async () => {
  const [port = 0] = await freePorts(1);
  await inDirectory({ 'nginx.conf': configuration(port, 'one', 'google_perftools_profiles x;') }, async (cwd) => {
    const ng = new Nginxrun(['-p', cwd, '-c', 'nginx.conf', '-e', 'error.log'], cwd);
    await ng.says(/nginx: \[warn\] "google_perftools_profiles" is not run: .* in \S+nginx\.conf:1\n/);
    expect(readFileSync(join(cwd, 'error.log'), 'latin1')).toContain('"google_perftools_profiles" is not run');
    ng.child.kill('SIGTERM');
    expect(await ng.exit()).toBe(0);
  });
});

test('without daemon off the command ends when the server serves', async () => {
  const [port = 0] = await freePorts(1);
  const text = configuration(port, 'one').replace('daemon off;', '');
  await inDirectory({ 'nginx.conf': text }, async (cwd) => {
    const flags = ['-p', cwd, '-c', 'nginx.conf', '-e', 'error.log'];
    expect(ends(program, flags, cwd)).toEqual({ said: '', status: 0 });
    expect(await served(port)).toBe('one');
    const pid = Number(readFileSync(join(cwd, 'nginx.pid'), 'latin1'));
    expect(ends(program, [...flags, '-s', 'stop'], cwd).status).toBe(0);
    await until(() => !isAlive(pid));
  });
});

test('SIGUSR2 starts the program anew with the sockets of the old process, which may leave or stay', async () => {
  const [port = 0] = await freePorts(1);
  await inDirectory({}, async (cwd) => {
    const text = configuration(port, 'one').replace('daemon off;', '').replace('return', `listen unix:${cwd}/socket; return`);
    writeFileSync(join(cwd, 'nginx.conf'), text);
    const flags = ['-p', cwd, '-c', 'nginx.conf', '-e', 'error.log'];
    expect(ends(program, flags, cwd)).toEqual({ said: '', status: 0 });
    const [pid, before, socket] = [join(cwd, 'nginx.pid'), join(cwd, 'nginx.pid.oldbin'), join(cwd, 'socket')];
    const said = (text: string) => readFileSync(join(cwd, 'error.log'), 'latin1').split(text).length - 1;
    const number = () => Number(readFileSync(pid, 'latin1'));
    const first = number();
    process.kill(first, 'SIGUSR2');
    await until(() => existsSync(pid) && existsSync(before) && number() !== first);
    const second = number();
    expect(await served(port)).toBe('one');
    process.kill(second, 'SIGUSR2');
    await until(() => said('binary signal is ignored') === 1);
    process.kill(first, 'SIGQUIT');
    await until(() => !existsSync(before) && !isAlive(first));
    expect([await served(port), existsSync(socket), number()]).toEqual(['one', true, second]);

    process.kill(second, 'SIGUSR2');
    await until(() => existsSync(pid) && existsSync(before) && number() !== second);
    process.kill(second, 'SIGWINCH');
    await until(() => said('(SIGWINCH) received') === 1);
    expect(await served(port)).toBe('one');
    process.kill(number(), 'SIGTERM');
    await until(() => !existsSync(before) && said(`start worker process ${second}\n`) === 2);
    expect([await served(port), existsSync(socket), number()]).toEqual(['one', true, second]);
    process.kill(second, 'SIGQUIT');
    await until(() => !isAlive(second));
    expect([existsSync(socket), existsSync(pid)]).toEqual([false, false]);
  });
});

test('-V names what runs as if it had been configured', () => {
  const { said, status } = ends(program, ['-V'], root);
  expect(status).toBe(0);
  expect(said).toMatch(/^nginx version: nginx\/1\.31\.5\n/);
  expect(said).toMatch(/\nconfigure arguments: [^\n]*--without-http_grpc_module/);
  expect(said).not.toContain('--without-http_proxy_module');
});

describe.skipIf(installedNginx() === null)('as nginx says it', () => {
  const both = async (text: string, args: readonly string[]) => {
    await inDirectory({ 'nginx.conf': text }, async (cwd) => {
      const flags = ['-p', `${cwd}/`, '-c', 'nginx.conf', '-e', 'error.log', ...args];
      const nginx = ends('nginx', flags, cwd);
      expect(ends(program, ['--nginx-version', '1.22.1', ...flags], cwd)).toEqual(nginx);
      expect(nginx.status).toBe(1);
    });
  };

  test.each([
    ['no pid file', 'pid none.pid; events { }', ['-s', 'stop']],
    ['an unknown signal', 'events { }', ['-s', 'halt']],
    ['an unknown option', 'events { }', ['-x']],
    ['a missing parameter', 'events { }', ['-g']],
    ['a broken file', 'events { }\nhttp { server { listen 80 }\n', []],
    ['a log that cannot be opened', 'error_log no/such/directory/error.log; events { }', []],
  ])('%s', async (_, text, args) => both(text, args));

  test('an address that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    await both(configuration(port, 'one'), []);
    other.close();
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
