import { type SpacedLine, spaceOut } from './align.ts';
import type { Line } from './line.ts';

/** Takes lines and gives them as text; of the lines only those are kept that may still be lined up with the next. */
export class Output {
  readonly #lineEnd: string;
  #text = '';
  /** Lines that follow each other without a blank line or a block between them. */
  #run: Line[] = [];

  constructor(lineEnd: string) {
    this.#lineEnd = lineEnd;
  }

  /** The line that was added last. */
  get last(): Line | undefined {
    return this.#run[this.#run.length - 1];
  }

  add(line: Line): void {
    if (line.kind === 'edge' || line.blanks > 0 || this.last?.kind === 'edge') this.#endRun();
    this.#run.push(line);
  }

  changeLast(change: Partial<Line>): void {
    const last = this.#run.pop();
    if (last) this.#run.push({ ...last, ...change });
  }

  finish(): string {
    this.#endRun();
    return this.#text;
  }

  #endRun(): void {
    for (const line of spaceOut(this.#run)) this.#text += this.#lineOf(line);
    this.#run = [];
  }

  #lineOf({ line, gaps, commentGap }: SpacedLine): string {
    const { words } = line;
    let text = this.#lineEnd.repeat(line.blanks) + line.indent + (words[0] ?? '');
    for (let at = 1; at < words.length; at++) text += blanks(gaps[at - 1] ?? 1) + words[at];
    text += line.end;
    if (line.comment) text += blanks(commentGap) + line.comment.text;
    return text + this.#lineEnd;
  }
}

function blanks(width: number): string {
  return width === 1 ? ' ' : ' '.repeat(width);
}
