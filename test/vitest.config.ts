import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

export default defineConfig({
  root,
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    // Tests share no state: modules are loaded once for each thread instead of once for each file.
    pool: 'threads',
    isolate: false,
    // Two busy cores are slow, and no test waits for time to pass.
    testTimeout: 20_000,
    // A certificate list for Node costs each process that a test starts 70 ms.
    env: { NODE_EXTRA_CA_CERTS: '' },
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    outputFile: { json: 'node_modules/.cache/test-results.json' },
  },
});
