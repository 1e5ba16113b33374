// Makes what is missing of a module's room: node .tools/new-module.mjs http/my_module
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const room = process.argv[2] ?? '';
const match = /^(core|http|stream|mail|extra)\/([a-z][a-z0-9_]*)$/.exec(room);
if (!match) {
  console.error(
    "usage: npm run new:module http/NAME   (also stream/ mail/ extra/; NAME is nginx's own: limit_req, upstream_hash …)",
  );
  process.exit(2);
}
const [, family, name] = match;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'src/modules', room);
const camel = `${family}_${name}`.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const nginxName =
  family === 'core' ? `ngx_${name}_module` : family === 'extra' ? `ngx_http_${name}_module` : `ngx_${family}_${name}_module`;
const context = { core: 'main', http: 'location', extra: 'location', stream: 'streamServer', mail: 'mailServer' }[family];

mkdirSync(folder, { recursive: true });
const isNew = make(
  'directives.ts',
  `import { take1 } from '../../../schema/arity.ts';
import { ${context} } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { value } from '../../../schema/setting.ts';

/** The directives of ${nginxName}. */
export const ${camel} = defineModule({
  name: '${nginxName}',
  settings: { enabled: value(false) },
  directives: {
    ${name}: { in: ${context}, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], sets: 'enabled', read: ([word]) => word === 'on' },
  },
});
`,
);
const text = readFileSync(join(folder, 'directives.ts'), 'utf8');
const exported = /^export const (\w+) = defineModule/m.exec(text)?.[1] ?? camel;

const runs = family === 'http' || family === 'extra';
if (runs) {
  make(
    'handler.ts',
    `import { handle } from '../../../runtime/hooks.ts';
import { ${exported} } from './directives.ts';

/** What ${nginxName} does. */
export const ${exported}Handler = handle(${exported}, {${isNew ? '\n  // Planned once for each block; nothing where it is off. Name the function of nginx that this follows.\n  access: ({ enabled }) => (enabled ? () => 403 : undefined),\n' : ''}});
`,
  );
}
make(
  'README.md',
  `# ${nginxName}

What nginx does:

What we do:

Known gaps:
`,
);

console.log(`
Next:
 1. Describe it in src/modules/${room}/directives.ts, a line for each directive.
 2. Put it at its place in nginx's build order in src/modules/catalog.ts:
      import { ${exported} } from './${room}/directives.ts';${
        runs
          ? `
 3. Write what it does in handler.ts and put it at its place in src/modules/handlers.ts:
      import { ${exported}Handler } from './${room}/handler.ts';`
          : ''
      }
 4. Fill README.md: what nginx does, what we do, known gaps.
 5. npm run gen && npm run check`);

/** Writes a file unless it is there; true when it was not. */
function make(file, content) {
  const path = join(folder, file);
  if (existsSync(path)) return false;
  writeFileSync(path, content);
  console.log(`made src/modules/${room}/${file}`);
  return true;
}
