import { nearest, similarTo } from '../../base/nearest.ts';
import type { JsonSchema } from './schema.ts';

/** The way to a place in a configuration: keys and indexes. */
export type Path = readonly (string | number)[];

/** Something that is wrong at a place of a configuration. */
export interface Problem {
  readonly path: Path;
  /** The key itself is wrong, not what it holds. */
  readonly atKey?: boolean;
  readonly message: string;
  readonly help?: string | undefined;
  /** `error`: the configuration can't be used. */
  readonly severity: 'error' | 'warning';
  /** Set when the key is none of those that the schema knows. */
  readonly unknownKey?: string;
}

/** What does not fit the schema; the first thing in each place. */
export function* problemsWith(value: unknown, schema: JsonSchema, path: Path = []): Iterable<Problem> {
  if (schema.anyOf) {
    const fitting = schema.anyOf.find((one) => typeMatches(value, one));
    if (fitting) yield* problemsWith(value, fitting, path);
    else yield wrong(path, `must be ${schema.anyOf.map(nameOfType).join(' or ')}`, value);
    return;
  }
  if (!typeMatches(value, schema)) {
    yield wrong(path, `must be ${nameOfType(schema)}`, value);
    return;
  }
  if (typeof value === 'string') yield* problemsWithText(value, schema, path);
  else if (Array.isArray(value)) yield* problemsWithList(value, schema, path);
  else if (isRecord(value)) yield* problemsWithRecord(value, schema, path);
  else if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum)
    yield wrong(path, `must be ${schema.minimum} or more`, value);
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* problemsWithText(value: string, schema: JsonSchema, path: Path): Iterable<Problem> {
  if (schema.minLength !== undefined && value.length < schema.minLength) yield wrong(path, 'must not be empty', undefined);
  if (!schema.enum || schema.enum.includes(value)) return;
  const [near] = nearest(similarTo(value, schema.enum));
  const help = near === undefined ? `write ${schema.enum.join(', ')}` : `did you mean "${near}"?`;
  yield { path, message: `${placeName(path)} must not be "${value}"`, help, severity: 'error' };
}

function* problemsWithList(
  value: readonly unknown[],
  { items, minItems = 0, maxItems }: JsonSchema,
  path: Path,
): Iterable<Problem> {
  if (value.length < minItems) yield wrong(path, `must hold ${minItems === 1 ? 'something' : minItems}`, undefined);
  if (maxItems !== undefined && value.length > maxItems) yield wrong([...path, maxItems], 'is one too many', undefined);
  for (const [index, item] of value.slice(0, maxItems).entries()) {
    const schema = isList(items) ? items[index] : items;
    if (schema) yield* problemsWith(item, schema, [...path, index]);
  }
}

function* problemsWithRecord(value: Readonly<Record<string, unknown>>, schema: JsonSchema, path: Path): Iterable<Problem> {
  const { properties = {}, patternProperties = {}, additionalProperties, required = [] } = schema;
  for (const key of required) {
    if (!Object.hasOwn(value, key)) yield { path, message: `${placeName(path)} lacks "${key}"`, severity: 'error' };
  }
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const known = Object.hasOwn(properties, key) ? properties[key] : patternFor(key, patternProperties);
    if (known) yield* problemsWith(item, known, [...path, key]);
    else if (additionalProperties === false) yield unknownKey(key, Object.keys(properties), path);
  }
}

function patternFor(key: string, patterns: Readonly<Record<string, JsonSchema>>): JsonSchema | undefined {
  return Object.entries(patterns).find(([pattern]) => new RegExp(pattern).test(key))?.[1];
}

function unknownKey(key: string, known: readonly string[], path: Path): Problem {
  const [near] = nearest(similarTo(key, known));
  return {
    path: [...path, key],
    atKey: true,
    message: `${path.length === 0 ? 'there is' : `${placeName(path)} has`} no key "${key}"`,
    help: near === undefined ? `the keys are ${known.join(', ')}` : `did you mean "${near}"?`,
    severity: 'error',
    unknownKey: key,
  };
}

function isList<T>(value: T | readonly T[] | undefined): value is readonly T[] {
  return Array.isArray(value);
}

function typeMatches(value: unknown, { type }: JsonSchema): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return type === undefined || typeof value === type;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

function nameOfType({ type, enum: choices }: JsonSchema): string {
  return choices ? `one of ${choices.join(', ')}` : (typeNames[type ?? ''] ?? 'something else');
}

function wrong(path: Path, message: string, value: unknown): Problem {
  const given = value === undefined ? '' : `, not ${shown(value)}`;
  return { path, message: `${placeName(path)} ${message}${given}`, severity: 'error' };
}

function shown(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** A place as people write it: `overrides[0].files`. */
export function placeName(path: Path): string {
  const name = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : /^\w+$/.test(step) ? `.${step}` : `["${step}"]`))
    .join('');
  return name === '' ? 'the configuration' : name.replace(/^\./, '');
}
