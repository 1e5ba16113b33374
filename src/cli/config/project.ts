import { resolve } from 'node:path';
import { today } from '../../host/clock.ts';
import { withSelection } from '../../lint/configuration/selection.ts';
import { registry } from '../../lint/registry.ts';
import type { Project, ProjectOptions } from '../lint/lint-settings.ts';
import { type Streams, UsageError } from '../streams.ts';
import { directoryWithConfig } from './config-search.ts';

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
  format: {},
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
