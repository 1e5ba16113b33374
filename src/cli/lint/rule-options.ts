import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Severity } from '../../diagnostics/diagnostic.ts';
import { type Preset, presetNames } from '../../lint/options.ts';
import { targetsOf } from '../../model/check/target-options.ts';
import { UsageError } from '../streams.ts';
import type { RuleSettings } from './lint-settings.ts';

/** What is asked and for which nginx, as the command line has it. */
export interface RuleOptions {
  readonly config?: string | boolean;
  readonly preset?: readonly Preset[];
  readonly select?: readonly string[];
  readonly extendSelect?: readonly string[];
  readonly ignore?: readonly string[];
  readonly nginxVersion?: string;
  readonly flavor?: string;
  readonly modules?: string;
  readonly minSeverity?: Severity;
  readonly failOn?: Severity;
  readonly maxWarnings?: number;
  readonly printConfig?: boolean | string;
  readonly init?: boolean | string;
  readonly timing?: boolean;
  readonly statistics?: boolean;
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Adds the options that decide which rules run, for which nginx, and what their findings count for. */
export function addRuleOptions(program: Command): void {
  program
    .option('--config <file>', 'the configuration (default: nginxlint.config.* or .nginxlintrc, here or above)')
    .option('--no-config', 'no configuration file')
    .option('--preset <names>', `sets of rules: ${presetNames.join(', ')}`, readPresets)
    .option(
      '--select <rules>',
      'only these: ids, patterns (check-*), presets, categories, gixy:ssrf, nginx-lint:indent',
      readList,
    )
    .option('--extend-select <rules>', 'these, too', readList)
    .option('--ignore <rules>', 'not these', readList)
    .addOption(new Option('--fail-on <severity>', 'exit code 1 from this severity on (default: error)').choices(severities))
    .option('--max-warnings <number>', 'exit code 1 when there are more warnings', readCount)
    .addOption(new Option('--min-severity <severity>', 'show findings from this severity on (default: info)').choices(severities))
    .option(
      '--nginx-version <version>',
      'the nginx whose defaults and refusals count, or a range: 1.22..1.28 (default: not known)',
    )
    .option('--flavor <name>', 'whose nginx it is: oss, plus, openresty, tengine, angie or freenginx (default: not known)')
    .option('--modules <list>', 'what it is built with, against all modules we know: +check,-stream')
    .option('--print-config [file]', 'show what is in force, for all files or for one, and stop')
    .option('--init [kind]', 'write a small nginxlint.config.mjs (or json) here, and stop')
    .option('--timing', 'say how long each rule took')
    .option('--statistics', 'say how many findings each rule has');
}

/** Reads them; a `UsageError` when no nginx is meant. */
export function ruleSettings(raw: RuleOptions): RuleSettings {
  const {
    config,
    select,
    extendSelect,
    ignore,
    preset,
    minSeverity,
    failOn,
    maxWarnings,
    timing = false,
    statistics = false,
  } = raw;
  return {
    timing,
    statistics,
    project: {
      target: targetOf(raw),
      selection: {
        ...(select && { select }),
        ...(extendSelect && { extendSelect }),
        ...(ignore && { ignore }),
        ...(preset && { presets: preset }),
      },
      ...(config === undefined || config === true ? {} : { config }),
      ...(minSeverity && { minSeverity }),
      ...(failOn && { failOn }),
      ...(maxWarnings === undefined ? {} : { maxWarnings }),
    },
  };
}

function readList(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').filter((name) => name !== '')];
}

function readPresets(text: string, before: readonly Preset[] = []): readonly Preset[] {
  const names = text.split(',').map((name) => {
    const known = presetNames.find((preset) => preset === name);
    if (!known) throw new InvalidArgumentError(`The presets are ${presetNames.join(', ')}.`);
    return known;
  });
  return [...before, ...names];
}

function readCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is a number, 0 or more.');
  return Number(text);
}

function targetOf({ nginxVersion, flavor, modules }: RuleOptions): RuleSettings['project']['target'] {
  const target = {
    ...(nginxVersion === undefined ? {} : { nginxVersion }),
    ...(flavor === undefined ? {} : { flavor }),
    ...(modules === undefined ? {} : { modules }),
  };
  const targets = targetsOf(target);
  if ('error' in targets) throw new UsageError(targets.error);
  return target;
}
