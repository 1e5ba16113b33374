import { dirname } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { type Combined, type CombinedOverride, combine } from '../../lint/configuration/combine.ts';
import type { Override } from '../../lint/options.ts';
import { registry } from '../../lint/registry.ts';
import type { Project } from '../lint/lint-settings.ts';
import { configFinding, type FilePart, readChain } from './config-chain.ts';
import type { ConfigFile } from './config-file.ts';
import { FilePatterns } from './file-patterns.ts';

/** A project as its configuration file has it. */
export async function configured(file: ConfigFile, cwd: string): Promise<Project> {
  const { parts, problems } = await readChain(file, cwd);
  const project = configuredBy(parts, cwd);
  return { ...project, configFindings: [...problems, ...project.configFindings] };
}

/** A project as the parts of a chain have it. */
export function configuredBy(parts: readonly FilePart[], cwd: string): Project {
  const combined = combine(parts, registry);
  const findings = combined.problems.flatMap(({ part, ...problem }) => {
    const { file } = parts[part] ?? {};
    return file ? [configFinding(file, problem)] : [];
  });
  const patterns = patternsOf(combined, parts, cwd);
  const { options, rules, overrides, failOn = 'error', minSeverity = 'info', maxWarnings, format = {} } = combined;
  return {
    lint: { ...options, ...(overrides.length > 0 && { overrides: overrides.map((one) => overrideOf(one, patterns.overrides)) }) },
    rules,
    isIgnored: (name) => patterns.ignores.some((one) => one.matches(name)),
    configFindings: findings,
    afterwards: patterns.unmatched,
    failOn,
    minSeverity,
    format,
    ...(maxWarnings === undefined ? {} : { maxWarnings }),
  };
}

interface Patterns {
  readonly overrides: ReadonlyMap<CombinedOverride, FilePatterns>;
  readonly ignores: readonly FilePatterns[];
  readonly unmatched: () => readonly Diagnostic[];
}

function patternsOf({ overrides, ignores }: Combined, parts: readonly FilePart[], cwd: string): Patterns {
  const madeFor = (part: number, patterns: readonly string[]) =>
    new FilePatterns(patterns, dirname(parts[part]?.file.path ?? cwd), cwd);
  const ofOverrides = new Map(overrides.map((one) => [one, madeFor(one.part, one.files)]));
  const ofIgnores = ignores.map((one) => ({ ...one, patterns: madeFor(one.part, [one.pattern]) }));
  const nothing = (part: number, path: readonly (string | number)[], pattern: string): Diagnostic[] => {
    const { file, path: start = [] } = parts[part] ?? {};
    const message = `"${pattern}" matches no file`;
    return file ? [configFinding(file, { path: [...start, ...path], message, severity: 'warning' })] : [];
  };
  return {
    overrides: ofOverrides,
    ignores: ofIgnores.map(({ patterns }) => patterns),
    unmatched: () => [
      ...[...ofOverrides].flatMap(([{ part, index, files }, patterns]) =>
        patterns.unmatched().flatMap((pattern) => nothing(part, ['overrides', index, 'files', files.indexOf(pattern)], pattern)),
      ),
      ...ofIgnores.flatMap(({ part, index, patterns }) =>
        patterns.unmatched().flatMap((pattern) => nothing(part, ['ignores', index], pattern)),
      ),
    ],
  };
}

function overrideOf(override: CombinedOverride, patterns: ReadonlyMap<CombinedOverride, FilePatterns>): Override {
  const { presets, rules } = override;
  return {
    matches: (name) => patterns.get(override)?.matches(name) === true,
    ...(presets && { presets }),
    rules,
  };
}
