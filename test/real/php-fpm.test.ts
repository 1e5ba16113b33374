import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNodeHost } from '../../src/host/node.ts';
import { handlers } from '../../src/modules/handlers.ts';
import { type Nginx, startNginx } from '../../src/runtime/run.ts';
import { modelOf } from '../support/engine.ts';
import { describeWith, find } from '../support/real.ts';
import { freePorts, installedNginx, type RealNginx, startRealNginx } from '../support/real-nginx.ts';

/*
 * PHP scripts run by php-fpm, asked through nginx and through us: the answers must be the same bytes.
 */

const scripts = {
  'show.php':
    '<?php header("Content-Type: text/plain"); ksort($_SERVER); foreach ($_SERVER as $k => $v) if (is_string($v) && !preg_match("/^(REMOTE_PORT|SERVER_PORT|REQUEST_TIME|USER|HOME|FCGI_ROLE|PHP_SELF_X)/", $k)) echo "$k=$v\\n"; echo file_get_contents("php://input");',
  'status.php': '<?php http_response_code(418); header("X-A: b"); setcookie("a", "b"); echo "teapot";',
  'redirect.php': '<?php header("Location: /elsewhere"); echo "gone";',
  'big.php': '<?php for ($i = 0; $i < 5000; $i++) echo str_repeat("x", 99), "\\n";',
  'length.php': '<?php header("Content-Length: 5"); echo "hello";',
  'nothing.php': '<?php http_response_code(204);',
  'header.php': '<?php header("X-Big: " . str_repeat("y", 5000)); echo "x";',
  'accel.php': '<?php header("X-Accel-Redirect: /show.php?from=accel"); echo "not seen";',
  'index.php': '<?php echo "index ", $_SERVER["SCRIPT_NAME"];',
};

const params = [
  'QUERY_STRING $query_string',
  'REQUEST_METHOD $request_method',
  'CONTENT_TYPE $content_type',
  'CONTENT_LENGTH $content_length',
  'SCRIPT_NAME $fastcgi_script_name',
  'REQUEST_URI $request_uri',
  'DOCUMENT_URI $document_uri',
  'DOCUMENT_ROOT $document_root',
  'SERVER_PROTOCOL $server_protocol',
  'REQUEST_SCHEME $scheme',
  'HTTPS $https if_not_empty',
  'GATEWAY_INTERFACE CGI/1.1',
  'REMOTE_ADDR $remote_addr',
  'SERVER_ADDR $server_addr',
  'SERVER_NAME $server_name',
  'REDIRECT_STATUS 200',
  'SCRIPT_FILENAME $document_root$fastcgi_script_name',
  'PATH_INFO $fastcgi_path_info',
  'EMPTY "" if_not_empty',
  'KEPT ""',
  'HTTP_X_REPLACED mine',
  'HTTP_X_REMOVED ""',
]
  .map((param) => `fastcgi_param ${param};`)
  .join('\n');

const requests: Record<string, string> = {
  show: 'GET /show.php?a=b%20c HTTP/1.1\r\nX-One: 1\r\nx-one: 2\r\nCookie: a=1\r\nCookie: b=2\r\nX-Replaced: theirs\r\nX-Removed: theirs\r\nAccept: */*',
  'path info': 'GET /show.php/some/path?x HTTP/1.1',
  post: 'POST /show.php HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n\r\nhello there',
  'big post': `POST /show.php HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n${'z'.repeat(100_000)}`,
  'chunked post':
    'POST /show.php HTTP/1.1\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  status: 'GET /status.php HTTP/1.1',
  redirect: 'GET /redirect.php HTTP/1.1',
  big: 'GET /big.php HTTP/1.1',
  'big to HTTP/1.0': 'GET /big.php HTTP/1.0',
  length: 'GET /length.php HTTP/1.1',
  head: 'HEAD /length.php HTTP/1.1',
  nothing: 'GET /nothing.php HTTP/1.1',
  'too big a header': 'GET /header.php HTTP/1.1',
  'not there': 'GET /none.php HTTP/1.1',
  'kept connections': 'GET /keep/show.php HTTP/1.1',
  'kept connections again': 'GET /keep/length.php HTTP/1.1',
  index: 'GET /dir/ HTTP/1.1',
  'accel redirect': 'GET /accel.php HTTP/1.1',
  'nobody listens': 'GET /dead.php HTTP/1.1',
};

describeWith('php-fpm', 'fastcgi_pass to php-fpm', (fpm) => {
  if (!find('nginx')) return;
  const directory = mkdtempSync(join(tmpdir(), 'fpm-'));
  const socket = join(directory, 'fpm.sock');
  let child: ChildProcess;
  let real: RealNginx;
  let ours: Nginx;
  let port = 0;

  beforeAll(async () => {
    for (const [name, text] of Object.entries(scripts)) writeFileSync(join(directory, name), text);
    writeFileSync(
      join(directory, 'fpm.conf'),
      `[global]\nerror_log = ${directory}/log\ndaemonize = no\n[www]\nuser = ${process.getuid?.() === 0 ? 'root' : (process.env.USER ?? 'nobody')}\nlisten = ${socket}\nlisten.mode = 0666\npm = static\npm.max_children = 2\n`,
    );
    child = spawn(fpm, ['-n', '-F', '-R', '-y', join(directory, 'fpm.conf')], { stdio: 'ignore' });
    while (!(await reaches(socket))) if (child.exitCode !== null) throw new Error('php-fpm did not start');
    const http = `
      upstream kept { server unix:${socket}; keepalive 1; }
      server { listen PORT; server_name fpm.test; root ${directory}; fastcgi_index index.php;
        ${params}
        fastcgi_split_path_info ^(.+\\.php)(/.*)$;
        location ~ \\.php(/|$) { fastcgi_pass unix:${socket}; }
        location /keep/ { rewrite ^/keep(/.*)$ $1 break; fastcgi_pass kept; fastcgi_keep_conn on; }
        location /dir/ { fastcgi_param SCRIPT_FILENAME $document_root/index.php; fastcgi_param SCRIPT_NAME $fastcgi_script_name; fastcgi_param REQUEST_METHOD GET; fastcgi_pass unix:${socket}; }
        location = /dead.php { fastcgi_pass unix:${directory}/nobody.sock; } }`;
    real = await startRealNginx(http);
    [port = 0] = await freePorts(1);
    const started = await startNginx(modelOf(http.replaceAll('PORT', `127.0.0.1:${port}`)), createNodeHost(), {
      nginxVersion: installedNginx() ?? '',
      rooms: handlers,
    });
    if (!started.value) throw new Error(started.diagnostics.map(({ message }) => message).join('\n'));
    ours = started.value;
  }, 30_000);
  afterAll(async () => {
    await ours?.stop();
    await real?.stop();
    child?.kill('SIGTERM');
    await once(child, 'exit');
    if (existsSync(directory)) rmSync(directory, { recursive: true, force: true });
  });

  for (const [name, request] of Object.entries(requests)) {
    it(name, async () => expect(await ask(port, request)).toBe(await ask(real.port, request)));
  }
});

async function ask(port: number, request: string): Promise<string> {
  const [line = '', ...rest] = request.split('\r\n');
  const text = `${[line, 'Host: fpm.test', 'Connection: close', ...rest].join('\r\n')}${request.includes('\r\n\r\n') ? '' : '\r\n\r\n'}`;
  const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
  let received = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
  });
  await once(socket, 'close');
  const answer = received.replace(/^Date: .*$/m, 'Date: now').replaceAll(`:${port}/`, '/');
  return /^Transfer-Encoding: chunked/m.test(answer) ? unchunked(answer) : answer;
}

/** How PHP's output is cut into pieces is chance. */
function unchunked(answer: string): string {
  const at = answer.indexOf('\r\n\r\n') + 4;
  let body = '';
  for (let from = at; ; ) {
    const line = answer.indexOf('\r\n', from);
    const size = Number.parseInt(answer.slice(from, line), 16);
    if (!size) return answer.slice(0, at) + body;
    body += answer.slice(line + 2, line + 2 + size);
    from = line + 4 + size;
  }
}

function reaches(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => setImmediate(resolve, false));
  });
}
