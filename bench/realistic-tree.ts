import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dice, type Random } from './dice.ts';

/** What `writeTree` has written. */
export interface Tree {
  /** The nginx.conf that includes the rest. */
  readonly root: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes the configuration of a large hosting gateway below `folder`, always the same: an nginx.conf, snippets that every site
 * includes, a file of maps and zones, and one file for each of `sites` sites. nginx accepts it.
 */
export function writeTree(folder: string, sites: number): Tree {
  const random = dice(7);
  const texts = new Map<string, string>([
    ['nginx.conf', nginxConf],
    ['snippets/proxy.conf', proxySnippet],
    ['snippets/static.conf', staticSnippet],
    ['snippets/security.conf', securitySnippet],
    ['conf.d/maps.conf', maps()],
  ]);
  for (let at = 1; at <= sites; at++) texts.set(`sites-enabled/site${at}.conf`, site(at, random));
  for (const directory of ['snippets', 'conf.d', 'sites-enabled']) mkdirSync(join(folder, directory), { recursive: true });
  let bytes = 0;
  for (const [name, text] of texts) {
    writeFileSync(join(folder, name), text);
    bytes += text.length;
  }
  return { root: join(folder, 'nginx.conf'), files: texts.size, bytes };
}

const nginxConf = `worker_processes auto;
error_log /dev/null crit;
pid /tmp/nginx-bench.pid;

events {
    worker_connections 16384;
}

http {
    server_tokens off;
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_timeout 65s;
    client_max_body_size 16m;
    types_hash_max_size 2048;
    server_names_hash_max_size 65536;
    server_names_hash_bucket_size 128;
    variables_hash_max_size 4096;
    proxy_headers_hash_max_size 1024;
    resolver 127.0.0.53 valid=30s;
    gzip on;
    gzip_types text/css application/javascript application/json image/svg+xml;

    include conf.d/*.conf;
    include sites-enabled/*.conf;
}
`;

const proxySnippet = `# What every back end is told about its client.
proxy_http_version 1.1;
proxy_set_header Host $host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header Connection "";
proxy_connect_timeout 5s;
proxy_read_timeout 60s;
proxy_next_upstream error timeout http_502;
`;

const staticSnippet = `expires 30d;
add_header Cache-Control "public, immutable";
log_not_found off;
`;

const securitySnippet = `location ~ /\\.(?!well-known) {
    deny all;
}
`;

function maps(): string {
  const agents = Array.from({ length: 40 }, (_, at) => `    "~*robot${at}/[0-9]+" 1;\n`).join('');
  const networks = Array.from({ length: 60 }, (_, at) => `    10.${at}.0.0/16 office${at % 7};\n`).join('');
  return `map $http_upgrade $connection_upgrade {
    default upgrade;
    ''      close;
}

map $http_user_agent $is_robot {
    default 0;
${agents}}

geo $network {
    default elsewhere;
${networks}}

limit_req_zone $binary_remote_addr zone=perip:10m rate=20r/s;
limit_conn_zone $binary_remote_addr zone=conns:10m;
`;
}

function site(at: number, random: Random): string {
  const locations = Array.from({ length: 8 + random(8) }, (_, part) => location(at, part, random));
  return `# Site ${at}: owned by team ${random(40)}, moved here by ticket OPS-${1000 + random(9000)}.
upstream site${at} {
    ${['least_conn;', 'ip_hash;', 'hash $request_uri consistent;', '# round robin'][random(4)]}
${Array.from({ length: 2 + random(5) }, (_, peer) => peerLine(at, peer, random)).join('')}    keepalive ${8 * (1 + random(8))};
}

server {
    listen ${80 + (random(4) === 0 ? 8000 : 0)};
    server_name site${at}.example.com www.site${at}.example.com *.site${at}.example.net;
    root /srv/www/site${at}/public;
    index index.html index.php;
    charset utf-8;

    set $tenant site${at};
    if ($is_robot) {
        return 429;
    }

    include snippets/security.conf;

${locations.join('\n')}
    location = /health {
        access_log off;
        return 200 "ok\\n";
    }

    error_page 500 502 503 504 /50x.html;
    location = /50x.html {
        internal;
    }
}
`;
}

function peerLine(at: number, peer: number, random: Random): string {
  const parameters = ['', ' weight=3', ' max_fails=3 fail_timeout=10s', ' max_conns=200'][random(4)] ?? '';
  return `    server 10.${at % 200}.${random(250)}.${peer + 1}:${8000 + random(90)}${parameters};\n`;
}

function location(at: number, part: number, random: Random): string {
  const head = [`/app${part}/`, `^~ /assets${part}/`, `~* ^/api${part}/(?<id${part}>[0-9a-f]+)$`, `/files${part}/`][part % 4];
  const body = [
    `        include snippets/proxy.conf;
        limit_req zone=perip burst=${10 + random(40)} nodelay;
        proxy_pass http://site${at};
`,
    `        include snippets/static.conf;
        try_files $uri $uri/ =404;
`,
    `        # The id is checked by the application, and again by the back end.
        include snippets/proxy.conf;
        proxy_set_header X-Entity $id${part};
        proxy_buffers 8 16k;
        proxy_buffer_size 16k;
        rewrite ^/api${part}/(.*)$ /v2/$1 break;
        proxy_pass http://site${at};
`,
    `        limit_conn conns ${5 + random(30)};
        alias /srv/files/site${at}/${part}/;
        autoindex ${random(2) ? 'on' : 'off'};
        allow 10.${random(250)}.0.0/16;
        deny all;
`,
  ][part % 4];
  return `    location ${head} {\n${body}    }\n`;
}
