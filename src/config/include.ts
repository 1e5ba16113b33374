import { isGlob } from '../base/glob.ts';
import { nearest, similarTo } from '../base/nearest.ts';
import { display, type SourceText } from '../base/source-text.ts';
import type { Checked, Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { Directive, File } from '../syntax/tree.ts';
import type { Vocabulary } from '../syntax/vocabulary.ts';
import type { ConfigDirective, ConfigTree } from './config-tree.ts';
import { baseName, directoryOf, fullName } from './paths.ts';
import { EISDIR, ENOENT, type ReadFailure, type SourceLoader } from './source-loader.ts';
import { bundledSource } from './well-known/bundled.ts';

/** What splicing includes needs besides the root file. */
export interface IncludeOptions {
  readonly loader: SourceLoader;
  readonly vocabulary: Vocabulary;
  /** Parses a file as the inside of a block of `context`. */
  readonly parse: (source: SourceText, context: number) => Checked<File>;
  /** The context of the root's top level. */
  readonly context: number;
  /** True when nobody has said so and the directives were asked. */
  readonly contextIsGuess?: boolean;
  /** Where relative includes start: the main configuration file's directory, with its slash. */
  readonly prefix: string;
  /** False when `prefix` is a guess, for a fragment without its nginx.conf: a missing file then proves nothing. */
  readonly prefixIsKnown: boolean;
}

/** Where a list of directives stands. */
interface Site {
  readonly source: SourceText;
  readonly parent: ConfigDirective | null;
  readonly context: number;
  readonly includedBy: readonly ConfigDirective[];
  /** Blocks and includes around it. */
  readonly depth: number;
  /** True in a file that was included before. */
  readonly isRepeated: boolean;
  /** False in a block whose lines are data and where nginx knows no `include` line. */
  readonly canInclude: boolean;
}

interface Growing extends ConfigDirective {
  children: readonly ConfigDirective[] | null;
}

/** Nobody nests blocks this deep; whatever walks the result may recurse. */
const deepest = 64;

/** Enough for thousands of servers with a dozen snippets each; stops files that include each other in powers of two. */
const mostIncludes = 100_000;

const withoutIncludeLine: ReadonlySet<string> = new Set(['split_clients', 'charset_map']);

/** Splices a file's includes as nginx resolves them (ngx_conf_include), and theirs. */
export function spliceIncludes(root: Checked<File>, options: IncludeOptions): Checked<ConfigTree> {
  const splicer = new Splicer(options);
  const { value: file } = root;
  splicer.enter(root);
  const directives = splicer.splice(file.directives, {
    source: file.source,
    parent: null,
    context: options.context,
    includedBy: [],
    depth: 0,
    isRepeated: false,
    canInclude: true,
  });
  const files = [...splicer.files.values()];
  const isComplete = splicer.isComplete && files.every(({ placeholders = [] }) => placeholders.every(({ inWord }) => inWord));
  const closed = isComplete && options.context === options.vocabulary.main && isWhole(file);
  const { context, contextIsGuess = false } = options;
  return {
    value: { root: file, context, contextIsGuess, directives, files, closed },
    diagnostics: splicer.diagnostics,
  };
}

/** Holds what one run of `spliceIncludes` gathers. */
class Splicer {
  readonly diagnostics: Diagnostic[] = [];
  readonly files = new Map<SourceText, File>();
  isComplete = true;
  private includes = 0;
  /** For paths that lead nowhere. */
  private readonly guesses = new Map<string, string | undefined>();
  private readonly entered = new Set<Checked<File>>();
  private readonly values = new Map<Directive, readonly string[]>();
  private readonly options: IncludeOptions;

  constructor(options: IncludeOptions) {
    this.options = options;
  }

  enter(parsed: Checked<File>): void {
    if (this.entered.has(parsed)) return;
    this.entered.add(parsed);
    if (!this.files.has(parsed.value.source)) this.files.set(parsed.value.source, parsed.value);
    for (const diagnostic of parsed.diagnostics) this.diagnostics.push(diagnostic);
  }

  splice(nodes: readonly Directive[], site: Site): ConfigDirective[] {
    const result: ConfigDirective[] = [];
    for (const node of nodes) {
      const directive: Growing = {
        name: node.name.value,
        args: site.isRepeated ? this.sharedValues(node) : valuesOf(node),
        node,
        source: site.source,
        children: null,
        parent: site.parent,
        includedBy: site.includedBy,
      };
      if (isInclude(directive, site)) for (const included of this.include(directive, site)) result.push(included);
      else {
        if (node.block && !node.block.raw) directive.children = this.inside(directive, node.block.directives, site);
        result.push(directive);
      }
    }
    return result.slice(); // without the room of an array that grows
  }

  /** A snippet that every server includes has its arguments once. */
  private sharedValues(node: Directive): readonly string[] {
    let values = this.values.get(node);
    if (!values) this.values.set(node, (values = valuesOf(node)));
    return values;
  }

  private inside(directive: ConfigDirective, nodes: readonly Directive[], site: Site): ConfigDirective[] {
    if (this.isTooDeep(directive, site)) return [];
    const meanings = this.options.vocabulary.meanings(directive.name);
    const meaning = meanings.find(({ contexts, block }) => block !== 'none' && contexts & site.context);
    return this.splice(nodes, {
      ...site,
      parent: directive,
      context: meaning?.opens(site.context) ?? 0,
      depth: site.depth + 1,
      canInclude: !withoutIncludeLine.has(directive.name),
    });
  }

  private include(directive: ConfigDirective, site: Site): ConfigDirective[] {
    const name = fullName(this.options.prefix, directive.args[0] ?? '');
    if (!isGlob(name)) return this.includeFile(name, directive, site);
    const paths = this.options.loader.glob(name);
    if (paths.length === 0 && this.options.loader.glob(directoryOf(name).slice(0, -1) || '.').length === 0) {
      this.isComplete = false;
    }
    return paths.flatMap((path) => this.includeFile(path, directive, site));
  }

  private includeFile(path: string, directive: ConfigDirective, site: Site): ConfigDirective[] {
    const read = this.options.loader.read(path);
    const source = 'error' in read ? this.bundled(path, read, directive) : read;
    if (!source) {
      this.isComplete = false;
      this.diagnostics.push(this.failure(path, read as ReadFailure, directive));
      return [];
    }
    if (this.isCycle(source, directive, site) || this.isTooDeep(directive, site)) return [];
    const parsed = this.options.parse(source, site.context);
    const isRepeated = this.entered.has(parsed);
    this.enter(parsed);
    return this.splice(parsed.value.directives, {
      ...site,
      source,
      includedBy: [...site.includedBy, directive],
      depth: site.depth + 1,
      isRepeated,
    });
  }

  private bundled(path: string, { errno }: ReadFailure, directive: ConfigDirective): SourceText | undefined {
    const source = errno === ENOENT ? bundledSource(path) : undefined;
    if (source) {
      this.diagnostics.push({
        rule: 'bundled-include',
        severity: 'hint',
        span: spanOfArgument(directive),
        message: `${display(baseName(path))} is not here; nginxlint reads its own copy`,
      });
    }
    return source;
  }

  private failure(path: string, failure: ReadFailure, directive: ConfigDirective): Diagnostic {
    const { error, errno } = failure;
    if (errno === ENOENT) return this.notFound(path, failure, directive);
    return {
      rule: 'unreadable-file',
      severity: 'error',
      message: `cannot include "${display(path)}": ${error}`,
      why: 'nginx needs to read every file that is included, and so does nginxlint.',
      ...(errno === 0 ? {} : { nginx: nginxWords(path, failure) }),
      span: spanOfArgument(directive),
    };
  }

  private nearestTo(path: string): string | undefined {
    if (!this.guesses.has(path)) {
      const names = this.options.loader.glob(`${directoryOf(path)}*`).map(baseName);
      this.guesses.set(path, nearest(similarTo(baseName(path), names))[0]);
    }
    return this.guesses.get(path);
  }

  private notFound(path: string, failure: ReadFailure, directive: ConfigDirective): Diagnostic {
    const { prefixIsKnown } = this.options;
    const written = directive.args[0] ?? '';
    const isCertain = prefixIsKnown || written.startsWith('/');
    const near = this.nearestTo(path);
    const help = near === undefined ? helpFor(written, isCertain) : `did you mean "${display(directoryOf(written) + near)}"?`;
    return {
      rule: 'include-not-found',
      severity: isCertain ? 'error' : 'info',
      message: `cannot include "${display(path)}": ${failure.error}`,
      why: isCertain
        ? 'nginx does not start, and refuses a reload, when a file that is included by its name is missing.'
        : 'What it holds is not checked, and rules that need the whole configuration stay silent.',
      nginx: nginxWords(path, failure),
      ...(help === undefined ? {} : { help }),
      span: spanOfArgument(directive),
    };
  }

  private isCycle(source: SourceText, directive: ConfigDirective, { includedBy }: Site): boolean {
    const chain = [...includedBy, directive];
    const start = chain.findIndex((step) => step.source === source);
    if (start < 0) return false;
    const through = chain.slice(start, -1);
    this.diagnostics.push({
      rule: 'include-cycle',
      severity: 'error',
      message:
        through.length === 0
          ? `"${source.name}" includes itself`
          : `"${source.name}" includes itself through ${chain
              .slice(start + 1)
              .map((step) => `"${step.source.name}"`)
              .join(', ')}`,
      why: 'nginx opens the files over and over until it has no file descriptors left, and does not start.',
      help: isGlob(directive.args[0] ?? '') ? 'write a pattern that does not match the file it stands in' : 'remove this include',
      span: spanOfArgument(directive),
      related: through.map((step) => ({ message: 'included from here', span: spanOfArgument(step) })),
    });
    return true;
  }

  private isTooDeep(directive: ConfigDirective, { depth }: Site): boolean {
    const tooMany = directive.name === 'include' && ++this.includes > mostIncludes;
    if (depth < deepest && !tooMany) return false;
    this.isComplete = false;
    if (tooMany && this.includes > mostIncludes + 1) return true;
    this.diagnostics.push({
      rule: 'nesting-too-deep',
      severity: 'error',
      message: tooMany
        ? `more than ${mostIncludes} files are included; nginxlint stops here`
        : `nested more than ${deepest} deep; nginxlint does not look further inside`,
      span: { source: directive.source, start: directive.node.name.start, end: directive.node.name.end },
    });
    return true;
  }
}

/** True for an nginx.conf. A file of the main context that only loads modules or sets a user is a part of some nginx.conf. */
export function isWhole({ source, directives }: File): boolean {
  return baseName(source.name) === 'nginx.conf' || directives.some(({ block }) => block !== null);
}

function valuesOf({ args }: Directive): readonly string[] {
  return args.map(({ value }) => value);
}

function isInclude({ name, args, node }: ConfigDirective, { canInclude }: Site): boolean {
  return canInclude && name === 'include' && args.length === 1 && !node.block;
}

function helpFor(written: string, isCertain: boolean): string | undefined {
  if (written.includes('$')) return 'nginx does not expand variables in the name of an included file';
  return isCertain ? undefined : 'give the directory of nginx.conf with --prefix DIR, or check nginx.conf itself';
}

function nginxWords(path: string, { error, errno }: ReadFailure): string {
  return `${errno === EISDIR ? 'pread()' : 'open()'} "${display(path)}" failed (${errno}: ${error})`;
}

function spanOfArgument({ source, node }: ConfigDirective): Span {
  const word = node.args[0] ?? node.name;
  return { source, start: word.start, end: word.end };
}
