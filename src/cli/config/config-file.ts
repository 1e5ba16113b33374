import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bytesOf, type SourceText, sourceText } from '../../base/source-text.ts';
import type { Problem } from '../../lint/configuration/validate.ts';
import { packageDirectory } from '../lint/rule-pages.ts';
import { type Places, place, textPlaces, treePlaces } from './config-places.ts';

/** A configuration file: what it says, and where. */
export interface ConfigFile {
  /** Its absolute path. */
  readonly path: string;
  readonly source: SourceText;
  readonly value: unknown;
  readonly places: Places;
  /** Why there is no value. */
  readonly broken?: Problem & { readonly offset?: number };
}

/** Reads a configuration file in any of its languages; what is wrong with it is in the result. */
export async function readConfigFile(path: string, cwd: string): Promise<ConfigFile> {
  let text = '';
  const named = () => ({ path, source: sourceText(bytesOf(nameFrom(cwd, path)), bytesOf(text)) });
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
    const extension = extname(path);
    if (/^\.[cm]?[jt]s$/.test(extension)) {
      const value = /ts$/.test(extension) ? await importTyped(path, text) : await importFresh(path);
      return { ...named(), value, places: textPlaces(text) };
    }
    return { ...named(), ...(extension === '.json' ? await readJson(path, text) : await readYaml(text)) };
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    const problem: Problem = { path: [], message: `this file cannot be read: ${firstLine(message)}`, severity: 'error' };
    return { ...named(), value: {}, places: textPlaces(text), broken: problem };
  }
}

/** A file as it is called in findings: from the current directory on, where it lies below. */
function nameFrom(cwd: string, path: string): string {
  const name = relative(cwd, path);
  return name.startsWith('..') && name.split('../').length > 4 ? path : name;
}

type Read = Pick<ConfigFile, 'value' | 'places' | 'broken'>;

async function readJson(path: string, text: string): Promise<Read> {
  const prefix = basename(path) === 'package.json' ? ['nginxlint'] : [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const offset = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length);
    return brokenAt(text, offset, `this is no JSON: ${(error as Error).message}`);
  }
  const { parseDocument } = await import('yaml');
  const inner = prefix.length > 0 ? (value as { readonly nginxlint?: unknown }).nginxlint : value;
  let places: Places | undefined;
  // JSON is YAML, so one tree serves both; it is only made when there is something to point at.
  return {
    value: inner,
    places: (at, atKey) => {
      places ??= treePlaces(parseDocument(text), text, prefix);
      return places(at, atKey);
    },
  };
}

async function readYaml(text: string): Promise<Read> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) return brokenAt(text, error.pos[0], `this is no YAML: ${error.message}`);
  const places = treePlaces(document as Parameters<typeof treePlaces>[0], text, []);
  return { value: document.toJS({ maxAliasCount: 100 }) ?? {}, places };
}

function brokenAt(text: string, offset: number, message: string): Read {
  const at = place(text, Math.min(offset, Math.max(0, text.length - 1)), Math.min(offset + 1, text.length));
  return { value: {}, places: () => at, broken: { path: [], message, severity: 'error' } };
}

/** Imports a module as the file is now: a watcher comes back after it has changed. */
async function importFresh(path: string): Promise<unknown> {
  const url = `${pathToFileURL(path).href}?${statSync(path).mtimeMs}`;
  const launcher = createRequire(join(packageDirectory(), 'dist/launch.cjs'))('./launch.cjs') as typeof import('../launch.ts');
  const { default: value } = (await launcher.importModule(url)) as { readonly default?: unknown };
  if (value === undefined) throw new Error('it has no default export');
  return await value;
}

/** TypeScript: by Node where it can, else by the project's own compiler. */
async function importTyped(path: string, text: string): Promise<unknown> {
  if ((process.features as { readonly typescript?: string | false }).typescript) return importFresh(path);
  let compiler: typeof import('typescript');
  try {
    compiler = createRequire(path)('typescript') as typeof import('typescript');
  } catch {
    throw new Error(
      `Node ${process.versions.node} does not read TypeScript: use Node 22.18 or newer, install typescript, or call it nginxlint.config.mjs`,
    );
  }
  const { outputText } = compiler.transpileModule(text, {
    compilerOptions: { module: compiler.ModuleKind.ESNext, target: compiler.ScriptTarget.ES2023 },
  });
  // Beside the file, so that what it imports is found.
  const compiled = join(dirname(path), `.${basename(path)}.${process.pid}.mjs`);
  try {
    writeFileSync(compiled, outputText);
    return await importFresh(compiled);
  } finally {
    rmSync(compiled, { force: true });
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? '';
}
