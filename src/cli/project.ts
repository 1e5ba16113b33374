import { resolve } from 'node:path';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { today } from '../host/today.ts';
import { type Selection, withSelection } from '../lint/configuration/selection.ts';
import type { LintOptions } from '../lint/options.ts';
import { registry } from '../lint/registry.ts';
import type { Rule } from '../lint/rule.ts';
import { directoryWithConfig } from './config-search.ts';
import { type Streams, UsageError } from './streams.ts';

/** What the configuration file and the command line say together; the command line wins. */
export interface Project {
  readonly lint: LintOptions;
  /** Ours and those of plugins. */
  readonly rules: readonly Rule[];
  /** True for names of files that are not linted. */
  readonly isIgnored: (name: string) => boolean;
  /** What is wrong with the configuration file. */
  readonly configFindings: readonly Diagnostic[];
  /** What shows only afterwards: patterns that mean no file. */
  readonly afterwards: () => readonly Diagnostic[];
  readonly minSeverity: Severity;
  readonly failOn: Severity;
  readonly maxWarnings?: number;
}

/** What the command line says of these. */
export interface ProjectOptions {
  /** The configuration file; false for none. */
  readonly config?: string | false;
  readonly target: Pick<LintOptions, 'nginxVersion' | 'flavor' | 'modules'>;
  readonly selection: Selection;
  readonly minSeverity?: Severity;
  readonly failOn?: Severity;
  readonly maxWarnings?: number;
}

/** Reads the configuration, if there is one. A wrong `--select` or an absent `--config` is a `UsageError`. */
export async function projectOf(said: ProjectOptions, streams: Streams): Promise<Project> {
  const file = await configFileOf(said, streams);
  const base = file ? await (await import('./configured.ts')).configured(file, streams.cwd()) : unconfigured;
  const { target, selection, config: _, ...rest } = said;
  const lint = withSelection({ ...base.lint, today: today(), ...target }, selection, base.rules);
  if ('error' in lint) throw new UsageError(lint.error);
  return { ...base, ...rest, lint };
}

const unconfigured: Project = {
  lint: {},
  rules: registry,
  isIgnored: () => false,
  configFindings: [],
  afterwards: () => [],
  minSeverity: 'info',
  failOn: 'error',
};

async function configFileOf({ config }: ProjectOptions, { cwd }: Streams) {
  if (config === false) return undefined;
  if (config !== undefined) {
    const file = await (await import('./config-file.ts')).readConfigFile(resolve(cwd(), config), cwd());
    if (file.broken && file.source.text === '') throw new UsageError(`--config ${config}: ${file.broken.message}`);
    return file;
  }
  const directory = directoryWithConfig(cwd());
  return directory === undefined ? undefined : (await import('./config-found.ts')).findConfigFile(directory, cwd());
}
