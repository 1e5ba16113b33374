import { describe, expect, test } from 'vitest';
import { knownVariables } from '../../src/model/known-variables.ts';
import { handlers } from '../../src/modules/handlers.ts';
import { newestMainline } from '../../src/schema/version.ts';
import { startEngine } from '../support/engine.ts';

const fromKernel = 'the kernel knows it, and Node does not ask';
const ownOfNginx = "nginx's own, for the fields it sends to a backend by default";

/** Variables of modules that are run which have no value here, and why. */
const notServed: Readonly<Record<string, string>> = {
  proxy_internal_body_length: ownOfNginx,
  proxy_internal_chunked: ownOfNginx,
  tcpinfo_rcv_space: fromKernel,
  tcpinfo_rtt: fromKernel,
  tcpinfo_rttvar: fromKernel,
  tcpinfo_snd_cwnd: fromKernel,
  upstream_trailer_: 'trailers of backends are read and thrown away',
};

test('every variable of a module that is run has a value, or a reason', async () => {
  const run = new Set(['ngx_http_core_module', 'ngx_http_upstream_module', ...handlers.map(({ module }) => module.name)]);
  const known = knownVariables.filter(
    (one) => one.in === 'http' && !one.commercial && one.modules.some((module) => run.has(module)),
  );
  const texts = known.map(({ name, prefix }) => `location /${name} { return 200 $${name}${prefix ? 'x' : ''}; }`);
  const ng = await startEngine(`server { listen 80; ${texts.join('\n')} }`, { version: newestMainline });
  const unserved = ng.nginx.notRun.map(({ directive, why }) => (/^\$\S+ is empty/.test(why) ? directive.args[1] : why));
  expect(unserved.map((text) => text?.slice(1).replace(/_x$/, '_')).sort()).toEqual(Object.keys(notServed).sort());
});

describe('what logs show of the head', () => {
  const config = (format: string) => `
    log_format l "${format}"; access_log /log l;
    server { listen 80; server_name a.example; location / { return 204; } location /moved { return 301 /there; } }`;
  const get = (uri: string) => `GET ${uri} HTTP/1.1\r\nHost: a.example\r\n\r\n`;

  test('a connection that goes on is closed already (ngx_http_set_keepalive)', async () => {
    const ng = await startEngine(config('$sent_http_connection $sent_http_keep_alive'));
    const client = await ng.connect();
    await client.send(get('/'));
    expect([client.received.includes('Connection: keep-alive'), client.ended]).toEqual([true, false]);
    expect(ng.accessLog).toEqual(['close -']);
  });

  test('a Location is whole', async () => {
    const ng = await startEngine(config('$sent_http_location'));
    expect(await ng.ask(get('/moved'))).toContain('Location: http://a.example/there\r\n');
    expect(ng.accessLog).toEqual(['http://a.example/there']);
  });
});

test('before the head is sent, $sent_http_keep_alive tells what it will say', async () => {
  const ng = await startEngine(
    'server { listen 80; keepalive_timeout 65 20; add_header X $sent_http_keep_alive; return 200 ok; }',
  );
  expect(await ng.ask('GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toContain('\r\nX: timeout=20\r\n');
  expect(await ng.ask('GET / HTTP/1.0\r\n\r\n')).not.toContain('\r\nX:');
});
