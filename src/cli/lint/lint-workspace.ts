import { display, type SourceText, sourceText } from '../../base/source-text.ts';
import { check, contextOfRoot, loadConfig, type Parse, present, type Root, rememberingParser } from '../../check.ts';
import type { ConfigTree } from '../../config/config-tree.ts';
import { readDump } from '../../config/dump.ts';
import { isWhole } from '../../config/include.ts';
import { directoryOf } from '../../config/paths.ts';
import type { SourceLoader } from '../../config/source-loader.ts';
import { isBundled } from '../../config/well-known/bundled.ts';
import type { Checked, Diagnostic, Suppressed } from '../../diagnostics/diagnostic.ts';
import type { DiskFiles } from '../../host/files.ts';
import { type FindingKey, findingKey } from '../../lint/finding-key.ts';
import type { LintOptions } from '../../lint/options.ts';
import type { HostQuestions } from '../../model/check/host-questions.ts';
import { vocabulary } from '../../model/vocabulary.ts';
import type { Directive, File } from '../../syntax/tree.ts';
import type { Input, Inputs } from './lint-inputs.ts';
import type { LintSettings } from './lint-settings.ts';
import { isAmongNginxFiles } from './walk-directory.ts';

/** What linting a set of files gives. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** What comments in the files keep from being shown. */
  readonly suppressed: readonly Suppressed[];
  /** Every file read, our own copies of nginx's left out. */
  readonly files: readonly SourceText[];
  /** Their trees. */
  readonly trees: ReadonlyMap<SourceText, File>;
  /** What makes a finding the same as one of another run. */
  keyOf(diagnostic: Diagnostic): FindingKey;
  /** Paths of the files that may be changed: those given, and what they include from their own directory tree. */
  readonly editable: ReadonlyMap<SourceText, string>;
}

type Loaded = Checked<ConfigTree>;

interface Candidate {
  readonly input: Input;
  readonly source: SourceText;
  readonly root: Root;
  readonly isMain: boolean;
}

/** Lints the given files as configurations: each nginx.conf with what it includes, the rest as fragments. */
export function lintInputs({ files, loader }: Inputs, settings: LintSettings, disk: DiskFiles, host?: HostQuestions): Outcome {
  const options: LintOptions = { ...settings.lint, ...(host && { host }) };
  const isMeant = ({ span }: Diagnostic) => !settings.isIgnored(span.source.name);
  const parse = countingParser(settings);
  const tracked = trackPaths(loader);
  const refused: Diagnostic[] = [];
  const candidates: Candidate[] = [];
  const dumps: Loaded[] = [];
  for (const input of files) {
    if (settings.isIgnored(input.path)) continue;
    const source = tracked.read(input.path);
    if ('error' in source) refused.push(...refusal(input, source.error));
    else {
      const dump = readDump(source);
      if (dump) dumps.push(loadConfig({ source: dump.root, loader: dump.loader, prefix: directoryOf(dump.path) }, parse));
      else if (input.from !== 'directory' || isNginx(input.path, source, parse)) {
        candidates.push(candidateOf(input, source, { parse, loader: tracked, settings, disk }));
      }
    }
  }
  const configs = [...dumps, ...loadCandidates(candidates, parse)];
  let checked = 0;
  const checkOne = (config: Loaded) => {
    settings.onProgress?.(`checking ${++checked} of ${configs.length}`);
    return check(config, options, settings.rules);
  };
  const found = settings.memory?.findings(configs, settings, checkOne) ?? configs.flatMap(checkOne);
  const shown = [...settings.configFindings, ...settings.afterwards(), ...refused, ...found.filter(isMeant)];
  const trees = new Map(configs.flatMap(({ value }) => value.files.map((file) => [file.source, file] as const)));
  const read = new Set(trees.keys());
  for (const source of read) if (isBundled(source)) read.delete(source);
  return {
    ...present(shown, options, { configs: configs.map(({ value }) => value), rules: settings.rules }),
    files: [...read],
    trees,
    keyOf: (diagnostic) => findingKey(diagnostic, trees.get(diagnostic.span.source)),
    editable: editableOf(read, candidates, tracked.paths),
  };
}

/** A parser that tells how many files it has read. */
function countingParser({ onProgress, memory }: LintSettings): Parse {
  const parse = memory?.parse ?? rememberingParser({ templates: true });
  const read = new Set<SourceText>();
  return (source, context) => {
    read.add(source);
    onProgress?.(`reading, ${read.size} files so far`);
    return parse(source, context);
  };
}

/** Whole configurations first; then what no other file includes; then what only files in a circle include. */
function loadCandidates(candidates: readonly Candidate[], parse: Parse): readonly Loaded[] {
  const chosen: Loaded[] = [];
  const covered = new Set<SourceText>();
  const choose = (loaded: Loaded) => {
    chosen.push(loaded);
    for (const { source } of loaded.value.files) covered.add(source);
  };
  for (const { isMain, root } of candidates) if (isMain) choose(loadConfig(root, parse));
  const rest = candidates.filter(({ source }) => !covered.has(source)).map(({ root }) => loadConfig(root, parse));
  const included = new Set(rest.flatMap(({ value }) => value.files.slice(1).map(({ source }) => source)));
  for (const loaded of rest) if (!included.has(loaded.value.root.source)) choose(loaded);
  for (const loaded of rest) if (!covered.has(loaded.value.root.source)) choose(loaded);
  return chosen;
}

interface Surroundings {
  readonly parse: Parse;
  readonly loader: SourceLoader;
  readonly settings: LintSettings;
  readonly disk: DiskFiles;
}

function candidateOf(input: Input, source: SourceText, { parse, loader, settings, disk }: Surroundings): Candidate {
  const given = settings.context === undefined ? {} : { context: settings.context };
  const around = { source, loader, ...prefixOf(input, settings, disk) };
  const context = contextOfRoot({ ...around, ...given }, parse);
  const isMain = context === vocabulary.main && isWhole(parse(source, context).value);
  const place =
    isMain && settings.prefix === undefined ? { prefix: directoryOf(input.path), prefixIsKnown: input.path !== '<stdin>' } : {};
  return { input, source, isMain, root: { ...around, ...place, ...given } };
}

function prefixOf({ path }: Input, { prefix }: LintSettings, disk: DiskFiles): { prefix: string; prefixIsKnown: boolean } {
  return prefix === undefined ? prefixAround(path, disk) : { prefix, prefixIsKnown: true };
}

/** The directory of the nginx.conf that a fragment most probably belongs to: the nearest one above it. */
function prefixAround(path: string, disk: DiskFiles): { prefix: string; prefixIsKnown: boolean } {
  const own = directoryOf(path);
  let prefix = own;
  for (let level = 0; level < 4; level++) {
    if (disk.kindOf(`${prefix}nginx.conf`) === 'file') return { prefix, prefixIsKnown: true };
    if (prefix === '/') break;
    prefix = prefix === '' || prefix.endsWith('../') ? `${prefix}../` : directoryOf(prefix.slice(0, -1));
  }
  return { prefix: own, prefixIsKnown: false };
}

/**
 * Tells nginx's files from other programs' in a directory: no INI sections; one directive that nginx knows is enough; where only
 * nginx's files should be, one that is written as nginx's are.
 */
function isNginx(path: string, source: SourceText, parse: Parse): boolean {
  if (/^[ \t]*\[[^\]\n]*\][ \t\r]*$/m.test(source.text)) return false; // [section] of an INI file
  const { directives } = parse(source).value;
  const isWrittenSo = ({ name, terminator }: Directive) => terminator >= 0 && /^[a-z]\w*$/.test(name.value);
  return (
    directives.length === 0 ||
    directives.some(({ name }) => vocabulary.meanings(name.value).length > 0) ||
    (isAmongNginxFiles(path) && directives.some(isWrittenSo))
  );
}

function refusal({ path, from }: Input, error: string): Diagnostic[] {
  if (from === 'directory') return [];
  const span = { source: sourceText(display(path), ''), start: 0, end: 0 };
  return [{ rule: 'unreadable-file', severity: 'error', message: `cannot read ${display(path)}: ${error}`, span }];
}

/** Only what belongs to the configurations that were named is changed; a file elsewhere may serve others. */
function editableOf(
  read: ReadonlySet<SourceText>,
  candidates: readonly Candidate[],
  paths: ReadonlyMap<SourceText, string>,
): ReadonlyMap<SourceText, string> {
  const given = new Set(candidates.map(({ source }) => source));
  const trees = candidates.filter(({ isMain }) => isMain).map(({ root }) => root.prefix);
  const editable = new Map<SourceText, string>();
  for (const source of read) {
    const path = paths.get(source);
    if (path === undefined) continue;
    const isInTree = trees.some(
      (tree) => path.startsWith(tree) && !path.slice(tree.length).startsWith('/') && !path.slice(tree.length).startsWith('../'),
    );
    if (given.has(source) || isInTree) editable.set(source, path);
  }
  return editable;
}

function trackPaths(loader: SourceLoader): SourceLoader & { readonly paths: ReadonlyMap<SourceText, string> } {
  const paths = new Map<SourceText, string>();
  return {
    paths,
    glob: (pattern) => loader.glob(pattern),
    read(path) {
      const source = loader.read(path);
      if (!('error' in source) && !paths.has(source)) paths.set(source, path);
      return source;
    },
  };
}
