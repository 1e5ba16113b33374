import { lineAt, type SourceText } from '../../base/source-text.ts';
import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { takes } from '../../schema/arity.ts';
import type { Context } from '../../schema/contexts.ts';
import { type Entry, entriesOf, opens } from '../lookup.ts';
import { spanOfArgument, spanOfName } from '../place.ts';
import { Call } from './call.ts';
import type { Finding, Level } from './finding.ts';
import { Frame } from './frame.ts';
import { setterOf } from './setters.ts';
import { factsIn, hasModule, isInRelease, type Target } from './target.ts';

/** How a finding deviates from "an error at the directive where the reader stands". */
export interface Place {
  /** The argument it is about. */
  readonly arg?: number | undefined;
  /** The directive it is about, when not the current one. */
  readonly directive?: ConfigDirective | undefined;
  readonly rule?: string | undefined;
  /** True when nginx names no file and line. */
  readonly nowhere?: boolean | undefined;
}

/** Opens what an `include` names at that moment, as nginx does, and hands over each file's statements. */
export type Includes = (run: Run, include: ConfigDirective, handle: (statements: readonly ConfigDirective[]) => void) => void;

/** The end of what nginx's reader can make of a file. */
export interface Unreadable {
  readonly message: string;
  readonly line: number;
  readonly offset: number;
}

/** What nginx remembers while it reads one configuration. */
export class Run {
  readonly target: Target;
  readonly findings: Finding[] = [];
  readonly root: Frame;
  /** What the whole configuration shares (zones, paths, upstreams, variables …), by subject. */
  readonly shared = new Map<string, unknown>();
  readonly includes: Includes | undefined;
  /** The statement nginx's reader has just read. */
  #at: ConfigDirective | null = null;
  #line = 0;
  /** Where nginx's reader gives up in a file, and why. */
  readonly unreadable = new Map<SourceText, Unreadable>();
  readonly #found = new Map<string, readonly Entry[]>();

  constructor(target: Target, context: Context, includes?: Includes) {
    this.target = target;
    this.root = new Frame(context, null, null);
    this.includes = includes;
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
    this.#line = lineAt(statement.source, terminator >= 0 ? terminator : end);
  }

  /** The reader has read the `}` that closes `statement`. */
  standAtEnd(statement: ConfigDirective): void {
    this.#at = statement;
    const { block, end } = statement.node;
    this.#line = lineAt(statement.source, block && block.close >= 0 ? block.close : end);
  }

  /** ngx_conf_log_error, ngx_log_error */
  log(level: Level, nginx: string, place: Place = {}): void {
    const about = place.directive ?? this.#at;
    if (!about) return;
    const file = this.#at?.source.name ?? '';
    const stops = level === 'emerg';
    this.findings.push({
      rule: place.rule ?? 'invalid-argument-value',
      severity: stops || level === 'alert' || level === 'error' ? 'error' : 'warning',
      message: nginx,
      nginx,
      span: place.arg === undefined ? spanOfName(about) : spanOfArgument(about, place.arg),
      level,
      at: place.nowhere ? null : { file, line: this.#line },
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
      rule: 'unmatched-braces', severity: 'error', message, nginx: message, level: 'emerg', stops: true,
      span: { source, start: offset, end: offset }, at: { file, line },
    });
  }

  /** Meanings of a name that the target's nginx has, in the order of its modules. */
  entries(name: string): readonly Entry[] {
    let entries = this.#found.get(name);
    if (!entries) {
      entries = entriesOf(name)
        .filter(({ module, facts }) => hasModule(this.target, module) && isInRelease(this.target, module, facts))
        .map((entry) => ({ ...entry, facts: factsIn(this.target.nginxVersion, entry.facts) }));
      this.#found.set(name, entries);
    }
    return entries;
  }

  /** ngx_conf_handler */
  #handle(statement: ConfigDirective, frame: Frame): void {
    const { name, args, node } = statement;
    const entries = this.entries(name);
    if (entries.length === 0) return this.log('emerg', say.unknownDirective(name), { rule: 'unknown-directive' });
    const entry = entries.find(({ facts }) => facts.in & frame.context);
    if (!entry) return this.log('emerg', say.notAllowedHere(name), { rule: 'invalid-directive-context' });
    const { facts } = entry;
    if (!facts.block && node.block) return this.log('emerg', say.notTerminated(name), { rule: 'block-terminator-mismatch' });
    if (facts.block && !node.block) return this.log('emerg', say.noOpening(name), { rule: 'block-terminator-mismatch' });
    if (!takes(facts.args, args.length)) {
      return this.log('emerg', say.invalidNumberOfArguments(name), { rule: 'invalid-argument-count' });
    }
    const call = new Call(this, statement, frame, entry);
    const before = this.findings.length;
    setterOf(entry)(call);
    if (facts.block && !call.entered && !this.#stopped(before)) call.enter(opens(facts.block, frame.context));
  }

  #stopped(since: number): boolean {
    return this.findings.slice(since).some(({ stops }) => stops);
  }
}
