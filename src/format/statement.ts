import type { Comment, Directive, Word } from '../syntax/tree.ts';

/** Words that the author wrote on one line of a statement, and the comments that follow them. */
export interface WrittenLine {
  readonly words: readonly Word[];
  /** Behind the words, on their line. */
  readonly trailing: Comment | null;
  /** On lines of their own, below. */
  readonly below: readonly Comment[];
}

/** A statement as its author laid it out. */
export interface Statement {
  readonly lines: readonly WrittenLine[];
  /** The `;` stands on a line of its own. */
  readonly endsAlone: boolean;
}

/** Splits the words of a directive (without its block) where the author began new lines; `comments` are those among them. */
export function statementOf(text: string, { name, args, terminator }: Directive, comments: readonly Comment[]): Statement {
  if (comments.length === 0 && !hasLineEnd(text, name.end, terminator, args))
    return { lines: [{ words: [name, ...args], trailing: null, below: [] }], endsAlone: false };
  const lines: { words: Word[]; trailing: Comment | null; below: Comment[] }[] = [];
  let next = 0;
  let end = -1;
  const takeComments = (before: number) => {
    for (let comment = comments[next]; comment && comment.start < before; comment = comments[++next]) {
      const line = lines.at(-1);
      if (!line) continue;
      if (!line.trailing && line.below.length === 0 && !hasNewline(text, end, comment.start)) line.trailing = comment;
      else line.below.push(comment);
    }
  };
  for (const word of [name, ...args]) {
    takeComments(word.start);
    const line = lines.at(-1);
    if (line && !hasNewline(text, end, word.start)) line.words.push(word);
    else lines.push({ words: [word], trailing: null, below: [] });
    end = word.end;
  }
  takeComments(terminator);
  const last = lines.at(-1);
  const isCommented = last !== undefined && (last.trailing !== null || last.below.length > 0);
  return { lines, endsAlone: isCommented || (lines.length > 1 && hasNewline(text, end, terminator)) };
}

/** True when there is a line end between the words, or before the terminator. */
function hasLineEnd(text: string, from: number, terminator: number, args: readonly Word[]): boolean {
  let at = from;
  for (const { start, end } of args) {
    if (hasNewline(text, at, start)) return true;
    at = end;
  }
  return hasNewline(text, at, terminator);
}

/** True when there is a line end between two offsets. */
export function hasNewline(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 0x0a) return true;
  return false;
}
