import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import type { Context } from '../../schema/contexts.ts';
import type { Entry } from '../lookup.ts';
import { isAtLeast } from '../../schema/version.ts';
import type { Level } from './finding.ts';
import { Frame } from './frame.ts';
import type { Place, Run } from './run.ts';

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
  entered = false;

  constructor(run: Run, directive: ConfigDirective, frame: Frame, entry: Entry) {
    this.run = run;
    this.directive = directive;
    this.frame = frame;
    this.entry = entry;
    this.name = directive.name;
    this.args = directive.args;
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
    this.run.log(level, nginx, { directive: this.directive, ...place });
  }

  /** True when the target is this release or newer. */
  since(release: string): boolean {
    return isAtLeast(this.run.target.nginxVersion, release);
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
