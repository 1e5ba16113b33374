import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combine } from '../../src/lint/configuration/combine.ts';
import { foreignIds } from '../../src/lint/foreign-ids.ts';
import { registry } from '../../src/lint/registry.ts';
import { rulesNamed } from '../../src/lint/selectors.ts';
import { root } from '../support/files.ts';

const schema = JSON.parse(readFileSync(join(root, 'docs/nginxlint.schema.json'), 'utf8'));
const validate = new Ajv({ allErrors: true, strictTypes: false, strictTuples: false }).compile(schema);

/** Configurations, and whether they are in order: for editors, who have the schema, and for us. */
const samples: readonly (readonly [boolean, unknown])[] = [
  [true, {}],
  [true, { $schema: './x.json', presets: ['recommended', 'all'], nginxVersion: '1.22..1.28', flavor: 'plus', modules: '+check' }],
  [true, { rules: { 'missing-next-upstream': 'error', 'check-*': 'off', 'gixy:alias_traversal': 'on', http: 'hint' } }],
  [true, { rules: { 'invalid-suppression': ['on', { requireReason: true }] } }],
  [true, { rules: { 'invalid-*': ['on', { requireReason: true }] } }],
  [true, { overrides: [{ files: ['a'], rules: { http: 'off' }, presets: ['style'] }], ignores: ['x/'] }],
  [true, { extends: './a.json', sharedSessions: true, failOn: 'warning', maxWarnings: 0, minSeverity: 'hint' }],
  [true, { extends: ['./a.json', 'b'], sharedSessions: ['app'] }],
  [false, []],
  [false, 'recommended'],
  [false, { preset: ['recommended'] }],
  [false, { presets: ['recomended'] }],
  [false, { presets: 'recommended' }],
  [false, { rules: { 'no-such-rule': 'off' } }],
  [false, { rules: { 'missing-next-upstream': 'sometimes' } }],
  [false, { rules: { 'missing-next-upstream': 2 } }],
  [false, { rules: { 'missing-next-upstream': [] } }],
  [false, { rules: { 'missing-next-upstream': ['on', {}, {}] } }],
  [false, { rules: { 'invalid-suppression': ['on', { needReason: true }] } }],
  [false, { rules: { 'invalid-suppression': ['on', { requireReason: 1 }] } }],
  [false, { overrides: [{ rules: {} }] }],
  [false, { overrides: [{ files: [], rules: { http: 'off' } }] }],
  [false, { overrides: [{ files: 'a', rules: { http: 'off' } }] }],
  [false, { overrides: [{ files: ['a'], rule: {} }] }],
  [false, { maxWarnings: -1 }],
  [false, { maxWarnings: 1.5 }],
  [false, { failOn: 'fatal' }],
  [false, { sharedSessions: 'app' }],
  [false, { ignores: [''] }],
  [false, { extends: 1 }],
  [false, { nginxVersion: null }],
];

test.each(samples)('in order: %s, %j', (isGood, value) => {
  expect(validate(value), JSON.stringify(validate.errors)).toBe(isGood);
  const { problems } = combine(
    [{ value, path: [] }],
    registry.filter(({ id }) => id !== 'alias-traversal').concat(aliasTraversal),
  );
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toHaveLength(isGood ? 0 : 1);
});

/** Named by a foreign id above, whether or not it is written yet. */
const aliasTraversal = { ...(registry[0] as (typeof registry)[number]), id: 'alias-traversal' };

test('whatever a configuration holds, it is judged', () => {
  const all = { withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true };
  const key = fc.constantFrom(
    'rules',
    'overrides',
    'presets',
    'extends',
    'plugins',
    'ignores',
    'files',
    'check-*',
    'maxWarnings',
    '__proto__',
  );
  const value = fc.oneof(
    { maxDepth: 4 },
    fc.anything(all),
    fc.dictionary(key, fc.anything({ ...all, key })),
    fc.array(fc.dictionary(key, fc.anything({ ...all, key }))),
  );
  fc.assert(
    fc.property(fc.dictionary(key, value), (config) => {
      const { problems } = combine([{ value: config, path: [] }], registry);
      expect(problems.every(({ message }) => typeof message === 'string')).toBe(true);
    }),
    { seed: 4, numRuns: 500 },
  );
});

describe('names of rules', () => {
  const named = (name: string) => rulesNamed(name, registry);
  test('a preset and a category of one name are both meant', () => {
    const ids = registry.filter(({ category, presets }) => category === 'performance' || presets.includes('performance'));
    expect(named('performance')).toEqual({ ids: ids.map(({ id }) => id) });
  });
  test('all is all', () => {
    expect(named('all')).toEqual({ ids: registry.map(({ id }) => id) });
  });
  test('signs in names are themselves', () => {
    expect(named('check.*')).toMatchObject({ error: 'no rule\'s id matches "check.*"' });
    expect(named('__proto__')).toMatchObject({ error: expect.stringContaining('is called "__proto__"') });
    expect(named('gixy:constructor')).toMatchObject({ error: 'gixy has no check "constructor"' });
    expect(named('toString:x')).toMatchObject({ error: 'no checker is called "toString"' });
  });
  test('other checkers’ ids stand for ids of ours', () => {
    for (const [tool, names] of Object.entries(foreignIds)) {
      for (const [id, ours] of Object.entries(names)) {
        expect(ours.length, `${tool}:${id}`).toBeGreaterThan(0);
        expect(ours.filter((one) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(one))).toEqual([]);
        const result = named(`${tool}:${id}`);
        const written = ours.filter((one) => registry.some((rule) => rule.id === one));
        if ('ids' in result) expect(result.ids).toEqual(written);
        else expect(written).toEqual([]);
      }
    }
  });
});
