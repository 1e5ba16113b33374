import { dice, type Random } from './dice.ts';

/** A configuration of about that many bytes, always the same: upstreams and servers as they stand behind a large site. */
export function realisticConfig(bytes: number): string {
  const random = dice(42);
  const parts = [
    'user www-data;\nworker_processes auto;\n\nevents {\n    worker_connections 4096;\n}\n\nhttp {\n    server_tokens off;\n\n',
  ];
  let length = 0;
  for (let site = 1; length < bytes; site++) {
    const part = upstream(site, random) + server(site, random);
    parts.push(part);
    length += part.length;
  }
  parts.push('}\n');
  return parts.join('');
}

function upstream(site: number, random: Random): string {
  const servers = Array.from(
    { length: 2 + random(4) },
    (_, peer) =>
      `        server 10.${random(255)}.${random(255)}.${peer + 1}:8080 weight=${1 + random(9)} max_fails=3 fail_timeout=10s;\n`,
  );
  return `    upstream app${site} {\n        least_conn;\n${servers.join('')}        keepalive 32;\n    }\n\n`;
}

function server(site: number, random: Random): string {
  const locations = Array.from({ length: 1 + random(4) }, (_, version) => location(site, version, random));
  return `    # Site ${site}
    server {
        listen 443 ssl http2;
        server_name app${site}.example.com www.app${site}.example.com;
        ssl_certificate /etc/ssl/certs/app${site}.pem;
        ssl_certificate_key /etc/ssl/private/app${site}.key;
        access_log /var/log/nginx/app${site}.log main buffer=64k;

${locations.join('\n')}    }

`;
}

function location(site: number, version: number, random: Random): string {
  return `        location ~* ^/api/v${version}/(?<id>[0-9]+)/ {
            proxy_pass http://app${site};
            proxy_http_version 1.1;
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For "$proxy_add_x_forwarded_for";
            proxy_set_header Connection "";
            add_header Cache-Control "public, max-age=${random(9999)}" always;
            if ($request_method = POST) {
                return 405;
            }
        }
`;
}
