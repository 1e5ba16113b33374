import { type Command, Option } from 'commander';
import type { Severity } from '../diagnostics/diagnostic.ts';
import { targetsOf } from '../model/check/target-options.ts';
import type { RuleSettings } from './lint-settings.ts';
import { UsageError } from './streams.ts';

/** What is asked and for which nginx, as the command line has it. */
export interface RuleOptions {
  readonly nginxVersion?: string;
  readonly flavor?: string;
  readonly modules?: string;
  readonly minSeverity: Severity;
  readonly failOn: Severity;
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Adds the options that decide which rules run, for which nginx, and what their findings count for. */
export function addRuleOptions(program: Command): void {
  program
    .addOption(new Option('--fail-on <severity>', 'exit code 1 from this severity on').choices(severities).default('error'))
    .addOption(new Option('--min-severity <severity>', 'show findings from this severity on').choices(severities).default('info'))
    .option(
      '--nginx-version <version>',
      'the nginx whose defaults and refusals count, or a range: 1.22..1.28 (default: not known)',
    )
    .option('--flavor <name>', 'whose nginx it is: oss, plus, openresty, tengine, angie or freenginx (default: not known)')
    .option('--modules <list>', 'what it is built with, against all modules we know: +check,-stream');
}

/** Reads them; a `UsageError` when no nginx is meant. */
export function ruleSettings(raw: RuleOptions): RuleSettings {
  return { minSeverity: raw.minSeverity, failOn: raw.failOn, target: targetOf(raw) };
}

function targetOf({ nginxVersion, flavor, modules }: RuleOptions): RuleSettings['target'] {
  const target = {
    ...(nginxVersion === undefined ? {} : { nginxVersion }),
    ...(flavor === undefined ? {} : { flavor }),
    ...(modules === undefined ? {} : { modules }),
  };
  const targets = targetsOf(target);
  if ('error' in targets) throw new UsageError(targets.error);
  return target;
}
