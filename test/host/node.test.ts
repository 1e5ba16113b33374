import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Address, failed, type Listener, type Network, type Socket, type SystemError } from '../../src/host/host.ts';
import { createNodeHost } from '../../src/host/node.ts';
import { createNodeFiles } from '../../src/host/node-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'host-'));
afterAll(() => rmSync(directory, { recursive: true }));

const free: Address = { kind: 'ip', host: '127.0.0.1', port: 0 };
const { clock } = createNodeHost();
let network: Network;

async function listen(address: Address, accept: (socket: Socket) => void): Promise<Listener> {
  const listener = await network.listen(address, accept);
  if (failed(listener)) throw new Error(listener.errno);
  return listener;
}

/** Everything the other side says until it has no more to say, or why that did not work. */
function converse(address: Address, words: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = network.connect(address, {});
    let heard = '';
    socket.handler = {
      connected() {
        socket.write(words);
        socket.end();
      },
      data: (chunk) => {
        heard += chunk.toString('latin1');
      },
      end() {},
      closed: (error) => resolve(error?.errno ?? heard),
    };
  });
}

/** Says everything back, and goodbye to goodbye. */
function echo(socket: Socket): void {
  socket.handler = { data: (chunk) => void socket.write(chunk), end: () => socket.end(), closed() {} };
}

describe.each([{ plainSockets: true }, { plainSockets: false }])('sockets of Node, %o', (options) => {
  beforeAll(() => {
    ({ network } = createNodeHost(options));
  });

  test.each<Address>([free, { kind: 'unix', path: join(directory, 'echo.sock') }])('echo over %o', async (address) => {
    const listener = await listen(address, echo);
    expect(await converse(listener.address, 'h\xe9llo')).toBe('h\xe9llo');
    listener.close();
  });

  test('take the place of a dead socket file, and of no other', async () => {
    const address: Address = { kind: 'unix', path: join(directory, 'taken.sock') };
    const listener = await listen(address, echo);
    expect(await network.listen(address, echo)).toEqual({ errno: 'EADDRINUSE' });
    listener.close();
    const script = `require('net').createServer().listen(${JSON.stringify(address.path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    const again = await listen(address, echo);
    expect(await converse(address, 'x')).toBe('x');
    again.close();
  });

  test('name their errors', async () => {
    const listener = await listen(free, (socket) => {
      socket.handler = { data: () => socket.reset(), end() {}, closed() {} };
    });
    expect(await converse(listener.address, 'x')).toBe('ECONNRESET');
    expect(await network.listen(listener.address, echo)).toEqual({ errno: 'EADDRINUSE' });
    listener.close();
    expect(await converse(listener.address, 'x')).toBe('ECONNREFUSED');
  });

  test('stay on the loopback interface', async () => {
    expect(await network.listen({ kind: 'ip', host: '0.0.0.0', port: 0 }, echo)).toEqual({ errno: 'EPERM' });
    expect(await converse({ kind: 'ip', host: '192.0.2.1', port: 80 }, 'x')).toBe('EPERM');
    expect(await network.resolve('localhost')).toContain('127.0.0.1');
    expect(await network.resolve('web01')).toEqual([]);
    expect(await network.resolve('10.0.0.7')).toEqual(['10.0.0.7']);
  });

  test('press back, and lose nothing', async () => {
    let server: Socket | undefined;
    let received = 0;
    const listener = await listen(free, (socket) => {
      server = socket;
      socket.pause();
      socket.handler = { data: (chunk) => void (received += chunk.length), end: () => socket.end(), closed() {} };
    });
    const client = network.connect(listener.address, {});
    let sent = 0;
    await new Promise<void>((resolve) => {
      client.handler = {
        connected() {
          do sent += 65_536;
          while (client.write(Buffer.alloc(65_536)));
          server?.resume();
        },
        drained: () => client.end(),
        data() {},
        end() {},
        closed: () => resolve(),
      };
    });
    expect(received).toBe(sent);
    listener.close();
  });

  test('hand out chunks that stay as they are', async () => {
    const block = (byte: number) => Buffer.alloc(200_000, byte);
    const chunks: Buffer[] = [];
    const listener = await listen(free, (socket) => {
      socket.handler = { data: (chunk) => void chunks.push(chunk), end: () => socket.end(), closed() {} };
    });
    await Promise.all(
      [1, 2, 3].map(
        (byte) =>
          new Promise<void>((resolve) => {
            const client = network.connect(listener.address, {});
            client.handler = {
              connected() {
                client.writeAll([block(byte), String.fromCharCode(byte).repeat(10), block(byte)]);
                client.write(block(byte));
                client.end();
              },
              data() {},
              end() {},
              closed: () => resolve(),
            };
          }),
      ),
    );
    const counts = [0, 0, 0, 0];
    for (const chunk of chunks) for (const byte of chunk) counts[byte] = (counts[byte] ?? 0) + 1;
    expect(counts).toEqual([0, 600_010, 600_010, 600_010]);
    listener.close();
  });

  test('close when both sides have ended, and by themselves when reset', async () => {
    const closings: (string | null)[] = [];
    let over = () => {};
    const listener = await listen(free, (socket) => {
      socket.handler = {
        data: () => socket.end(),
        end: () => void closings.push('end'),
        closed(error) {
          closings.push(error?.errno ?? null);
          if (error) over();
        },
      };
    });
    expect(await converse(listener.address, 'x')).toBe('');
    const client = network.connect(listener.address, {});
    const clientClosed = new Promise<SystemError | null>((resolve) => {
      client.handler = { connected: () => client.reset(), data() {}, end() {}, closed: resolve };
    });
    await new Promise<void>((resolve) => {
      over = resolve;
    });
    expect(closings).toEqual(['end', null, 'ECONNRESET']);
    expect(await clientClosed).toBe(null);
    listener.close();
  });

  test('know their addresses', async () => {
    const seen: Address[] = [];
    const listener = await listen(free, (socket) => {
      seen.push(socket.local, socket.remote);
      echo(socket);
    });
    const client = network.connect(listener.address, { from: '127.0.0.2' });
    const own = await new Promise<Address>((resolve) => {
      client.handler = { connected: () => resolve(client.local), data() {}, end() {}, closed() {} };
    });
    expect(own).toMatchObject({ host: '127.0.0.2' });
    expect([client.remote, own]).toEqual(seen);
    client.destroy();
    listener.close();
  });
});

test('timers of Node can be cancelled', async () => {
  const ran: string[] = [];
  clock.after(0, () => ran.push('cancelled')).cancel();
  await new Promise<void>((resolve) => {
    clock.after(1, () => clock.soon(resolve));
    setTimeout(() => {}, 50).unref();
    const keep = setInterval(() => {}, 1);
    clock.after(2, () => clearInterval(keep));
  });
  expect(ran).toEqual([]);
});

test('only what is visible of the disk can be seen', () => {
  const at = (...parts: string[]) => join(directory, ...parts);
  for (const name of ['conf', 'public', 'secret']) mkdirSync(at(name));
  writeFileSync(at('conf', 'a.txt'), 'a');
  writeFileSync(at('public', 'index.html'), 'hello');
  writeFileSync(at('secret', 'key'), 'key');
  symlinkSync(at('secret'), at('conf', 'out'));
  const hidden: string[] = [];
  const files = createNodeFiles({
    directories: [at('conf')],
    maps: [
      { from: '/code/test', to: at('public'), granted: true },
      { from: '/inside', to: at('conf'), granted: false },
      { from: '/outside', to: at('secret'), granted: false },
    ],
    hidden: (path, why) => hidden.push(`${path} ${why}`),
  });
  expect(files.stat('/code/test/index.html')).toMatchObject({ kind: 'file', size: 5 });
  expect(files.stat('/code/test/')).toMatchObject({ kind: 'directory' });
  expect(files.read('/code/test/index.html', 1, 3)?.toString()).toBe('ell');
  expect(files.list('/code/test')).toEqual(['index.html']);
  expect(files.read(at('conf', 'a.txt'))?.toString()).toBe('a');
  expect(files.read('/inside/a.txt')?.toString()).toBe('a');
  expect(files.append('/code/test/log', 'line')).toBeUndefined();
  expect(readFileSync(at('public', 'log'), 'latin1')).toBe('line');
  expect(hidden).toEqual([]);

  const wrong = [
    '/etc/passwd',
    '/outside/key',
    '/inside/out/key',
    '/code/test/../../etc/passwd',
    at('conf', 'out', 'key'),
    at('secret', 'key'),
    '/code/test2/x',
  ];
  for (const path of wrong) expect(files.read(path)).toEqual({ errno: 'ENOENT' });
  expect(hidden).toEqual(wrong.map((path) => `${path} read`));
  expect(files.append(at('conf', 'log'), 'x')).toEqual({ errno: 'ENOENT' });
  expect(hidden.at(-1)).toBe(`${at('conf', 'log')} written`);
  expect(createNodeFiles().stat('/')).toMatchObject({ kind: 'directory' });
});

test('only what is granted can be changed, and not through links', () => {
  const at = (...parts: string[]) => join(directory, 'changes', ...parts);
  for (const name of ['granted', 'shown', 'secret']) mkdirSync(at(name), { recursive: true });
  writeFileSync(at('secret', 'key'), 'key');
  symlinkSync(at('secret'), at('granted', 'out'));
  const files = createNodeFiles({
    directories: [at('shown')],
    maps: [{ from: '/data', to: at('granted'), granted: true }],
  });
  const refused = { errno: 'EACCES' };
  const text = [Buffer.from('a'), Buffer.from('b')];
  expect(files.makeDirectory('/data/dir', 0o750)).toBeUndefined();
  expect(files.write('/data/dir/file', text, 0o640)).toBeUndefined();
  expect(files.touch('/data/dir/file', 7)).toBeUndefined();
  expect(files.stat('/data/dir/file')).toMatchObject({ kind: 'file', size: 2, mtime: 7, mode: 0o640 });
  expect(files.stat('/data/dir')).toMatchObject({ mode: 0o750 });
  expect(files.rename('/data/dir/file', '/data/moved')).toBeUndefined();
  expect(files.removeDirectory('/data/dir')).toBeUndefined();
  expect(files.statLink('/data/out')).toEqual({ errno: 'ENOENT' });
  for (const path of ['/data/out/key', '/data/out', '/data/../secret/key', at('shown', 'a'), '/etc/new']) {
    expect([path, files.write(path, text, 0o600)]).toEqual([path, refused]);
    expect([path, files.remove(path)]).toEqual([path, refused]);
    expect([path, files.rename('/data/moved', path)]).toEqual([path, refused]);
    expect([path, files.makeDirectory(path, 0o700)]).toEqual([path, refused]);
  }
  expect(files.rename('/data/moved', '/data/none/moved')).toEqual({ errno: 'ENOENT' });
  expect(files.remove('/data/moved')).toBeUndefined();
  expect(readFileSync(at('secret', 'key'), 'latin1')).toBe('key');
});
