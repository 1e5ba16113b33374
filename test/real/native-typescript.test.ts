import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/files.ts';
import { inDirectory } from '../support/nginxlint.ts';

/** A Node that reads TypeScript by itself (22.18, or newer): the one `NODE_24` names, or the one that runs this. */
const node =
  process.env.NODE_24 ?? ('typescript' in process.features && process.features.typescript ? process.execPath : undefined);
if (!node) console.warn('skipped: native TypeScript configuration: NODE_24 names no Node (npm install node@24)');

const config = `import { defineConfig } from 'nginxlint/config';
import { port } from './port.ts';

type Level = 'off' | 'error';
const level: Level = 'error';

export default defineConfig({
  rules: { 'server-tokens': level as Level, 'missing-worker-processes': 'off' },
  plugins: [{ rules: [{
    id: 'own/port', category: 'style', severity: 'warning', summary: 'a port of its own', fixable: false, presets: ['recommended'], references: [],
    on: {
      listen({ directive }, { report }): void {
        const { source, node } = directive;
        const [word] = node.args;
        if (word && directive.args[0] !== port) report({ span: { source, start: word.start, end: word.end }, message: \`not \${port}\`, why: 'so.' });
      },
    },
  }] }],
});
`;

test.skipIf(!node)('nginxlint.config.ts is read by Node itself, with what it imports', async () => {
  const files = {
    'package.json': '{ "type": "module" }',
    'nginxlint.config.ts': config,
    'port.ts': "export const port: string = '8080';\n",
    'nginx.conf': 'events {}\nhttp {\n    server {\n        listen 80;\n    }\n}\n',
  };
  await inDirectory(files, async (cwd) => {
    mkdirSync(join(cwd, 'node_modules'));
    symlinkSync(root, join(cwd, 'node_modules/nginxlint'));
    const { status, stdout, stderr } = spawnSync(
      node ?? '',
      [join(root, 'bin/nginxlint.js'), '--format', 'concise', 'nginx.conf'],
      {
        cwd,
        encoding: 'utf8',
      },
    );
    expect({ status, lines: stdout.trim().split('\n'), stderr }).toEqual({
      status: 1,
      lines: [
        "nginx.conf:2:1: error: answers tell nginx's version [server-tokens]",
        'nginx.conf:4:16: warning: not 8080 [own/port]',
      ],
      stderr: '',
    });
  });
});
