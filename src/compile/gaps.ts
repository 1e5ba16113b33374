import { display, lineAt, type SourceText } from '../base/source-text.ts';
import type { ConfigDirective } from '../config/config-tree.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { spanOfHead } from '../model/place.ts';

/**
 * What became of a directive: `mapped` says the same there, `approximated` nearly, `dropped` is lost; `moot` has nothing to say
 * there, or is in force nowhere.
 */
export type Verdict = 'mapped' | 'approximated' | 'moot' | 'dropped';

/** What became of one directive, or of one aspect of it, in a target. */
export interface Gap {
  /** The directive's name, behind a slash the aspect where it has several: `server/max_conns`. What `--allow-loss` takes. */
  readonly id: string;
  readonly verdict: Verdict;
  readonly directive: ConfigDirective;
  /** What is written instead, how that differs, or why nothing is: one sentence without a full stop. */
  readonly said: string;
}

/** What a compilation says of each directive; gathered while it writes, each thing once. */
export class Ledger {
  readonly #gaps: Gap[] = [];
  readonly #known = new Set<string>();
  readonly #numbers = new Map<ConfigDirective, number>();

  /** True when something was said of the directive. */
  has(directive: ConfigDirective): boolean {
    return this.#numbers.has(directive);
  }

  mapped(directive: ConfigDirective, said: string, aspect?: string): void {
    this.#note('mapped', directive, said, aspect);
  }

  approximated(directive: ConfigDirective, said: string, aspect?: string): void {
    this.#note('approximated', directive, said, aspect);
  }

  moot(directive: ConfigDirective, said: string, aspect?: string): void {
    this.#note('moot', directive, said, aspect);
  }

  dropped(directive: ConfigDirective, said: string, aspect?: string): void {
    this.#note('dropped', directive, said, aspect);
  }

  /** A line of a block that is data (`map`, `match`): its first word is no directive's name. */
  droppedLine(line: ConfigDirective, said: string): void {
    this.#note('dropped', line, said, 'line', line.parent?.name);
  }

  /** All of it, in the order in which `files` were read, lines in order. */
  inOrder(files: readonly SourceText[]): readonly Gap[] {
    const order = new Map(files.map((file, index) => [file, index]));
    const place = ({ directive: { source } }: Gap) => order.get(source) ?? files.length;
    return [...this.#gaps].sort((a, b) => place(a) - place(b) || a.directive.node.start - b.directive.node.start);
  }

  #note(verdict: Verdict, directive: ConfigDirective, said: string, aspect?: string, name = directive.name): void {
    let number = this.#numbers.get(directive);
    if (number === undefined) this.#numbers.set(directive, (number = this.#numbers.size));
    const id = aspect === undefined ? name : `${name}/${aspect}`;
    const key = `${number} ${verdict} ${id} ${said}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#gaps.push({ id: display(id), verdict, directive, said });
  }
}

/** Whether a user has agreed to a loss: the words are ids, names of directives, or `all`. */
export function isAllowed({ id }: Gap, allowed: ReadonlySet<string>): boolean {
  return allowed.has('all') || allowed.has(id) || allowed.has(id.replace(/\/.*$/, ''));
}

/** Losses nobody has agreed to. */
export function refused(gaps: readonly Gap[], allowed: ReadonlySet<string>): readonly Gap[] {
  return gaps.filter((gap) => gap.verdict === 'dropped' && !isAllowed(gap, allowed));
}

/** A directive's file and line as messages name them: `conf.d/a.conf:12`. */
export function placeOf({ source, node }: ConfigDirective): string {
  return `${display(source.name)}:${lineAt(source, node.start)}`;
}

/** A directive up to its block, in one line of at most 60 characters. */
export function headOf(directive: ConfigDirective): string {
  const { source, start, end } = spanOfHead(directive);
  const text = display(source.text.slice(start, end)).replace(/[\s\p{Cc}]+/gu, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Comment lines for the top of an output (`#`): how many directives are mapped, and each other one with its place. */
export function gapComments(gaps: readonly Gap[]): readonly string[] {
  const lines: string[] = [];
  for (const verdict of ['dropped', 'approximated', 'moot'] as const) {
    const own = gaps.filter((gap) => gap.verdict === verdict);
    if (own.length === 0) continue;
    lines.push(`# ${verdict}:`);
    if (verdict === 'moot') lines.push(...mootLines(own));
    else for (const gap of own) lines.push(`#   ${placeOf(gap.directive)} ${headOf(gap.directive)}: ${gap.said} [${gap.id}]`);
  }
  const mapped = new Set(gaps.filter(({ verdict }) => verdict === 'mapped').map(({ directive }) => directive)).size;
  return [`# mapped: ${mapped} ${mapped === 1 ? 'directive' : 'directives'}`, ...lines];
}

/** What needs no words there is said once for each reason. */
function mootLines(gaps: readonly Gap[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { directive, id, said } of gaps) {
    const places = reasons.get(`${id}: ${said}`);
    if (places) places.push(placeOf(directive));
    else reasons.set(`${id}: ${said}`, [placeOf(directive)]);
  }
  return [...reasons].map(([reason, places]) => `#   ${reason} (${places.join(', ')})`);
}

/** The gaps as programs read them: `--gaps json`. */
export function gapsAsJson(gaps: readonly Gap[], target: string, allowed: ReadonlySet<string>): string {
  const count = (verdict: Verdict) => gaps.filter((gap) => gap.verdict === verdict).length;
  const report = {
    version: 1,
    target,
    counts: { mapped: count('mapped'), approximated: count('approximated'), moot: count('moot'), dropped: count('dropped') },
    gaps: gaps.map((gap) => ({
      id: gap.id,
      verdict: gap.verdict,
      directive: headOf(gap.directive),
      file: display(gap.directive.source.name),
      line: lineAt(gap.directive.source, gap.directive.node.start),
      said: gap.said,
      ...(gap.verdict === 'dropped' ? { allowed: isAllowed(gap, allowed) } : {}),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The lossy ones as findings: an error for a loss nobody has agreed to, a warning for one that is allowed, information for the rest. */
export function gapFindings(gaps: readonly Gap[], target: string, allowed: ReadonlySet<string>): readonly Diagnostic[] {
  return gaps.flatMap((gap) => {
    if (gap.verdict !== 'dropped' && gap.verdict !== 'approximated') return [];
    const dropped = gap.verdict === 'dropped';
    const severity = !dropped ? 'info' : isAllowed(gap, allowed) ? 'warning' : 'error';
    const message = `${headOf(gap.directive)} is ${gap.verdict} for ${target}: ${gap.said}.`;
    return [{ rule: gap.id, severity, message, span: spanOfHead(gap.directive) } as const];
  });
}
