import type { File } from '../syntax/tree.ts';

/** What `# nginxlint-context: http>server` says of its file, and where; undefined when no comment does. */
export function contextComment(file: File): { path: string; start: number; end: number } | undefined {
  for (const { start, end } of file.comments) {
    const found = /^#+\s*nginxlint-context:\s*(.*?)\s*$/.exec(file.source.text.slice(start, end));
    if (found) return { path: found[1] ?? '', start, end };
  }
  return undefined;
}
