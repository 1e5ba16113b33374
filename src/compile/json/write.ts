import { isGlob } from '../../base/glob.ts';
import { display, lineAt, type SourceText } from '../../base/source-text.ts';
import type { ConfigTree } from '../../config/config-tree.ts';
import { fullName } from '../../config/paths.ts';
import type { SourceLoader } from '../../config/source-loader.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { entriesOf } from '../../model/lookup.ts';
import type { File } from '../../syntax/tree.ts';
import { textOfBytes } from './bytes.ts';
import { combined } from './combine.ts';
import type { Payload, PayloadError, PayloadFile, PayloadOptions } from './payload.ts';
import { type Included, Statements } from './statements.ts';

/** Where a configuration comes from: how its includes are found, and what reading and checking it found. */
export interface Origin {
  readonly loader: SourceLoader;
  /** Where relative includes start, with its slash. */
  readonly prefix: string;
  /** What reading the files found. */
  readonly syntax: readonly Diagnostic[];
  /** What nginx would say against the configuration; the payload has that part of it which crossplane looks for. */
  readonly refusals: readonly Diagnostic[];
}

/** A configuration as crossplane's payload. A statement that crossplane refuses is an error, and left out as there. */
export function payloadOf(config: ConfigTree, origin: Origin, options: PayloadOptions = {}): Payload {
  const payload = new Writer(config, origin, options).payload();
  return options.combine ? combined(payload) : payload;
}

class Writer {
  readonly #files: readonly File[];
  readonly #origin: Origin;
  readonly #options: PayloadOptions;
  /** Files by the order in which their includes are met, breadth first. */
  readonly #queue: { readonly file: File; readonly name: string }[] = [];
  readonly #places = new Map<string, number>();
  readonly #findings = new Map<SourceText, Diagnostic[]>();
  readonly #bySource: ReadonlyMap<SourceText, File>;

  constructor({ files, root }: ConfigTree, origin: Origin, options: PayloadOptions) {
    this.#files = files;
    this.#origin = origin;
    this.#options = options;
    this.#bySource = new Map(this.#files.map((file) => [file.source, file]));
    this.#queue.push({ file: root, name: root.source.name });
    this.#places.set(root.source.name, 0);
    for (const finding of [...origin.refusals.filter(isTold(options)), ...origin.syntax.filter(isOfReading)]) {
      const known = this.#findings.get(finding.span.source);
      if (known) known.push(finding);
      else this.#findings.set(finding.span.source, [finding]);
    }
  }

  payload(): Payload {
    const config: PayloadFile[] = [];
    // An array takes additions while it is walked.
    for (const { file, name } of this.#queue) config.push(this.#fileOf(file, name));
    const errors = config.flatMap(({ file, errors: own }) => own.map(({ error, line }) => ({ file, error, line })));
    return { status: errors.length > 0 ? 'failed' : 'ok', errors, config };
  }

  #fileOf(file: File, name: string): PayloadFile {
    const { comments, ignore = [], keepBytes, combine, firstError, single } = this.#options;
    const decode = keepBytes ? textOfBytes : display;
    const shown = decode(name);
    const statements = new Statements(file, {
      decode,
      comments: comments ?? false,
      ignore: new Set(ignore),
      file: combine ? shown : undefined,
      findings: this.#findings.get(file.source) ?? [],
      include: single ? undefined : (pattern) => this.#include(pattern),
    });
    const parsed = statements.all();
    const faults = [...statements.faults].sort((a, b) => a.at - b.at);
    const errors = faults.map(({ at, words, hasPlace }): PayloadError => {
      const line = lineAt(file.source, at);
      return { error: hasPlace ? words : `${words} in ${shown}:${line}`, line };
    });
    const told = firstError ? errors.slice(0, 1) : errors;
    return { file: shown, status: told.length > 0 ? 'failed' : 'ok', errors: told, parsed };
  }

  /** Where the files of an `include` are in the payload; why one that is named cannot be read, in Python's words. */
  #include(pattern: string): Included {
    const name = fullName(this.#origin.prefix, pattern);
    if (isGlob(name)) return { places: this.#origin.loader.glob(name).flatMap((path) => this.#placeOf(path).places) };
    return this.#placeOf(name);
  }

  #placeOf(path: string): Included {
    const known = this.#places.get(path);
    if (known !== undefined) return { places: [known] };
    const source = this.#origin.loader.read(path);
    if ('error' in source) return { places: [], failure: `[Errno ${source.errno}] ${source.error}: '${display(path)}'` };
    const file = this.#bySource.get(source);
    if (!file) return { places: [] };
    this.#places.set(path, this.#queue.length);
    this.#queue.push({ file, name: path });
    return { places: [this.#queue.length - 1] };
  }
}

/** What crossplane looks for: names in their contexts, numbers of arguments, `on` and `off`; where it knows the directive. */
function isTold({ strict }: PayloadOptions): (finding: Diagnostic) => boolean {
  return ({ nginx = '' }) => {
    if (nginx.startsWith('unknown directive ')) return strict === true;
    const [, misplaced] = /^"([\s\S]*)" directive is not allowed here/.exec(nginx) ?? [];
    return misplaced === undefined ? told.test(nginx) : entriesOf(misplaced).some(({ module }) => module.package === undefined);
  };
}

const told = /^invalid number of arguments in|^directive "[\s\S]*" (?:is not terminated|has no opening)|it must be "on" or "off"/;

/** Absent files and lost semicolons are said where their statement stands. */
function isOfReading({ rule, severity }: Diagnostic): boolean {
  return severity === 'error' && !['include-not-found', 'unreadable-file', 'missing-semicolon'].includes(rule);
}
