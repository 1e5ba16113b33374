import { bytesOf, sourceText } from '../../base/source-text.ts';
import { isOn, type LintOptions, optionsAt } from '../../lint/options.ts';
import type { Rule } from '../../lint/rule.ts';
import type { LintSettings } from '../lint/lint-settings.ts';

/** What is in force, for all files or for the one that is named, as JSON. */
export function printedConfig({ lint, rules, minSeverity, failOn, maxWarnings }: LintSettings, file: true | string): string {
  const options = optionsAt(lint, sourceText(file === true ? '' : bytesOf(file), ''));
  const { nginxVersion, flavor, modules, presets, sharedSessions } = options;
  const shown = {
    nginxVersion,
    flavor,
    modules,
    sharedSessions,
    presets,
    minSeverity,
    failOn,
    maxWarnings,
    rules: Object.fromEntries(rules.map((rule) => [rule.id, choiceOf(rule, options)])),
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

/** What runs: a severity, or `off`; with all settings of a rule that has some. */
function choiceOf(rule: Rule, options: LintOptions): unknown {
  const choice = options.rules?.[rule.id];
  const [level, settings] = typeof choice === 'object' ? choice : [choice, {}];
  const severity = level === undefined || level === 'on' || level === 'off' ? rule.severity : level;
  const isRunning = isOn(rule, options) || (level !== 'off' && (rule.madeIn === 'syntax' || rule.madeIn === 'config'));
  const said = isRunning ? severity : 'off';
  if (!rule.settings) return said;
  const usual = Object.fromEntries(Object.entries(rule.settings).map(([name, { default: value }]) => [name, value]));
  return [said, { ...usual, ...settings }];
}
