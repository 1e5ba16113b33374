import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createMemoryHost } from '../../src/host/memory.ts';
import { handlers } from '../../src/modules/handlers.ts';
import { loadSource } from '../../src/run/source.ts';
import type { LogSink } from '../../src/runtime/log.ts';
import { type Nginx, startNginx } from '../../src/runtime/run.ts';

let nginx: Nginx | null = null;

afterEach(() => nginx?.stop());

/** A server with these lines, and all that it logs. */
async function serve(lines: string) {
  const host = createMemoryHost();
  const written: string[] = [];
  const logs: LogSink = {
    error: (level) => void written.push(`process ${level}`),
    errorTo: (path, line) => void written.push(`${path} ${/\[\w+\] \d+#0: .*?,/.exec(line)?.[0]}`),
    access: (path, text) => void written.push(`${path} ${text}`),
    syslog: ({ server, facility, tag }, severity, text) =>
      void written.push(`${server.addresses?.[0]} ${facility}.${severity} ${tag} ${text.slice(-40)}`),
  };
  const config = `http { log_format short "$uri"; server { listen 80; root /www; access_log off; ${lines} } } events {}`;
  const { model, errors } = loadSource({ files: { 'nginx.conf': config } }, '1.28.0');
  expect(errors).toEqual([]);
  const { value } = await startNginx(model, host, { nginxVersion: '1.28.0', rooms: handlers, logs, prefix: '/etc/nginx/' });
  if (!value) throw new Error('not started');
  nginx = value;
  const get = async (path: string) => {
    const socket = host.network.connect({ kind: 'ip', host: '127.0.0.1', port: 80 }, {});
    socket.handler = { data() {}, end() {}, closed() {} };
    socket.write(`GET ${path} HTTP/1.0\r\n\r\n`);
    await host.settle();
    return written.splice(0);
  };
  return { host, get, written, nginx: value };
}

test('a location has error logs of its own, each with its level', async () => {
  const { get } = await serve(`
    location /own { error_log own.log; error_log stderr crit; error_log other.log info; }
    location /crit { error_log own.log crit; }
    location /outer { }`);
  const missing = '[error] 1#0: *1 open() "/www/own" failed (2: No such file or directory),';
  expect(await get('/own')).toEqual([`/etc/nginx/own.log ${missing}`, `/etc/nginx/other.log ${missing}`]);
  expect(await get('/crit')).toEqual([]);
  expect(await get('/outer')).toEqual(['process error']);
});

test('syslog gets lines of both logs; errors bring their own severity', async () => {
  const { get } = await serve(`
    location /error { error_log syslog:server=10.0.0.9,facility=user,severity=alert,tag=web; }
    location /access { return 200; access_log syslog:severity=alert,server=10.0.0.9:1514 short; }`);
  expect(await get('/error')).toEqual([expect.stringMatching(/^10\.0\.0\.9:514 1\.3 web .*request: "GET \/error HTTP\/1.0"$/)]);
  expect(await get('/access')).toEqual(['10.0.0.9:1514 23.1 nginx /access']);
});

test('lines wait for the buffer to fill, for time to pass, or for the end', async () => {
  const {
    get,
    host,
    written,
    nginx: started,
  } = await serve(`
    location / { return 200; access_log a.log short buffer=16 flush=5s; }
    location /if { return 200; access_log a.log short buffer=16 flush=5s if=$arg_x; }
    location /long { return 200; access_log b.log short buffer=4; }
    location /kept { return 200; access_log c.log short buffer=1k; }`);
  expect(await get('/123456')).toEqual([]);
  expect(await get('/if')).toEqual([]);
  expect(await get('/if?x=1')).toEqual([]);
  expect(await get('/7890')).toEqual(['a.log /123456\n/if\n']);
  await host.advance(4999);
  expect(written.splice(0)).toEqual([]);
  await host.advance(1);
  expect(written.splice(0)).toEqual(['a.log /7890\n']);
  expect(await get('/long')).toEqual(['b.log /long\n']);
  expect(await get('/kept')).toEqual([]);
  started.logs.flush();
  expect(written.splice(0)).toEqual(['c.log /kept\n']);
});

test('what is held back may be compressed', async () => {
  const { get, nginx: started, written } = await serve('location / { return 200; access_log z.gz short gzip=9; }');
  expect(await get('/one')).toEqual([]);
  expect(await get('/two')).toEqual([]);
  started.logs.flush();
  const [line = ''] = written.splice(0);
  expect(gunzipSync(Buffer.from(line.slice('z.gz '.length), 'latin1')).toString()).toBe('/one\n/two\n');
});

test('a name with variables is a file while the document root is there', async () => {
  const { get, host } = await serve('location / { return 200; access_log /log/$arg_a.log short; }');
  await get('/none?a=x');
  expect(host.files.stat('/log/x.log')).toEqual({ errno: 'ENOENT' });
  host.files.directory('/www');
  await get('/one?a=x');
  await get('/two?a=x');
  expect(String(host.files.read('/log/x.log'))).toBe('/one\n/two\n');
});
