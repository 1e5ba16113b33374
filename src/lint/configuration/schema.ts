import type { Severity } from '../../diagnostics/diagnostic.ts';
import { presetNames, type SettingValue } from '../options.ts';
import type { Rule } from '../rule.ts';

/** As much of JSON Schema (draft 7) as configuration files need. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: false;
  readonly required?: readonly string[];
  /** One for all, or one for each place. */
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly default?: SettingValue;
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const severity: JsonSchema = { type: 'string', enum: severities };
const level: JsonSchema = { type: 'string', enum: ['off', 'on', ...severities] };
const text: JsonSchema = { type: 'string', minLength: 1 };
const texts: JsonSchema = { type: 'array', items: text };
const presetList: JsonSchema = { type: 'array', items: { type: 'string', enum: presetNames } };

const formatChoices: JsonSchema = {
  type: 'object',
  properties: {
    indent: described('One level: so many spaces, or a tab; 4 when nothing is said', {
      anyOf: [
        { type: 'integer', minimum: 1 },
        { type: 'string', enum: ['tab'] },
      ],
    }),
    width: described('Lists of arguments are broken before lines get longer; 120 when nothing is said', {
      type: 'integer',
      minimum: 1,
    }),
    blankLines: described('So many blank lines in a row are kept; 1 when nothing is said', { type: 'integer', minimum: 0 }),
  },
  additionalProperties: false,
};

/** The schema of a configuration file for these rules; what `docs/nginxlint.schema.json` holds for ours. */
export function configSchema(rules: readonly Rule[]): JsonSchema {
  const choices = ruleChoices(rules);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'nginxlint',
    description: 'Configuration of nginxlint',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      extends: described('Other configurations, read first: paths or packages', { anyOf: [text, texts] }),
      presets: described('Sets of rules, added up; recommended and load-balancing when nothing is said', presetList),
      rules: described(
        'Rules by id, pattern, preset, category or another checker’s id: a level, or a level and settings',
        choices,
      ),
      overrides: described('What differs for some files; later ones win', { type: 'array', items: overrideOf(choices) }),
      ignores: described('Files that are not linted: patterns from this file’s directory', texts),
      nginxVersion: described('The nginx that is meant: 1.28, or a range: 1.22..1.28', text),
      flavor: described('Whose nginx it is: oss, plus, openresty, tengine, angie or freenginx', text),
      modules: described('What it is built with, against all modules nginxlint knows: +check,-stream', text),
      sharedSessions: described('True, or names of upstreams, when back ends share their sessions', {
        anyOf: [{ type: 'boolean' }, texts],
      }),
      failOn: described('The exit code is 1 from this severity on; error when nothing is said', severity),
      maxWarnings: described('The exit code is 1 when there are more warnings', { type: 'integer', minimum: 0 }),
      minSeverity: described('What is shown: this and graver; info when nothing is said', severity),
      format: described('How nginxc fmt writes', formatChoices),
    },
    additionalProperties: false,
  };
}

function described(description: string, schema: JsonSchema): JsonSchema {
  return { description, ...schema };
}

function overrideOf(rules: JsonSchema): JsonSchema {
  return {
    type: 'object',
    properties: {
      files: described('Patterns from this file’s directory; without a slash they match names anywhere', {
        ...texts,
        minItems: 1,
      }),
      presets: described('In place of the presets for all files', presetList),
      rules,
    },
    required: ['files'],
    additionalProperties: false,
  };
}

function ruleChoices(rules: readonly Rule[]): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const rule of rules) properties[rule.id] = choiceOf(rule);
  const free: JsonSchema = { anyOf: [level, { type: 'array', items: [level, { type: 'object' }], minItems: 1, maxItems: 2 }] };
  for (const name of [...presetNames, ...new Set(rules.map(({ category }) => category))]) properties[name] ??= free;
  return { type: 'object', properties, patternProperties: { '[*:/]': free }, additionalProperties: false };
}

function choiceOf({ summary, settings = {} }: Rule): JsonSchema {
  const properties = Object.fromEntries(
    Object.entries(settings).map(([name, { default: value, about }]) => [
      name,
      { description: about, ...typeOf(value), default: value },
    ]),
  );
  const own: JsonSchema = { type: 'object', properties, additionalProperties: false };
  return { description: summary, anyOf: [level, { type: 'array', items: [level, own], minItems: 1, maxItems: 2 }] };
}

/** What a setting may be: of its default's type. */
export function typeOf(value: SettingValue): JsonSchema {
  if (typeof value === 'object') return { type: 'array', items: { type: 'string' } };
  return { type: typeof value as 'string' | 'number' | 'boolean' };
}
