/* The public API. What is not exported here may change at any time. */

export { display, type Position, positionAt, type SourceText, sourceText } from './base/source-text.ts';
export { check, type LintTextOptions, lintText, loadConfig, type Parse, present, type Root, rememberingParser } from './check.ts';
export type { ConfigDirective, ConfigTree } from './config/config-tree.ts';
export { readDump } from './config/dump.ts';
export { textsLoader } from './config/memory-loader.ts';
export type { ReadFailure, SourceLoader } from './config/source-loader.ts';
export type {
  Checked,
  Diagnostic,
  Edit,
  Fix,
  Related,
  Severity,
  Span,
  Suppressed,
  Suppression,
} from './diagnostics/diagnostic.ts';
export { concise } from './diagnostics/render/concise.ts';
export { type JsonDiagnostic, type JsonReport, jsonReport } from './diagnostics/render/json.ts';
export { type Paint, plainPaint } from './diagnostics/render/paint.ts';
export { pretty } from './diagnostics/render/pretty.ts';
export type { Formatted } from './format/format.ts';
export type { FormatOptions } from './format/options.ts';
export { type FormatTextOptions, formatText } from './formatting.ts';
export { diskFiles } from './host/files.ts';
export { defineConfig, type NginxlintConfig } from './lint/configuration/config.ts';
export type { LintOptions, Override, Preset, RuleChoice, SettingValue } from './lint/options.ts';
export { type Category, defineRule, type Finding, type Rule, type RuleContext, type RuleSetting } from './lint/rule.ts';
export type { Presented } from './lint/suppress.ts';
export { spanOfArgument, spanOfHead, spanOfName } from './model/place.ts';
export { type Scope, type Use, useIn, usesIn } from './model/scope.ts';
export type { BackendControl } from './run/backends.ts';
export type { Burst } from './run/burst.ts';
export type { Attempt, Explanation, Step } from './run/explain/explanation.ts';
export type { Fault } from './run/faults.ts';
export type { ExplainInit, NotRunLine, PeerState, RunningNginx, RunOptions } from './run/options.ts';
export { NginxConfigError, run } from './run/run.ts';
export type { SeenSession, SessionHop } from './run/sessions/session-tracker.ts';
export { type CureTrial, type SessionTrial, type SessionTrialOptions, trySessions } from './run/sessions/try-cures.ts';
export type { SimHappening, SimReport, SimServer, SimWindow } from './run/sim/report.ts';
export { type SimOptions, simulate } from './run/sim/simulate.ts';
export type { RunSource } from './run/source.ts';
export type { Event } from './runtime/events.ts';
export type { BackendHandler, BackendReply, BackendRequest } from './runtime/mock/http-server.ts';
export { type LoginAppOptions, loginApp } from './runtime/mock/login-app.ts';
export { applyEdits } from './syntax/edit.ts';
export type { Block, Comment, Directive, File, Skipped, Word } from './syntax/tree.ts';
