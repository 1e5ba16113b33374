// Makes a rule and its page, and brings the registry up to date: node .tools/new-rule.mjs security/my-rule
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const categories = [
  'syntax',
  'correctness',
  'load-balancing',
  'security',
  'http',
  'tls',
  'performance',
  'reliability',
  'style',
  'deprecation',
  'meta',
];

const [, category = '', id = ''] = /^([a-z-]+)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(process.argv[2] ?? '') ?? [];
if (!categories.includes(category)) {
  console.error(`usage: npm run new:rule CATEGORY/my-rule   (kebab-case; categories: ${categories.join(', ')})`);
  process.exit(2);
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rules = join(root, 'src/lint/rules');
const taken = readdirSync(rules).find((folder) => existsSync(join(rules, folder, `${id}.ts`)));
if (taken) {
  console.error(`${id} is a rule already: src/lint/rules/${taken}/${id}.ts`);
  process.exit(1);
}

const camel = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
make(
  'ts',
  `import { spanOfHead } from '../../../model/place.ts';
import { defineRule } from '../../rule.ts';

export const ${camel} = defineRule({
  id: '${id}',
  category: '${category}',
  severity: 'warning',
  summary: 'what it finds, in one line',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/dirindex.html'],
  on: {
    // Called for every proxy_pass, where it counts. Read what is in force with effective(scope, NAME) of src/model/scope.ts.
    proxy_pass({ directive }, { report }) {
      report({
        span: spanOfHead(directive),
        message: 'what is wrong',
        why: 'What happens because of it.',
        help: 'what to write',
      });
    },
  },
});
`,
);
make(
  'md',
  `# ${id}

warning · ${category} · presets: recommended · fix: none

What it finds, in one line.

## What is reported

\`\`\`nginx in=location
    proxy_pass http://127.0.0.1:8080;   #~ ${id}
\`\`\`

## Why it matters

## What to write instead

## What is left alone

\`\`\`nginx in=location
    return 204;
\`\`\`

## References

- <https://nginx.org/en/docs/dirindex.html>
`,
);
const { status } = spawnSync(process.execPath, ['.tools/run.mjs', '.tools/gen.ts'], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
console.log(`\nnow write the page, then the rule, and run: npm test -- rules`);

function make(suffix, text) {
  mkdirSync(join(rules, category), { recursive: true });
  writeFileSync(join(rules, category, `${id}.${suffix}`), text);
  console.log(`made src/lint/rules/${category}/${id}.${suffix}`);
}
