// For the binaries: src/lint/registry.ts with what is asked of every rule in it, and a rule's code loaded when one of its directives is met.
import { join } from 'node:path';
import { evaluated } from './evaluated.mjs';

/** What is read of rules that find nothing. */
const asked = ['id', 'category', 'severity', 'fixable', 'presets', 'settings', 'madeIn', 'asks', 'needs'];
/** What is read of rules that find something, or that are explained. */
const told = ['summary', 'references', 'since'];
const called = ['check', 'each', 'advise'];

/** An esbuild plugin: evaluating 250 rules takes as long as linting a small file, for which a tenth of them is needed. */
export async function lazyRules(root) {
  const contents = await written(root);
  return {
    name: 'lazy-rules',
    setup(building) {
      building.onLoad({ filter: /\/src\/lint\/registry\.ts$/ }, () => ({
        contents,
        loader: 'js',
        resolveDir: join(root, 'src/lint'),
      }));
    },
  };
}

async function written(root) {
  const { registry } = await evaluated(root, ["export { registry } from './src/lint/registry.ts';"]);
  const lists = new Map();
  const loads = [];
  const listed = registry.map((rule, at) => {
    const unknown = Object.keys(rule).filter((key) => ![...asked, ...told, ...called, 'on'].includes(key));
    if (unknown.length > 0) throw new Error(`${rule.id} has ${unknown}, and nothing says when that is loaded`);
    const facts = asked.filter((key) => key in rule).map((key) => `${key}: ${shared(rule[key], lists)}`);
    const calls = called.filter((key) => key in rule).map((key) => `${key}: (...args) => code(${at}).${key}(...args)`);
    const visits = rule.on ? [`get on() { return visits(${at}, ${shared(Object.keys(rule.on), lists)}); }`] : [];
    const path = JSON.stringify(`./rules/${rule.category}/${rule.id}.ts`);
    loads.push(`() => require(${path}).${rule.id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}`);
    return `{ __proto__: lazy, at: ${at}, ${[...facts, ...calls, ...visits].join(', ')} }`;
  });
  return `
    ${[...lists].map(([list, name]) => `const ${name} = ${list};`).join('\n')}
    const loads = [${loads.join(',\n')}];
    const codes = [];
    const code = (at) => (codes[at] ??= loads[at]());
    const visits = (at, names) => Object.fromEntries(names.map((name) => [name, (use, context) => code(at).on[name](use, context)]));
    const lazy = { ${told.map((key) => `get ${key}() { return code(this.at).${key}; }`).join(',\n')} };
    export const registry = [${listed.join(',\n')}];
  `;
}

/** Lists are few and many rules have the same: each is written once. */
function shared(value, lists) {
  const text = JSON.stringify(value);
  if (!Array.isArray(value)) return text;
  if (!lists.has(text)) lists.set(text, `list${lists.size}`);
  return lists.get(text);
}
