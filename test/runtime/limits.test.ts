import { describe, expect, test } from 'vitest';
import { modelOf, startEngine } from '../support/engine.ts';

/* What limit_req and limit_conn do over time, on a virtual clock. */

const request = (uri: string) => `GET ${uri} HTTP/1.0\r\n\r\n`;
const answer = 'location / { try_files /none =204; }';

describe('limit_req', () => {
  test('delays what is above the rate, says so, and lets time pass', async () => {
    const ng = await startEngine(
      `limit_req_zone $arg_k zone=z:64k rate=2r/s;
       server { listen 80; limit_req zone=z burst=2; limit_req_log_level error; ${answer} }`,
    );
    ng.nginx.logs.setLevel('info');
    const first = await ng.connect();
    await first.send(request('/?k=a'));
    expect(first.received).toContain(' 204 ');
    const second = await ng.connect();
    const third = await ng.connect();
    const fourth = await ng.connect();
    await second.send(request('/?k=a'));
    await third.send(request('/?k=a'));
    await fourth.send(request('/?k=a'));
    expect([second.received, third.received]).toEqual(['', '']);
    expect(fourth.received).toContain(' 503 ');
    await ng.host.advance(499);
    expect(second.received).toBe('');
    await ng.host.advance(1);
    expect(second.received).toContain(' 204 ');
    await ng.host.advance(499);
    expect(third.received).toBe('');
    await ng.host.advance(1);
    expect(third.received).toContain(' 204 ');
    expect(ng.errors.map((line) => /\[.*?by zone "z"/.exec(line)?.[0].replace(/\d+#0: \*\d+ /, ''))).toEqual([
      '[warn] delaying request, excess: 1.000, by zone "z"',
      '[warn] delaying request, excess: 2.000, by zone "z"',
      '[error] limiting requests, excess: 3.000 by zone "z"',
    ]);
  });

  test('a client that leaves while it is delayed is 499', async () => {
    const ng = await startEngine(
      `log_format s $status; access_log /log s; limit_req_zone k zone=z:64k rate=1r/m;
       server { listen 80; limit_req zone=z burst=1; ${answer} }`,
    );
    await ng.ask(request('/'));
    const client = await ng.connect();
    await client.send(request('/'));
    await client.finish();
    expect(ng.accessLog).toEqual(['204', '499']);
  });

  test('delay= waits only above it', async () => {
    const ng = await startEngine(
      `limit_req_zone k zone=z:64k rate=1r/s; server { listen 80; limit_req zone=z burst=5 delay=1; ${answer} }`,
    );
    expect(await ng.ask(request('/'))).toContain(' 204 ');
    expect(await ng.ask(request('/'))).toContain(' 204 ');
    const late = await ng.connect();
    await late.send(request('/'));
    expect(late.received).toBe('');
    await ng.host.advance(1000);
    expect(late.received).toContain(' 204 ');
  });

  test('a zone outlives a reload, unless its size changes', async () => {
    const config = (size: string) =>
      `limit_req_zone k zone=z:${size} rate=1r/m; server { listen 80; limit_req zone=z; ${answer} }`;
    const ng = await startEngine(config('64k'));
    expect(await ng.ask(request('/'))).toContain(' 204 ');
    await ng.nginx.reload(modelOf(config('64k')));
    expect(await ng.ask(request('/'))).toContain(' 503 ');
    await ng.nginx.reload(modelOf(config('128k')));
    expect(await ng.ask(request('/'))).toContain(' 204 ');
    const diagnostics = await ng.nginx.reload(modelOf(config('128k').replace('zone k', 'zone $uri')));
    expect(diagnostics.map(({ nginx }) => nginx)).toEqual([
      'limit_req "z" uses the "$uri" key while previously it used the "k" key',
    ]);
    expect(await ng.ask(request('/'))).toContain(' 503 ');
  });

  test('a full zone forgets the oldest key', async () => {
    const ng = await startEngine(`limit_req_zone $arg_k zone=z:32k rate=1r/m; server { listen 80; limit_req zone=z; ${answer} }`);
    // Pieces of 4096 bytes: the zone has seven pages, two of them are taken by the zone itself.
    const long = 'x'.repeat(3000);
    for (const key of ['0', '1', '2', '3', '4', '5']) expect(await ng.ask(request(`/?k=${key}${long}`))).toContain(' 204 ');
    expect(await ng.ask(request(`/?k=5${long}`))).toContain(' 503 ');
    expect(await ng.ask(request(`/?k=0${long}`))).toContain(' 204 ');
  });
});

describe('limit_conn', () => {
  test('a zone outlives a reload while old requests run', async () => {
    const config = `limit_conn_zone k zone=c:64k;
      server { listen 80; limit_conn c 1; limit_conn_log_level warn; client_max_body_size 1m;
               location / { proxy_pass http://127.0.0.1:81; } }
      server { listen 81; location / { return 200 here; } }`;
    const ng = await startEngine(config);
    const slow = await ng.connect();
    await slow.send('POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\na');
    ng.nginx.logs.setLevel('warn');
    await ng.nginx.reload(modelOf(config));
    expect(await ng.ask(request('/'))).toContain(' 503 ');
    expect(ng.errors.at(-1)).toContain('limiting connections by zone "c", client: 127.0.0.1');
    await slow.send('b');
    expect(slow.received).toContain('here');
    expect(await ng.ask(request('/'))).toContain(' 200 ');
  });
});
