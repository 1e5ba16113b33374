/* `nginxlint/config`: what configuration files and rules of your own import. It loads nothing else, so that they start quickly. */

export type { ConfigDirective, ConfigTree } from './config/config-tree.ts';
export type { Fix, Severity, Span } from './diagnostics/diagnostic.ts';
export { defineConfig, type NginxlintConfig } from './lint/configuration/config.ts';
export type { Preset, RuleChoice, SettingValue } from './lint/options.ts';
export { type Category, defineRule, type Finding, type Rule, type RuleContext, type RuleSetting } from './lint/rule.ts';
export { spanOfArgument, spanOfHead, spanOfName } from './model/place.ts';
export { type Scope, type Use, useIn, usesIn } from './model/scope.ts';
