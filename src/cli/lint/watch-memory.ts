import { resolve } from 'node:path';
import { isGlob } from '../../base/glob.ts';
import { display, type SourceText } from '../../base/source-text.ts';
import { type Parse, rememberingParser } from '../../check.ts';
import type { ConfigTree } from '../../config/config-tree.ts';
import { directoryOf } from '../../config/paths.ts';
import type { SourceLoader } from '../../config/source-loader.ts';
import type { Checked, Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { LintOptions } from '../../lint/options.ts';
import type { Rule } from '../../lint/rule.ts';

type Loaded = Checked<ConfigTree>;

/** What decides, beside the files, about what is found. */
interface Asked {
  readonly rules: readonly Rule[];
  readonly checkFiles: boolean;
  readonly checkDns: boolean;
  readonly lint: LintOptions;
  readonly context?: number;
  readonly prefix?: string;
}

interface Known {
  readonly files: readonly SourceText[];
  /** What reading it said, and the options, as text. */
  readonly circumstances: string;
  readonly found: readonly Diagnostic[];
}

/** What one run of a watching linter leaves to the next: texts, trees, and what was found in each configuration. */
export class WatchMemory {
  readonly parse: Parse = rememberingParser({ templates: true });
  readonly #sources = new Map<string, SourceText>();
  #known = new Map<SourceText, Known>();
  #rules: readonly Rule[] = [];
  /** Directories in which files were looked for; byte strings. */
  readonly #searched = new Set<string>();

  /** A loader that gives the same object for a file that has not changed since an earlier run. */
  remembering(loader: SourceLoader): SourceLoader {
    return {
      read: (path) => {
        this.#searched.add(directoryOf(path));
        const source = loader.read(path);
        if ('error' in source) return source;
        const before = this.#sources.get(source.name);
        if (before?.text === source.text) return before;
        this.#sources.set(source.name, source);
        return source;
      },
      glob: (pattern) => {
        this.#searched.add(directoryBefore(pattern));
        return loader.glob(pattern);
      },
    };
  }

  /** Findings of each configuration: those of the run before, where no file of it and no option is another. */
  findings(configs: readonly Loaded[], settings: Asked, check: (config: Loaded) => readonly Diagnostic[]): Diagnostic[] {
    const { rules, checkFiles, checkDns, lint } = settings;
    const isKept = !checkFiles && !checkDns && !lint.meter && isSame(rules, this.#rules);
    const known = new Map<SourceText, Known>();
    const found = configs.flatMap((config) => {
      const files = config.value.files.map(({ source }) => source);
      const circumstances = circumstancesOf(config, settings);
      const before = isKept ? this.#known.get(config.value.root.source) : undefined;
      const isUnchanged = before?.circumstances === circumstances && isSame(files, before.files);
      const found = isUnchanged ? before.found : check(config);
      known.set(config.value.root.source, { files, circumstances, found });
      return found;
    });
    this.#known = known;
    this.#rules = rules;
    return found;
  }

  /** Absolute directories in which a file that comes may matter, since this was asked last. */
  searched(cwd: string): readonly string[] {
    const directories = [...this.#searched].map((directory) => resolve(cwd, display(directory)));
    this.#searched.clear();
    return directories;
  }
}

function isSame<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}

/** Overrides say by functions which files they are for: their answers stand for them. */
function circumstancesOf({ value, diagnostics }: Loaded, { lint, context, prefix }: Asked): string {
  const { files, context: own, contextIsGuess, closed } = value;
  const said = diagnostics.map(({ rule, severity, message, span }) => [rule, severity, message, span.source.name, span.start]);
  const overridden = (lint.overrides ?? []).map(({ matches }) => files.map(({ source }) => matches(source.name)));
  return JSON.stringify([lint, context, prefix, own, contextIsGuess, closed, said, overridden]);
}

/** The directory of a pattern, as far as its name is known. */
function directoryBefore(pattern: string): string {
  let directory = directoryOf(pattern);
  while (isGlob(directory)) directory = directoryOf(directory.slice(0, -1));
  return directory;
}
