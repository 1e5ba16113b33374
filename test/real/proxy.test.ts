import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.ts';
import { handlers } from '../../src/modules/handlers.ts';
import { type Nginx, startNginx } from '../../src/runtime/run.ts';
import { isAtLeast } from '../../src/schema/version.ts';
import { modelOf } from '../support/engine.ts';
import { describeWith } from '../support/real.ts';
import { freePorts, installedNginx, type RealNginx, startRealNginx } from '../support/real-nginx.ts';
import { gatewayCases } from './gateway-cases.ts';
import { type Case, ok, cases as proxyCases } from './proxy-cases.ts';

/*
 * The same requests go through nginx and through us, to the same backends: what backends get and what clients get must
 * be the same bytes. B1 and B2 in a configuration are backends, DEAD is a port where nobody listens.
 */

const cases: Readonly<Record<string, Case>> = { ...proxyCases, ...gatewayCases };

describeWith('nginx', 'proxy_pass and its like as nginx does it', () => {
  const version = installedNginx() ?? '';
  const names = Object.keys(cases);
  let backends: [Backend, Backend];
  let real: RealNginx;
  let ours: Nginx;
  let port = 0;

  beforeAll(async () => {
    backends = [await startBackend(), await startBackend()];
    const [dead = 0, own = 0] = await freePorts(2);
    port = own;
    const config = names
      .map((name, i) => `${cases[name]?.before ?? ''}\nserver { listen PORT; server_name case${i}; ${cases[name]?.server} }`)
      .join('\n');
    const http = withPorts(config, dead);
    real = await startRealNginx(http);
    const started = await startNginx(modelOf(http.replaceAll('PORT', `127.0.0.1:${own}`)), createNodeHost(), {
      nginxVersion: version,
      rooms: handlers,
    });
    if (!started.value) throw new Error(started.diagnostics.map(({ message }) => message).join('\n'));
    ours = started.value;
  }, 30_000);
  afterAll(async () => {
    await ours?.stop();
    await real?.stop();
    for (const { server } of backends) server.close();
  });

  function withPorts(text: string, dead = 0): string {
    const [one, two] = backends.map(({ port: at }) => `127.0.0.1:${at}`);
    return text
      .replaceAll('B1', one ?? '')
      .replaceAll('B2', two ?? '')
      .replaceAll('DEAD', `127.0.0.1:${dead}`);
  }

  async function through(at: number, i: number): Promise<{ asked: string[]; answer: string }> {
    const { request, answers = [ok] } = cases[names[i] as string] as Case;
    const asked: string[] = [];
    const left = answers.map((text) => withPorts(text));
    for (const backend of backends) backend.play = { asked, next: () => (left.length > 1 ? left.shift() : left[0]) ?? '' };
    const [head = '', ...body] = request.split('\r\n\r\n');
    const [line = '', ...fields] = head.split('\r\n');
    const http = / HTTP\//.test(line) ? line : `${line} HTTP/1.1`;
    const text = `${[http, `Host: case${i}`, 'Connection: close', ...fields].join('\r\n')}\r\n\r\n${body.join('\r\n\r\n')}`;
    const received = await talk(at, text);
    return {
      asked,
      answer: received
        .replace(/^Date: \w{3}, .*$/m, 'Date: now')
        .replaceAll(`:${at}/`, ':PORT/')
        .replaceAll(String(at), 'PORT'),
    };
  }

  for (const [i, name] of names.entries()) {
    if (!isAtLeast(version, cases[name]?.since ?? '0.1')) continue;
    it(name, async () => {
      const theirs = await through(real.port, i);
      expect(await through(port, i)).toEqual(theirs);
    });
  }
});

interface Backend {
  readonly server: Server;
  readonly port: number;
  play: { readonly asked: string[]; readonly next: () => string };
}

/** Reads a whole request, writes an answer, closes. What is no HTTP is whole when nothing more comes. */
async function startBackend(): Promise<Backend> {
  const server = createServer((socket) => {
    let received = '';
    let quiet: NodeJS.Timeout | undefined;
    const answer = () => {
      backend.play.asked.push(received);
      socket.end(backend.play.next(), 'latin1');
    };
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (chunk: string) => {
      received += chunk;
      clearTimeout(quiet);
      if (!/^[A-Z]/.test(received)) {
        quiet = setTimeout(answer, 20);
        return;
      }
      const head = received.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, head + 2))?.[1] ?? 0);
      if (head < 0 || received.length < head + 4 + (/^(GET|HEAD) /.test(received) ? 0 : length)) return;
      answer();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const backend: Backend = { server, port: (server.address() as AddressInfo).port, play: { asked: [], next: () => '' } };
  return backend;
}

function talk(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
}
