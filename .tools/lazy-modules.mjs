// For the binaries: src/model/modules.ts with the names of all directives in it, and each module loaded when one of its names is met.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { evaluated } from './evaluated.mjs';

/** An esbuild plugin: evaluating 2,300 descriptions takes 5 ms, and a configuration needs a tenth of them. */
export async function lazyModules(root) {
  const contents = await written(root);
  return {
    name: 'lazy-modules',
    setup(building) {
      building.onLoad({ filter: /\/src\/model\/modules\.ts$/ }, () => ({
        contents,
        loader: 'js',
        resolveDir: join(root, 'src/model'),
      }));
    },
  };
}

async function written(root) {
  const { catalog, rooms } = await catalogOf(root);
  const indexes = {};
  const foreign = new Set();
  const listed = catalog.map((module, at) => {
    for (const [name, facts] of Object.entries(module.directives)) {
      if ([facts].flat().some(({ block }) => block && 'raw' in block)) foreign.add(name);
      if (!Object.hasOwn(indexes, name)) indexes[name] = [];
      indexes[name].push(at);
    }
    const { file, as } = origin(module, rooms);
    const { name, package: brought } = module;
    return `{ name: ${JSON.stringify(name)}, package: ${JSON.stringify(brought)}, load: () => require(${JSON.stringify(file)}).${as} }`;
  });
  return `
    export const modules = [${listed.join(',\n')}];
    let indexes;
    const all = () => (indexes ??= JSON.parse(${JSON.stringify(JSON.stringify(indexes))}));
    export const modulesWith = (name, isWanted = () => true) =>
      Object.hasOwn(all(), name) ? indexes[name].map((at) => modules[at]).filter(isWanted).map(({ load }) => load()) : [];
    const foreign = new Set(${JSON.stringify([...foreign].join(' '))}.split(' '));
    export const mayBeForeign = (name) => foreign.has(name);
    export const knownNames = () => Object.keys(all());
  `;
}

/** The catalog itself, and what each room's directives.ts exports. */
function catalogOf(root) {
  const files = readdirSync(join(root, 'src/modules'), { recursive: true })
    .filter((file) => file.endsWith('/directives.ts'))
    .map((file) => `./src/modules/${file}`);
  const lines = [
    "export { catalog } from './src/modules/catalog.ts';",
    ...files.map((file, at) => `import * as room${at} from '${file}';`),
    `export const rooms = [${files.map((file, at) => `['${join(root, file)}', room${at}]`).join()}];`,
  ];
  return evaluated(root, lines);
}

function origin(module, rooms) {
  for (const [file, exports] of rooms) {
    const as = Object.keys(exports).find((name) => exports[name] === module);
    if (as !== undefined) return { file, as };
  }
  throw new Error(`${module.name} is in the catalog, and exported by no directives.ts`);
}
