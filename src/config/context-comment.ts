import type { File } from '../syntax/tree.ts';

/** Ours, and walf443/nginx-lint's `# nginx-lint:context http,server`. */
const pattern = /^#+\s*(?:nginxlint-context:\s*(.*?)|nginx-lint:context\s+(.*?))\s*$/;

/** What `# nginxlint-context: http>server` says of its file, and where; undefined when no comment does. */
export function contextComment(file: File): { path: string; start: number; end: number } | undefined {
  for (const { start, end } of file.comments) {
    const [, own, nginxLint] = pattern.exec(file.source.text.slice(start, end)) ?? [];
    const path = own ?? nginxLint?.replace(/\s*,\s*/g, '>');
    if (path !== undefined) return { path, start, end };
  }
  return undefined;
}
