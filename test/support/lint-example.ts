import { parseDocument } from 'yaml';
import { bytesOf, lineAt, sourceText } from '../../src/base/source-text.ts';
import { check, loadConfig, present, rememberingParser } from '../../src/check.ts';
import { treePlaces } from '../../src/cli/config/config-places.ts';
import { configuredBy } from '../../src/cli/config/configured.ts';
import { textsLoader } from '../../src/config/memory-loader.ts';
import { EISDIR, ENOENT, type ReadFailure } from '../../src/config/source-loader.ts';
import type { Diagnostic, Edit } from '../../src/diagnostics/diagnostic.ts';
import * as certificates from '../../src/host/certificates.ts';
import type { LintOptions, RuleChoice, SettingValue } from '../../src/lint/options.ts';
import type { HostFiles, HostQuestions } from '../../src/model/check/host-questions.ts';
import { contextOf, main } from '../../src/schema/contexts.ts';
import { applyEdits } from '../../src/syntax/edit.ts';
import type { Options } from './page.ts';

/** What is around an example that says where it stands (`in=`). */
const frames: Readonly<Record<string, readonly [before: string, after: string]>> = {
  main: ['', ''],
  http: ['events { }\nhttp {\n', '}\n'],
  server: ['events { }\nhttp {\nserver {\n', '}\n}\n'],
  location: ['events { }\nhttp {\nserver {\nlocation / {\n', '}\n}\n}\n'],
  upstream: ['events { }\nhttp {\nupstream app {\n', '}\n}\n'],
  stream: ['events { }\nstream {\n', '}\n'],
};

/** A configuration to lint: its text, the files beside it, and the words on its fence. */
export interface Lintable {
  readonly text: string;
  readonly options: Options;
  readonly files?: ReadonlyMap<string, { readonly text: string }>;
}

/** A finding, with its place in the text as it was given. */
export interface Found {
  readonly diagnostic: Diagnostic;
  readonly file: string;
  readonly line: number;
}

/** The main file's name. */
export const mainFile = 'nginx.conf';

/**
 * Lints a text as the command would. Options: `in=CONTEXT` puts it into a whole configuration, `fragment` or
 * `fragment=CONTEXT` leaves it alone, `version=1.30`, `flavor=plus`, `modules=-gzip` are nginx's, `RULE.max=5` is a setting of a
 * rule; `checks=files` looks at the machine's files, which are those beside it, `unknown=NAME,NAME` at names, which nobody
 * knows. Without any it is a whole `nginx.conf`. `rule` is on, whatever its presets.
 */
export function lintExample({ text, options, files = new Map() }: Lintable, rule?: string): readonly Found[] {
  const [before] = frameOf(options);
  const hidden = before.split('\n').length - 1;
  return diagnose({ text, options, files }, rule).map((diagnostic) => {
    const { source, start } = diagnostic.span;
    const line = lineAt(source, start) - (source.name === mainFile ? hidden : 0);
    return { diagnostic, file: source.name, line };
  });
}

/** The text after the fixes of one rule; those that overlap an earlier one wait for another run. */
export function fixExample(example: Lintable, rule: string, safeOnly: boolean): string {
  const [before, after] = frameOf(example.options);
  const edits: Edit[] = [];
  let text = before + bytesOf(example.text) + after;
  for (const { rule: id, fix, span } of diagnose(example, rule)) {
    if (id !== rule || !fix || (safeOnly && fix.safety !== 'safe')) continue;
    const edited = applyEdits(span.source, [...edits, ...fix.edits]);
    if (!('text' in edited) || span.source.name !== mainFile) continue;
    edits.push(...fix.edits);
    text = edited.text;
  }
  return Buffer.from(text.slice(before.length, text.length - after.length), 'latin1').toString('utf8');
}

/** A machine that holds the example's files and no users but root. */
function hostOf({ checks, unknown }: Options, texts: Readonly<Record<string, string>>): HostQuestions {
  const names = unknown?.split(',');
  return {
    ...(checks === 'files' && { files: filesOf(texts) }),
    ...(names && { knowsName: (name: string) => !names.includes(name) }),
  };
}

function filesOf(texts: Readonly<Record<string, string>>): HostFiles {
  const loader = textsLoader(texts);
  const inDirectory = (path: string): ReadFailure | undefined => {
    const parent = loader.read(path.replace(/\/[^/]*$/, ''));
    return 'errno' in parent && parent.errno === EISDIR ? undefined : { errno: ENOENT, error: 'No such file or directory' };
  };
  return {
    read(path) {
      const file = loader.read(path);
      return 'error' in file ? file : file.text;
    },
    append: inDirectory,
    makeDirectory: inDirectory,
    isSuperuser: true,
    hasUser: (name) => name === 'root',
    hasGroup: (name) => name === 'root',
    certificates,
  };
}

function frameOf({ in: place = 'main', fragment }: Options): readonly [string, string] {
  const frame = fragment === undefined ? frames[place] : frames.main;
  if (!frame) throw new Error(`in=${place}?`);
  return frame;
}

function diagnose({ text, options, files = new Map() }: Lintable, rule?: string): readonly Diagnostic[] {
  const [before, after] = frameOf(options);
  const source = sourceText(mainFile, before + bytesOf(text) + after);
  const texts = Object.fromEntries([...files].map(([name, { text }]) => [name, text]));
  const context = options.fragment === undefined ? main : contextOf(options.fragment);
  const root = {
    source,
    loader: textsLoader({ [mainFile]: source.text, ...texts }),
    prefix: '',
    prefixIsKnown: options.fragment === undefined,
    ...(context === undefined ? {} : { context }),
  };
  const loaded = loadConfig(root, rememberingParser({ templates: true }));
  const project = projectIn(texts);
  const lintOptions = { ...project.lint, ...lintOptionsOf(options, rule, project.lint), host: hostOf(options, texts) };
  const found = [...project.findings, ...check(loaded, lintOptions)];
  return present(found, lintOptions, { configs: [loaded.value] }).diagnostics;
}

/** What a `nginxlint.config.yaml` among the files says, and what is wrong with it. */
function projectIn(texts: Readonly<Record<string, string>>): { lint: LintOptions; findings: readonly Diagnostic[] } {
  const name = 'nginxlint.config.yaml';
  const text = texts[name];
  if (text === undefined) return { lint: {}, findings: [] };
  const document = parseDocument(text);
  const file = {
    path: `/${name}`,
    source: sourceText(name, bytesOf(text)),
    value: document.toJS(),
    places: treePlaces(document, text, []),
  };
  const { lint, configFindings } = configuredBy([{ value: file.value, path: [], file }], '/');
  return { lint, findings: configFindings };
}

function lintOptionsOf(options: Options, rule: string | undefined, { rules: chosen }: LintOptions): LintOptions {
  const { version, flavor, modules } = options;
  const rules: Record<string, RuleChoice> = {
    ...chosen,
    ...(rule !== undefined && !chosen?.[rule] && { [rule]: 'on' as const }),
  };
  for (const [word, value] of Object.entries(options)) {
    const [id = '', name] = word.split('.');
    if (name === undefined) continue;
    const choice = rules[id];
    rules[id] = ['on', { ...(typeof choice === 'object' ? choice[1] : {}), [name]: valueOf(value) }];
  }
  return { rules, ...(version && { nginxVersion: version }), ...(flavor && { flavor }), ...(modules && { modules }) };
}

function valueOf(text: string): SettingValue {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return text.includes(',') ? text.split(',').filter(Boolean) : text;
}
