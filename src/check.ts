import { bytesOf, type SourceText, sourceText } from './base/source-text.ts';
import type { ConfigTree } from './config/config-tree.ts';
import { contextComment } from './config/context-comment.ts';
import { readDump } from './config/dump.ts';
import { spliceIncludes } from './config/include.ts';
import { textsLoader } from './config/memory-loader.ts';
import { baseName, directoryOf } from './config/paths.ts';
import type { SourceLoader } from './config/source-loader.ts';
import { isBundled } from './config/well-known/bundled.ts';
import type { Checked, Diagnostic } from './diagnostics/diagnostic.ts';
import { firstFindings } from './lint/first-findings.ts';
import type { LintOptions } from './lint/options.ts';
import { withRefusals } from './lint/refusals.ts';
import { registry } from './lint/registry.ts';
import type { Rule } from './lint/rule.ts';
import { lint, settle } from './lint/run.ts';
import { type Presented, suppress } from './lint/suppress.ts';
import { withoutTemplateEvidence } from './lint/template-evidence.ts';
import { buildModel } from './model/build.ts';
import { vocabulary } from './model/vocabulary.ts';
import { contextOf, http } from './schema/contexts.ts';
import { type Parsed, parseFile } from './syntax/build.ts';
import { guessContext } from './syntax/context.ts';
import type { Directive, File } from './syntax/tree.ts';

/** One file to start from, and how its includes are found. */
export interface Root {
  readonly source: SourceText;
  readonly loader: SourceLoader;
  /** Where relative includes start: a directory with its slash, or empty for the current one. */
  readonly prefix: string;
  /** False when `prefix` is a guess: an absent file is then no error. Default: true. */
  readonly prefixIsKnown?: boolean;
  /** The context of the file's top level; without it a comment in the file says, or its directives tell. */
  readonly context?: number;
}

/** Options of `lintText`. */
export interface LintTextOptions extends Partial<LintOptions> {
  /** What the text is called in findings; its directory is where relative includes start. Default: `nginx.conf`. */
  readonly filename?: string;
  /** Where included files come from. Without one every include but nginx's own files is missing. */
  readonly loader?: SourceLoader;
  /** Where the text belongs when it is a fragment: `http`, `http>server`, `stream>upstream` … */
  readonly context?: string;
  /** Rules beside ours. */
  readonly customRules?: readonly Rule[];
}

/** Parses each source once for each context, however many configurations include it. */
export type Parse = (source: SourceText, context?: number) => Checked<File>;

/** Makes a parser with a memory of its own; with `templates` a file may be one, whose tags are left out. */
export function rememberingParser({ templates = false }: { readonly templates?: boolean } = {}): Parse {
  const parsed = new WeakMap<SourceText, Map<number | undefined, Parsed>>();
  return (source, context) => {
    let byContext = parsed.get(source);
    if (!byContext) parsed.set(source, (byContext = new Map()));
    const free = byContext.get(undefined);
    if (free && (free.context === null || free.context === context)) return free;
    let file = byContext.get(context);
    if (!file)
      byContext.set(
        context,
        (file = parseFile(source, vocabulary, { templates, ...(context === undefined ? {} : { context }) })),
      );
    return file;
  };
}

/** The context of a file that stands alone: what it says itself, what is given, or what its directives tell. */
export function contextOfRoot(root: Root, parse: Parse): number {
  const { value: file } = parse(root.source, root.context);
  const given = givenContext(root, file);
  if (given !== undefined) return given;
  if (isNamedMain(file)) return vocabulary.main;
  const directives = onlyIncludes(file) ? includedBy(root, parse) : file.directives;
  return directives.length === 0 ? http : guessContext(directives, vocabulary);
}

/** The context that a comment in the file or the caller names. */
function givenContext({ context }: Root, file: File): number | undefined {
  const said = contextComment(file);
  return (said && contextOf(said.path)) ?? context;
}

/** Reads a configuration with everything it includes. */
export function loadConfig(root: Root, parse: Parse = rememberingParser()): Checked<ConfigTree> {
  const { source, loader, prefix, prefixIsKnown = true } = root;
  const context = contextOfRoot(root, parse);
  const file = parse(source, context);
  const contextIsGuess = givenContext(root, file.value) === undefined;
  return spliceIncludes(file, { loader, vocabulary, parse, context, contextIsGuess, prefix, prefixIsKnown });
}

/** Everything there is to say about a configuration: its syntax, its includes, its rules; unsorted and with repetitions. */
export function check(
  { value: config, diagnostics }: Checked<ConfigTree>,
  options: LintOptions,
  rules: readonly Rule[] = registry,
): readonly Diagnostic[] {
  const model = buildModel(config);
  const found = withRefusals(model, options, [...diagnostics, ...lint(model, options, rules)]);
  return withoutTemplateEvidence(config.files, found);
}

/** What findings are shown of. */
export interface Shown {
  /** The configurations in which they were found, whose comments may suppress them. */
  readonly configs?: readonly ConfigTree[];
  /** The rules that ran. Default: ours. */
  readonly rules?: readonly Rule[];
}

/** Findings as they are shown: each once, sorted by place, none in our own copies of nginx's files, none that a comment suppresses. */
export function present(
  found: readonly Diagnostic[],
  options: LintOptions,
  { configs = [], rules = registry }: Shown = {},
): Presented {
  const editable = found.filter(({ span }) => !isBundled(span.source));
  const { diagnostics, suppressed } = suppress(settle(editable.filter(firstBundledInclude()), options), configs, options, rules);
  return { diagnostics: firstFindings(diagnostics), suppressed };
}

/** Checks a text without touching the disk: a whole nginx.conf, a fragment, or an `nginx -T` dump. */
export function lintText(text: string, options: LintTextOptions = {}): readonly Diagnostic[] {
  const { filename = 'nginx.conf', loader = textsLoader({}), context: path, customRules = [], ...rest } = options;
  const rules = customRules.length > 0 ? [...registry, ...customRules] : registry;
  const lintOptions: LintOptions = rest;
  const source = sourceText(filename, bytesOf(text));
  const dump = readDump(source);
  const context = path === undefined ? undefined : contextOf(path);
  const root: Root = dump
    ? { source: dump.root, loader: dump.loader, prefix: directoryOf(dump.path) }
    : { source, loader, prefix: directoryOf(bytesOf(filename)), ...(context === undefined ? {} : { context }) };
  const config = loadConfig(root, rememberingParser({ templates: true }));
  return present(check(config, lintOptions, rules), lintOptions, { configs: [config.value], rules }).diagnostics;
}

/** A file called nginx.conf is one, unless it holds a lone `server`, as it often does in front of an image's own. */
function isNamedMain({ source: { name, text }, directives }: File): boolean {
  if (baseName(name) !== 'nginx.conf') return false;
  return directives.length === 0 || /(?:^|[;{}\s])(?:http|stream|mail|events)\s*\{/.test(text);
}

function onlyIncludes({ directives }: File): boolean {
  return directives.every(({ name, block }) => name.value === 'include' && !block);
}

/** What a file that holds nothing but includes brings in. */
function includedBy({ source, loader, prefix }: Root, parse: Parse): readonly Directive[] {
  const options = { loader, vocabulary, parse, context: 0, prefix, prefixIsKnown: false };
  return spliceIncludes(parse(source), options).value.directives.map(({ node }) => node);
}

/** That a file of nginx's is missing is said once for each such file. */
function firstBundledInclude(): (diagnostic: Diagnostic) => boolean {
  const said = new Set<string>();
  return ({ rule, message }) => {
    if (rule !== 'bundled-include') return true;
    const isNew = !said.has(message);
    said.add(message);
    return isNew;
  };
}
