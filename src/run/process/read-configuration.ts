import { type SourceText, sourceText } from '../../base/source-text.ts';
import { loadConfig } from '../../check.ts';
import { directoryOf } from '../../config/paths.ts';
import type { SourceLoader } from '../../config/source-loader.ts';
import { diskFiles } from '../../host/files.ts';
import { buildModel, type Model } from '../../model/build.ts';
import type { Finding } from '../../model/check/finding.ts';
import { nginxTest } from '../../model/check/nginx-test.ts';
import type { Target } from '../../model/check/target.ts';
import { main } from '../../schema/contexts.ts';

/** Where a process finds its configuration. Paths are byte strings. */
export interface ConfigurationPlace {
  /** The configuration file, a full path. */
  readonly path: string;
  /** Ends in a slash. */
  readonly prefix: string;
  /** The text of `-g`. */
  readonly globals: string;
  /** The directory of this process, as Node has it. */
  readonly directory: string;
}

/** A configuration as a process reads it. */
export interface ReadConfiguration {
  /** Everything nginx would print, up to the error it stops at. */
  readonly said: readonly Finding[];
  /** Null when nginx would not start with it. */
  readonly model: Model | null;
}

/** Reads a configuration from disk; it may be run where nginx would accept it. */
export function readConfiguration({ path, prefix, globals, directory }: ConfigurationPlace, target: Target): ReadConfiguration {
  const loader = diskFiles(directory);
  const { said, stop } = nginxTest({ path, target, loader, prefix, ...(globals === '' ? {} : { globals }) });
  if (stop) return { said, model: null };
  const root = loader.read(path);
  if ('error' in root) return { said, model: null };
  return { said, model: buildModel(loadConfig(rootOf(root, path, globals, loader)).value) };
}

/** `-g` counts as lines before the file's first. */
function rootOf(source: SourceText, path: string, globals: string, loader: SourceLoader) {
  const prefix = directoryOf(path);
  if (globals === '') return { source, loader, prefix, context: main };
  const around = sourceText('command line', `${globals}\ninclude "${path.replace(/["\\]/g, '\\$&')}";\n`);
  return { source: around, loader, prefix, context: main };
}
