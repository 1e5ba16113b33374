// `nginx -t` and ours on 10,000 lines, starts included: npm run bench:nginx-test
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { costsOf, printCosts } from './costs.ts';

const folder = mkdtempSync(join(tmpdir(), 'nginx-t-bench-'));
const config = join(folder, 'nginx.conf');
writeFileSync(config, tenThousandLines());

const nginxrun = join(dirname(dirname(fileURLToPath(import.meta.url))), 'bin/nginxrun.js');

const peers = [
  { label: 'nginx -t', command: ['nginx', '-t', '-q', '-e', '/dev/null', '-c', config] },
  { label: 'an empty Node', command: ['node', '-e', '0'] },
  { label: 'nginxrun -t', command: ['node', nginxrun, '-t', '-q', '-c', config] },
];
printCosts(peers, costsOf(peers, 15, 2));
rmSync(folder, { recursive: true, force: true });

/** A gateway with hundreds of servers, as a generator of configurations would write it. */
function tenThousandLines(): string {
  const lines = [
    'events {}',
    'http {',
    '    server_names_hash_max_size 4096;',
    '    server_names_hash_bucket_size 128;',
    '    access_log off;',
  ];
  for (let site = 1; lines.length < 9980; site++) {
    lines.push(
      `    upstream app${site} {`,
      `        server 127.0.0.1:${2000 + (site % 5000)} weight=2 max_fails=3 fail_timeout=10s;`,
      `        server 127.0.0.2:${2000 + (site % 5000)} backup;`,
      '        keepalive 16;',
      '    }',
      '    server {',
      `        listen 127.0.0.1:${28500 + (site % 7)};`,
      `        server_name site${site}.example.com www.site${site}.example.com;`,
      '        client_max_body_size 8m;',
      '        location / {',
      `            proxy_pass http://app${site};`,
      '            proxy_set_header Host $host;',
      '            proxy_set_header X-Real-IP $remote_addr;',
      '            proxy_read_timeout 30s;',
      '        }',
      '        location ~* \\.(png|jpg)$ {',
      '            expires 7d;',
      '            root /srv/www;',
      '        }',
      '        location = /health {',
      '            return 200 ok;',
      '        }',
      '    }',
    );
  }
  return `${[...lines, '}'].join('\n')}\n`;
}
