import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulate } from '../../src/run/sim/simulate.ts';
import { describeWith } from '../support/real.ts';
import { freePorts } from '../support/real-nginx.ts';
import { startProgram } from '../support/real-program.ts';

/*
 * Three workers and a server that is gone: how many requests try it before it is left out, in nginx and in a simulation.
 */

const upstream = (zone: string, gone: number, there: number) =>
  `upstream app { ${zone} server 127.0.0.1:${gone} max_fails=2 fail_timeout=1h; server 127.0.0.1:${there}; }`;

describeWith('nginx', 'worker processes', (nginx) => {
  test.each([
    ['each notices for itself', '', 6],
    ['they notice together', 'zone app 64k;', 2],
  ])('%s', { timeout: 60_000 }, async (_, zone, failures) => {
    const directory = mkdtempSync(join(tmpdir(), 'workers-'));
    const [port = 0, gone = 0, there = 0] = await freePorts(3);
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory}/${name};`);
    writeFileSync(
      join(directory, 'nginx.conf'),
      `daemon off; worker_processes 3; pid ${directory}/pid; events { } http { access_log off; ${paths.join(' ')}
        ${upstream(zone, gone, there)}
        server { listen 127.0.0.1:${there}; return 200 ok; }
        server { listen 127.0.0.1:${port} reuseport; location / { proxy_pass http://app; } } }`,
    );
    const log = join(directory, 'error.log');
    const real = await startProgram(nginx, ['-p', directory, '-c', join(directory, 'nginx.conf'), '-e', log], port);
    try {
      for (let asked = 0; asked < 200; asked++) {
        const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } });
        expect(await response.text()).toBe('ok');
      }
    } finally {
      await real.kill();
    }
    const lines = readFileSync(log, 'utf8').match(/connect\(\) failed/g) ?? [];
    rmSync(directory, { recursive: true, force: true });
    expect(lines).toHaveLength(failures);

    const conf = `worker_processes 3; events { } http { ${upstream(zone, 81, 82)} server { listen 80; location / { proxy_pass http://app; } } }`;
    const report = await simulate(conf, { rps: 100, for: '2s', at: ['0s kill b1'] });
    expect(report.servers[0]?.failed).toBe(failures);
    expect(report.statuses).toEqual({ 200: 200 });
  });
});
