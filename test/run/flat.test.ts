import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { display } from '../../src/base/source-text.ts';
import { loadConfig } from '../../src/check.ts';
import { inheritedBy } from '../../src/compile/flat/inherited.ts';
import { writeFlat } from '../../src/compile/flat/write.ts';
import { diskFiles } from '../../src/host/files.ts';
import { buildModel } from '../../src/model/build.ts';
import { sitesOf } from '../../src/model/routes/sites.ts';
import type { RunningNginx } from '../../src/run/options.ts';
import { run } from '../../src/run/run.ts';
import { filesIn, root } from '../support/files.ts';

/* A configuration, one file made of it, and one with everything that its blocks inherit: nginxrun answers alike. */

const files = [...filesIn('fixtures/configs', '.conf'), ...filesIn('fixtures/whole', '.conf')].filter(
  (path) => !/\bstream\s*\{/.test(readFileSync(join(root, path), 'latin1')),
);

describe.each(files)('%s', (path) => {
  const loader = diskFiles(root);
  const source = loader.read(path);
  if ('error' in source) throw new Error(source.error);
  const { value: config } = loadConfig({ source, loader, prefix: path.replace(/[^/]*$/, '') });
  const model = buildModel(config);
  const requests = sitesOf(model).all.flatMap(({ names, routes }) => {
    const host = names.find((name) => /^[\w.-]+$/.test(name)) ?? 'www.example.com';
    const paths = [
      '/',
      '/none',
      ...routes.flatMap(({ name, kind }) => (kind === 'prefix' || kind === 'exact' ? [name, `${name}x.php?a=1`] : [])),
    ];
    return [...new Set(paths)]
      .filter((url) => url.startsWith('/'))
      .slice(0, 12)
      .map((url) => ({ host, url }));
  });

  test('answers alike', async () => {
    const before = await answers(display(readFileSync(join(root, path), 'latin1')));
    expect(before.length).toBeGreaterThan(0);
    for (const options of [{ comments: true }, { inherited: inheritedBy(model) }]) {
      expect(await answers(display(writeFlat(config, options)))).toEqual(before);
    }
  });

  async function answers(text: string): Promise<readonly unknown[]> {
    const name = path.replace(/^.*\//, '');
    const others = Object.fromEntries(
      config.files.slice(1).map((file) => [file.source.name.replace(path.replace(/[^/]*$/, ''), ''), display(file.source.text)]),
    );
    const ng = await run({ files: { [name]: text, ...others } }, { clock: 'virtual', hostname: 'here', seed: 1 });
    try {
      const found: unknown[] = [];
      for (const { asked } of ng.listeners) {
        if (asked.kind === 'unix') continue;
        for (const { host, url } of requests) found.push(await answer(ng, `http://${host}:${asked.port}${url}`));
      }
      return found;
    } finally {
      await ng.stop();
    }
  }
});

/** Status, fields and body; the clock is pushed until they are there. */
async function answer(ng: RunningNginx, url: string): Promise<unknown> {
  let found: unknown;
  ng.fetch(url).then(
    (response) => (found = { url, status: response.status, headers: response.headers.list, body: response.text() }),
    (error: Error) => (found = { url, error: error.message }),
  );
  for (let seconds = 0; found === undefined && seconds < 300; seconds++) await ng.advance('1s');
  return found;
}
