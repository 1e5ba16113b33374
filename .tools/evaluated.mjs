// What a piece of the sources exports, while they are built.
import { build } from 'esbuild';

/** The exports of a module with these lines, whose imports start at the root. */
export async function evaluated(root, lines) {
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
