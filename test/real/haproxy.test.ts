import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/run/run.ts';
import { type CompileCase, compileCases } from '../support/compile-cases.ts';
import { nginxc } from '../support/nginxc.ts';
import { describeWith } from '../support/real.ts';

describeWith('haproxy', 'HAProxy', (haproxy) => {
  const directory = mkdtempSync(join(tmpdir(), 'haproxy-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  describe('takes', () => {
    beforeAll(() => makeCertificates(directory, ['certs/www.crt', 'certs/api/fullchain.pem']));

    test.each(compileCases('expected.haproxy.cfg'))('$name', ({ name, directory: at }) => {
      const text = readFileSync(join(at, 'expected.haproxy.cfg'), 'utf8');
      // A file of backends alone is half a configuration: somebody has to listen.
      const whole = /^(?:frontend|listen) /m.test(text) ? text : `${text}\nfrontend somebody\n    bind 127.0.0.1:80\n`;
      writeFileSync(join(directory, `${name}.cfg`), whole);
      const { status, stderr } = spawnSync(haproxy, ['-c', '-q', '-f', `${name}.cfg`], { cwd: directory, encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      const warnings = stderr
        .split('\n')
        .filter((line) => line.includes('[WARNING]') && !line.includes('could not resolve address'));
      expect(warnings).toEqual([]);
    });
  });

  describe('answers as nginxrun does', () => {
    test.each(compileCases('requests.txt'))('$name', { timeout: 30_000 }, async (one) => {
      const script = readScript(readFileSync(join(one.directory, 'requests.txt'), 'utf8'));
      const { stdout } = await nginxc(['haproxy', one.file, '--gaps', 'json'], { cwd: one.directory });
      const gaps = new Set<string>(JSON.parse(stdout).gaps.map(({ id }: { id: string }) => id));
      const [ours, theirs] = [await askNginxrun(one, script), await askHaproxy(one, script, haproxy, directory)];
      for (const [index, { line, gap }] of script.requests.entries()) {
        if (gap === undefined) expect(theirs[index], line).toEqual(ours[index]);
        else {
          expect(gaps, line).toContain(gap);
          expect(theirs[index], `${line} is answered alike after all`).not.toEqual(ours[index]);
        }
      }
    });
  });
});

interface Scripted {
  readonly line: string;
  readonly port: number;
  readonly bytes: string;
  /** The gap that explains why the answers differ. */
  readonly gap: string | undefined;
}

interface Script {
  readonly requests: readonly Scripted[];
  readonly down: readonly string[];
  readonly failing: readonly string[];
}

/** Lines `METHOD URL | Field: value … # gap`, `down ADDRESS`, `503 ADDRESS`. */
function readScript(text: string): Script {
  const lines = text.split('\n').filter((line) => line !== '');
  const named = (word: string) => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const requests = lines.filter((line) => /^[A-Z]/.test(line)).map(readRequest);
  return { requests, down: named('down'), failing: named('503') };
}

function readRequest(line: string): Scripted {
  const [words = '', gap] = line.split(' # ');
  const [head = '', ...fields] = words.split(' | ');
  const [, method, host = '', port = '80', path = '/'] = /^(\S+) http:\/\/([^/:]*)(?::(\d+))?(\/.*)$/.exec(head) ?? [];
  const body = fields.find((field) => field.startsWith('Body: '))?.slice(6) ?? '';
  const sent = fields.filter((field) => !/^(?:Body|Connection): /.test(field));
  const hostField = `Host: ${head.split('/')[2]}`;
  expect(host).not.toBe('');
  const bytes = `${[`${method} ${path} HTTP/1.1`, hostField, ...sent, 'Connection: close', '', ''].join('\r\n')}${body}`;
  return { line, port: Number(port), bytes, gap };
}

/** What a request led to: the answer, and what the back end was asked. */
interface Led {
  readonly status: number;
  readonly fields: readonly string[];
  readonly group: readonly string[];
  readonly asked: unknown;
}

const compared = /^(?:location|set-cookie|strict-transport-security|x-(?!got$|backend$).*)$/;

/** A back end tells in its answer who it is and what it was asked; fields of the request say what it shall answer. */
function answerOf(
  address: string,
  failing: readonly string[],
  asked: { method: string; uri: string; headers: readonly (readonly [string, string])[] },
) {
  const field = (name: string) => asked.headers.find(([own]) => own.toLowerCase() === name)?.[1];
  const [location, cookie] = [field('x-location'), field('x-cookie-sent')];
  // Fields of one name are one list, however many lines they take (RFC 9110 5.3).
  const told = new Map<string, string>();
  for (const [name, value] of asked.headers) {
    const lower = name.toLowerCase();
    const before = told.get(lower);
    if (!/^(?:connection|content-length|transfer-encoding)$/.test(lower))
      told.set(lower, before === undefined ? value : `${before}, ${value}`);
  }
  const got = { method: asked.method, uri: asked.uri, headers: [...told].map(([name, value]) => `${name}: ${value}`).sort() };
  return {
    status: failing.includes(address) ? 503 : Number(field('x-status') ?? 200),
    headers: {
      'X-Backend': address,
      'X-Got': Buffer.from(JSON.stringify(got)).toString('base64'),
      'X-Secret': 'of the back end',
      ...(location === undefined ? {} : { Location: location }),
      ...(cookie === undefined ? {} : { 'Set-Cookie': cookie }),
    },
  };
}

function ledTo(raw: string, config: string): Led {
  const [head = ''] = raw.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const fields = lines.map((line) => [line.replace(/:.*/s, '').toLowerCase(), line.replace(/^[^:]*: */, '')] as const);
  const value = (name: string) => fields.find(([own]) => own === name)?.[1];
  const [got, backend] = [value('x-got'), value('x-backend')];
  return {
    status: Number(first.split(' ')[1]),
    fields: fields
      .filter(([name]) => compared.test(name))
      .map(([name, text]) => `${name}: ${text}`)
      .sort(),
    group: backend === undefined ? [] : groupsWith(config, backend),
    asked: got === undefined ? null : JSON.parse(Buffer.from(got, 'base64').toString()),
  };
}

/** The upstreams that a server is in; the server itself where it is in none. */
function groupsWith(config: string, address: string): readonly string[] {
  const groups = [...config.matchAll(/upstream (\S+) \{(.*?)\}/gs)].filter(([, , inside = '']) =>
    inside.includes(`server ${address}`),
  );
  return groups.length === 0 ? [address] : groups.map(([, name = '']) => name);
}

function addressesIn(config: string): readonly string[] {
  return [...new Set([...config.matchAll(/\b10\.0\.\d+\.\d+:\d+/g)].map(([address]) => address))];
}

async function askNginxrun({ directory, file }: CompileCase, { requests, down, failing }: Script): Promise<readonly Led[]> {
  const config = readFileSync(join(directory, file), 'latin1');
  const backends = Object.fromEntries(
    addressesIn(config).map((address) => [
      address,
      ({ method, uri, headers }: { method: string; uri: string; headers: readonly (readonly [string, string])[] }) =>
        answerOf(address, failing, { method, uri, headers }),
    ]),
  );
  const nginx = await run({ files: { 'nginx.conf': config } }, { clock: 'virtual', backends });
  try {
    for (const address of down) nginx.backend(address).down();
    const answers: Led[] = [];
    for (const { bytes, port } of requests)
      answers.push(ledTo((await nginx.send(bytes, { port })).raw.toString('latin1'), config));
    return answers;
  } finally {
    await nginx.stop();
  }
}

async function askHaproxy(
  { directory, file, name }: CompileCase,
  { requests, down, failing }: Script,
  haproxy: string,
  scratch: string,
): Promise<readonly Led[]> {
  const config = readFileSync(join(directory, file), 'latin1');
  const servers = new Map<string, Server>();
  let child: ChildProcess | undefined;
  try {
    for (const address of addressesIn(config)) if (!down.includes(address)) servers.set(address, await backEnd(address, failing));
    const { stdout } = await nginxc(['haproxy', file], { cwd: directory });
    const binds = [...new Set([...stdout.matchAll(/^ +bind (\S+)/gm)].map(([, bind = '']) => bind))];
    const ports = await freePorts(binds.length + 1);
    const closed = ports[binds.length];
    const placed = stdout
      .replace(
        /^( +bind )(\S+)(?: v6only)?/gm,
        (_, start: string, bind: string) => `${start}127.0.0.1:${ports[binds.indexOf(bind)]}`,
      )
      .replace(
        /^( +server \S+ )(\S+)/gm,
        (_, start: string, address: string) => `${start}127.0.0.1:${portOf(servers.get(address)) ?? closed}`,
      );
    const path = join(scratch, `${name}.run.cfg`);
    writeFileSync(path, placed);
    child = spawn(haproxy, ['-db', '-f', path], { stdio: 'ignore' });
    await accepting(ports[0] ?? 0);
    const answers: Led[] = [];
    for (const { bytes, port } of requests) answers.push(ledTo(await ask(ports[binds.indexOf(`*:${port}`)] ?? 0, bytes), config));
    return answers;
  } finally {
    child?.kill('SIGKILL');
    for (const server of servers.values()) {
      server.closeAllConnections();
      server.close();
    }
  }
}

function portOf(server: Server | undefined): number | undefined {
  return server && (server.address() as AddressInfo).port;
}

function backEnd(address: string, failing: readonly string[]): Promise<Server> {
  const server = createServer(({ method = '', url = '', rawHeaders }, response) => {
    const headers = rawHeaders.flatMap((word, index) => (index % 2 === 0 ? [[word, rawHeaders[index + 1] ?? ''] as const] : []));
    const answer = answerOf(address, failing, { method, uri: url, headers });
    response.writeHead(answer.status, answer.headers).end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createSocketServer();
      return new Promise<typeof server>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Waits until somebody listens on a port. */
async function accepting(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => setTimeout(resolve, 10, false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
  }
  throw new Error('HAProxy does not listen');
}

function ask(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => (received += text));
    socket.on('error', () => resolve(received));
    socket.on('close', () => resolve(received));
  });
}

/** Certificates of nobody, with their keys where HAProxy looks for them. */
function makeCertificates(directory: string, paths: readonly string[]): void {
  for (const path of paths) {
    const key = path.endsWith('.crt') ? path.replace(/crt$/, 'key') : `${path}.key`;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    const words = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=example.com',
      '-keyout',
      key,
      '-out',
      path,
    ];
    expect(spawnSync('openssl', words, { cwd: directory }).status).toBe(0);
  }
}
