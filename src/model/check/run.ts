import { lineAt, type SourceText, sourceText } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import type { Span } from '../../diagnostics/diagnostic.ts';
import { FindingCounts } from '../../diagnostics/finding-counts.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { takes } from '../../schema/arity.ts';
import type { Context } from '../../schema/contexts.ts';
import { isAtLeast } from '../../schema/version.ts';
import { type Entry, entriesIn, opens } from '../lookup.ts';
import { modulesWith } from '../modules.ts';
import { spanOfArgument, spanOfName } from '../place.ts';
import type { Finding, Level } from './finding.ts';
import { Frame } from './frame.ts';
import type { HostQuestions } from './host-questions.ts';
import { factsIn, hasModule, isInRelease, type Target } from './target.ts';

/** How a finding deviates from "an error at the directive where the reader stands". */
export interface Place {
  /** The argument it is about. */
  readonly arg?: number | undefined;
  /** The directive it is about, when not the current one. */
  readonly directive?: ConfigDirective | undefined;
  readonly rule?: string | undefined;
  /** What to write instead. */
  readonly help?: string | undefined;
  /** True when nginx stops here although it does not say `emerg`. */
  readonly stops?: boolean | undefined;
  /** True when nginx names no file and line. */
  readonly nowhere?: boolean | undefined;
}

/** Opens what an `include` names at that moment, as nginx does, and hands over each file's statements. */
export type Includes = (run: Run, include: ConfigDirective, handle: (statements: readonly ConfigDirective[]) => void) => void;

/** A meaning of a name, and what reads its arguments. */
interface Known {
  readonly entry: Entry;
  readonly set: Setter;
}

/** A directive's setter: reads its arguments as nginx does, and says what is wrong with them. */
export type Setter = (call: Call) => void;

/** The end of what nginx's reader can make of a file. */
export interface Unreadable {
  readonly message: string;
  readonly line: number;
  readonly offset: number;
}

/** What only a configuration with all its files can be blamed for: the missing part may be in a file we have not seen. */
const needWhole: ReadonlySet<string> = new Set([
  'undefined-zone',
  'undefined-upstream',
  'undefined-log-format',
  'ssl-certificate-missing',
  'ssl-verify-client-without-ca',
  'no-events-block',
  'empty-upstream',
  'upstream-only-backup-servers',
  'unknown-variable',
  'incomplete',
]);

/** Rules under whose name a finding is known when it says why it may be dropped. */
const aliases: Readonly<Record<string, string>> = {
  incomplete: 'invalid-argument-value',
  'unknown-variable': 'undefined-variable',
};

function spanOf(directive: ConfigDirective, arg: number | undefined): Span {
  return arg === undefined ? spanOfName(directive) : spanOfArgument(directive, arg);
}

/** What nginx remembers while it reads one configuration. */
export class Run {
  /** Grows by modules that the configuration loads. */
  target: Target;
  readonly #setterOf: (entry: Entry) => Setter;
  readonly findings: Finding[] = [];
  readonly #counts = new FindingCounts();
  readonly root: Frame;
  /** What the whole configuration shares (zones, paths, upstreams, variables …), by subject. */
  readonly shared = new Map<string, unknown>();
  readonly includes: Includes | undefined;
  /** The file that everything starts from. */
  source: SourceText = sourceText('', '');
  /** Names of the directives read so far. */
  readonly written = new Set<string>();
  /** False for a fragment, or when an included file is missing. */
  isWhole = true;
  /** What relative paths start from (`nginx -p`), with its slash; empty when nobody has said. */
  prefix = '';
  /** What relative paths of certificates start from: the directory of nginx.conf, with its slash. */
  confPrefix = '';
  /** What may be asked of the machine. */
  host: HostQuestions = {};
  /** The statement nginx's reader has just read. */
  #at: ConfigDirective | null = null;
  /** Where in that statement's file. */
  #offset = 0;
  /** Where nginx's reader gives up in a file, and why. */
  readonly unreadable = new Map<SourceText, Unreadable>();
  readonly #found = new Map<string, readonly Known[]>();

  constructor(target: Target, context: Context, setterOf: (entry: Entry) => Setter, includes?: Includes) {
    this.target = target;
    this.#setterOf = setterOf;
    this.root = new Frame(context, null, null);
    this.includes = includes;
  }

  /** The line on which nginx's reader stands. */
  get line(): number {
    return this.#at ? lineAt(this.#at.source, this.#offset) : 0;
  }

  /** True when the target's nginx has the module of that name. */
  has(module: string): boolean {
    return this.target.modules?.has(module) ?? true;
  }

  /** True when the target is this release or newer. */
  since(release: string): boolean {
    return isAtLeast(this.target.nginxVersion, release);
  }

  /** Something of the whole configuration, made at its first use. */
  share<T>(subject: string, make: () => T): T {
    let value = this.shared.get(subject) as T | undefined;
    if (value === undefined) this.shared.set(subject, (value = make()));
    return value;
  }

  /** Handles statements one after the other (ngx_conf_parse). */
  process(statements: readonly ConfigDirective[], frame: Frame): void {
    for (const statement of statements) {
      this.standAt(statement);
      this.#handle(statement, frame);
    }
  }

  /** The reader has read `statement` up to its `;` or `{`. */
  standAt(statement: ConfigDirective): void {
    this.#at = statement;
    const { terminator, end } = statement.node;
    this.#offset = terminator >= 0 ? terminator : end;
  }

  /** The reader has read the `}` that closes `statement`. */
  standAtEnd(statement: ConfigDirective): void {
    this.#at = statement;
    const { block, end } = statement.node;
    this.#offset = block && block.close >= 0 ? block.close : end;
  }

  /** ngx_conf_log_error, ngx_log_error */
  log(level: Level, nginx: string, place: Place = {}): void {
    const about = place.directive ?? this.#at;
    const { rule = 'incomplete' } = place;
    if (about?.node.recovered || (!this.isWhole && place.rule !== undefined && needWhole.has(place.rule))) return;
    const stops = place.stops ?? level === 'emerg';
    const span = about ? spanOf(about, place.arg) : { source: this.source, start: 0, end: 0 };
    if (!this.#counts.takes(rule, span.source)) return;
    this.findings.push({
      rule: aliases[rule] ?? rule,
      severity: stops || level === 'alert' || level === 'error' ? 'error' : 'warning',
      message: nginx,
      nginx,
      ...(place.help === undefined ? {} : { help: place.help }),
      span,
      level,
      at: place.nowhere || !about ? null : { file: this.#at?.source.name ?? '', line: this.line },
      stops,
    });
  }

  /** Says why the reader got no further in `source`, if it did not. */
  giveUp(source: SourceText): void {
    const error = this.unreadable.get(source);
    if (error) this.giveUpAt(source.name, source, error);
  }

  giveUpAt(file: string, source: SourceText, { message, offset, line }: Unreadable): void {
    this.findings.push({
      rule: 'unmatched-braces',
      severity: 'error',
      message,
      nginx: message,
      level: 'emerg',
      stops: true,
      span: { source, start: offset, end: offset },
      at: { file, line },
    });
  }

  /** Takes further modules into the target. */
  load(modules: readonly string[]): void {
    this.target = { ...this.target, modules: new Set([...(this.target.modules ?? []), ...modules]) };
    this.#found.clear();
  }

  /** Meanings of a name that the target's nginx has, in the order of its modules; asked for once a name. */
  #meanings(name: string): readonly Known[] {
    this.written.add(name);
    const modules = modulesWith(name, (module) => hasModule(this.target, module));
    const meanings = entriesIn(modules, name)
      .filter(({ module, facts }) => isInRelease(this.target, module, facts))
      .map((entry) => ({ ...entry, facts: factsIn(this.target.nginxVersion, entry.facts) }))
      .map((entry) => ({ entry, set: this.#setterOf(entry) }));
    this.#found.set(name, meanings);
    return meanings;
  }

  /** ngx_conf_handler */
  #handle(statement: ConfigDirective, frame: Frame): void {
    const { name, args, node } = statement;
    const meanings = this.#found.get(name) ?? this.#meanings(name);
    if (meanings.length === 0) return this.log('emerg', say.unknownDirective(name), { rule: 'unknown-directive' });
    const meaning = meaningIn(meanings, frame.context);
    if (!meaning) return this.log('emerg', say.notAllowedHere(name), { rule: 'invalid-directive-context' });
    const { entry, set } = meaning;
    const { facts } = entry;
    if (!facts.block && node.block) return this.log('emerg', say.notTerminated(name), { rule: 'block-terminator-mismatch' });
    if (facts.block && !node.block) return this.log('emerg', say.noOpening(name), { rule: 'block-terminator-mismatch' });
    if (!takes(facts.args, args.length)) {
      return this.log('emerg', say.invalidNumberOfArguments(name), { rule: 'invalid-argument-count' });
    }
    const call = new Call(this, statement, frame, entry);
    set(call);
    const inside = call.entered ? 0 : opens(facts.block, frame.context);
    if (inside) call.enter(inside);
  }
}

/** The first meaning that may stand in the context. */
function meaningIn(meanings: readonly Known[], context: Context): Known | undefined {
  for (const meaning of meanings) if (meaning.entry.facts.in & context) return meaning;
  return undefined;
}

/** Handles one line of a data block: its words, and where it stands. */
export type Line = (words: readonly string[], at: ConfigDirective) => void;

/** Data blocks in which `include` is a line like any other. */
const withoutInclude: ReadonlySet<string> = new Set(['split_clients', 'charset_map']);

/** One call of a directive's setter: what nginx hands to `cmd->set`. */
export class Call {
  readonly run: Run;
  readonly directive: ConfigDirective;
  readonly frame: Frame;
  readonly entry: Entry;
  readonly name: string;
  readonly args: readonly string[];
  /** True once the setter has read the block itself. */
  entered: boolean;

  constructor(run: Run, directive: ConfigDirective, frame: Frame, entry: Entry) {
    this.run = run;
    this.directive = directive;
    this.frame = frame;
    this.entry = entry;
    this.name = directive.name;
    this.args = directive.args;
    this.entered = false;
  }

  /** The line on which nginx's reader stands. */
  get line(): number {
    return this.run.line;
  }

  /** The argument, or an empty string. */
  arg(index: number): string {
    return this.args[index] ?? '';
  }

  /** nginx stops with this message at this line. */
  fail(nginx: string, arg?: number, rule?: string): void {
    this.log('emerg', nginx, { arg, rule });
  }

  /** nginx stops with `"NAME" directive …` (a setter that returns text). */
  refuse(text: string, arg?: number, rule?: string): void {
    this.fail(say.directive(this.name, text), arg, rule);
  }

  duplicate(): void {
    this.refuse('is duplicate', undefined, 'duplicate-directive');
  }

  warn(nginx: string, arg?: number, rule?: string): void {
    this.log('warn', nginx, { arg, rule });
  }

  log(level: Level, nginx: string, place: Place = {}): void {
    const rule =
      place.rule ?? (this.entry.module.name === 'ngx_http_upstream_check_module' ? 'check-invalid-parameter' : undefined);
    this.run.log(level, nginx, { directive: this.directive, ...place, rule });
  }

  /** True when the target is this release or newer. */
  since(release: string): boolean {
    return this.run.since(release);
  }

  /** Remembers a value; false (and said so) when the field is set already. */
  set(value: unknown, field = this.name): boolean {
    if (this.frame.fields.has(field)) {
      this.duplicate();
      return false;
    }
    this.frame.fields.set(field, value);
    return true;
  }

  /** Opens a block of this context and handles what is in it. */
  enter(context: Context, prepared?: Frame): Frame {
    this.entered = true;
    const frame = prepared ?? new Frame(context, this.directive, this.frame);
    const { children } = this.directive;
    this.run.process(children ?? [], frame);
    this.#leave();
    return frame;
  }

  /** Reads the block's lines as data; `line` gets the words of each. */
  lines(line: Line): void {
    this.entered = true;
    this.#data(this.directive.children ?? [], line);
    this.#leave();
  }

  #data(children: readonly ConfigDirective[], line: Line): void {
    for (const child of children) {
      this.run.standAt(child);
      if (child.node.block) {
        this.run.log('emerg', say.unexpected('{'), { directive: child, rule: 'block-terminator-mismatch' });
        return;
      }
      if (child.name === 'include' && child.args.length === 1 && this.run.includes && !withoutInclude.has(this.name)) {
        this.run.includes(this.run, child, (inside) => this.#data(inside, line));
      } else line([child.name, ...child.args], child);
    }
  }

  #leave(): void {
    const { source, node } = this.directive;
    if (node.block && node.block.close < 0) this.run.giveUp(source);
    this.run.standAtEnd(this.directive);
  }
}
