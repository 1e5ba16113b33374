import { describe, expect, test } from 'vitest';
import { type Address, failed, type Socket } from '../../src/host/host.ts';
import { createMemoryHost, type MemoryHost } from '../../src/host/memory.ts';

const web: Address = { kind: 'ip', host: '10.0.0.7', port: 80 };

/** Writes down what happens to a socket. */
function record(socket: Socket, log: string[], name: string): Socket {
  socket.handler = {
    connected: () => log.push(`${name} connected`),
    data: (chunk) => log.push(`${name} data ${chunk.toString('latin1')}`),
    end: () => log.push(`${name} end`),
    drained: () => log.push(`${name} drained`),
    closed: (error) => log.push(`${name} closed ${error?.errno ?? 'well'}`),
  };
  return socket;
}

async function connected(host: MemoryHost): Promise<{ client: Socket; server: Socket; log: string[] }> {
  const log: string[] = [];
  let server: Socket | undefined;
  await host.network.listen(web, (socket) => {
    server = record(socket, log, 'server');
  });
  const client = record(host.network.connect(web, {}), log, 'client');
  await host.settle();
  if (!server) throw new Error('not connected');
  log.length = 0;
  return { client, server, log };
}

describe('sockets in memory', () => {
  test('deliver what is written in a turn as one chunk, later', async () => {
    const host = createMemoryHost();
    const { client, log } = await connected(host);
    client.write('a');
    client.write(Buffer.from('b'));
    expect(log).toEqual([]);
    await host.settle();
    expect(log).toEqual(['server data ab']);
  });

  test('take what is written before they are connected', async () => {
    const host = createMemoryHost();
    const log: string[] = [];
    await host.network.listen(web, (socket) => void record(socket, log, 'server'));
    const client = record(host.network.connect(web, {}), log, 'client');
    client.write('early');
    client.end();
    await host.settle();
    expect(log).toEqual(['client connected', 'server data early', 'server end']);
  });

  test('close each way apart', async () => {
    const host = createMemoryHost();
    const { client, server, log } = await connected(host);
    client.end();
    await host.settle();
    server.write('still here');
    server.end();
    await host.settle();
    expect(log).toEqual(['server end', 'client data still here', 'client end', 'server closed well', 'client closed well']);
    expect(host.network.openSockets).toBe(0);
  });

  test('press back', async () => {
    const host = createMemoryHost();
    const { client, server, log } = await connected(host);
    server.pause();
    expect(client.write(Buffer.alloc(65_536))).toBe(true);
    expect(client.write('x')).toBe(false);
    await host.settle();
    expect(log).toEqual([]);
    server.handler.data = () => {};
    server.resume();
    await host.settle();
    expect(log).toEqual(['client drained']);
  });

  test('tell of a reset, and of writing to who has gone', async () => {
    const host = createMemoryHost();
    const first = await connected(host);
    first.server.reset();
    await host.settle();
    expect(first.log).toEqual(['client closed ECONNRESET', 'server closed well']);

    host.network.fault('10.0.0.7:80', null);
    const other = { ...web, port: 81 } as const;
    const log: string[] = [];
    await host.network.listen(other, (socket) => socket.destroy());
    const client = record(host.network.connect(other, {}), log, 'client');
    await host.settle();
    expect(log).toEqual(['client connected', 'client end']);
    client.write('anyone?');
    await host.settle();
    expect(log.at(-1)).toBe('client closed ECONNRESET');
  });

  test('are refused, or lost, as told', async () => {
    const host = createMemoryHost();
    const log: string[] = [];
    record(host.network.connect(web, {}), log, 'nobody');
    await host.network.listen(web, (socket) => void record(socket, log, 'server'));
    host.network.fault('10.0.0.7:80', 'black-hole');
    record(host.network.connect(web, {}), log, 'lost');
    await host.advance(100_000);
    expect(log).toEqual([]);
    host.network.fault('10.0.0.7:80', 'refused');
    record(host.network.connect(web, {}), log, 'refused');
    await host.settle();
    expect(log).toEqual(['refused closed ECONNREFUSED']);
  });

  test('find the wildcard on this machine only', async () => {
    const host = createMemoryHost();
    const log: string[] = [];
    await host.network.listen({ kind: 'ip', host: '0.0.0.0', port: 80 }, (socket) => void record(socket, log, 'server'));
    record(host.network.connect({ kind: 'ip', host: '127.0.0.2', port: 80 }, { from: '203.0.113.7' }), log, 'local');
    record(host.network.connect(web, {}), log, 'remote');
    await host.settle();
    expect(log).toEqual(['local connected', 'remote closed ECONNREFUSED']);
    expect(failed(await host.network.listen({ kind: 'ip', host: '127.0.0.1', port: 80 }, () => {}))).toBe(true);
    expect(failed(await host.network.listen(web, () => {}))).toBe(false);
  });
});

describe('the virtual clock', () => {
  test('runs timers in order, each at its moment, with everything settled between them', async () => {
    const host = createMemoryHost({ epoch: 0 });
    const log: string[] = [];
    const note = (what: string) => log.push(`${host.clock.monotonic()} ${what}`);
    host.clock.after(20, () => note('second'));
    host.clock.after(10, () => {
      note('first');
      host.clock.soon(() => note('soon'));
      void Promise.resolve().then(() => note('promise'));
      host.clock.after(5, () => note('nested'));
    });
    const cancelled = host.clock.after(12, () => note('cancelled'));
    cancelled.cancel();
    host.clock.after(20, () => note('third'));
    await host.advance(20);
    expect(log).toEqual(['10 first', '10 promise', '10 soon', '15 nested', '20 second', '20 third']);
    expect(host.clock.now()).toBe(20);
  });

  test('lets go on what waits for no time', async () => {
    const { clock } = createMemoryHost();
    await new Promise<void>((resolve) => clock.soon(resolve));
  });
});

test('the dice fall the same way for the same seed', () => {
  const rolls = (seed: number) => {
    const { random } = createMemoryHost({ seed });
    return [random(), random(), random()];
  };
  expect(rolls(7)).toEqual(rolls(7));
  expect(rolls(7)).not.toEqual(rolls(8));
  expect(rolls(7).every((roll) => roll >= 0 && roll < 1)).toBe(true);
});

test('files in memory look like files', () => {
  const { files } = createMemoryHost();
  files.set('/www/a.txt', 'hello', 1);
  expect(files.stat('/www/a.txt')).toEqual({ kind: 'file', size: 5, mtime: 1, mode: 0o644, owner: 0 });
  expect(files.stat('/www/')).toMatchObject({ kind: 'directory' });
  expect(files.stat('/www/a.txt/')).toEqual({ errno: 'ENOTDIR' });
  expect(files.stat('/www/a.txt/b')).toEqual({ errno: 'ENOTDIR' });
  expect(files.stat('/nowhere/b')).toEqual({ errno: 'ENOENT' });
  expect(files.read('/www/../www/a.txt', 1, 3)).toEqual(Buffer.from('ell'));
  expect(files.read('/www')).toEqual({ errno: 'EISDIR' });
  expect(files.append('/www/log', 'x')).toBeUndefined();
  expect(files.list('/www')).toEqual(['a.txt', 'log']);
});

test('files in memory are changed as files are', () => {
  const { files } = createMemoryHost();
  const bytes = [Buffer.from('a'), Buffer.from('b')];
  expect(files.write('/www/a.txt', bytes, 0o600)).toEqual({ errno: 'ENOENT' });
  expect(files.makeDirectory('/www/deep')).toEqual({ errno: 'ENOENT' });
  expect(files.makeDirectory('/www')).toBeUndefined();
  expect(files.makeDirectory('/www')).toEqual({ errno: 'EEXIST' });
  expect(files.write('/www/a.txt', bytes, 0o600)).toBeUndefined();
  expect(files.touch('/www/a.txt', 7)).toBeUndefined();
  expect(files.statLink('/www/a.txt')).toEqual({ kind: 'file', size: 2, mtime: 7, mode: 0o600, owner: 0 });
  expect(files.removeDirectory('/www')).toEqual({ errno: 'ENOTEMPTY' });
  expect(files.rename('/www', '/moved')).toBeUndefined();
  expect(files.list('/www')).toEqual({ errno: 'ENOENT' });
  expect(files.stat('/moved/a.txt')).toEqual({ kind: 'file', size: 2, mtime: 7, mode: 0o600, owner: 0 });
  expect(files.rename('/moved/a.txt', '/nowhere/a.txt')).toEqual({ errno: 'ENOENT' });
  expect(files.remove('/moved')).toEqual({ errno: 'EISDIR' });
  expect(files.remove('/moved/a.txt')).toBeUndefined();
  expect(files.remove('/moved/a.txt')).toEqual({ errno: 'ENOENT' });
  expect(files.removeDirectory('/moved')).toBeUndefined();
  expect(files.list('/')).toEqual([]);
});
