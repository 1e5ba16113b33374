import type { Render } from './report.ts';

/** How findings can be written: each format in a file of its own, loaded when it is asked for. */
export const formats = {
  pretty: async () => (await import('./pretty.ts')).renderPretty,
  concise: async () => (await import('./concise.ts')).renderConcise,
  json: async () => (await import('./json.ts')).renderJson,
  jsonl: async () => (await import('./jsonl.ts')).renderJsonl,
  sarif: async () => (await import('./sarif.ts')).renderSarif,
  github: async () => (await import('./github.ts')).renderGithub,
  gitlab: async () => (await import('./gitlab.ts')).renderGitlab,
  junit: async () => (await import('./junit.ts')).renderJunit,
  checkstyle: async () => (await import('./checkstyle.ts')).renderCheckstyle,
  rdjson: async () => (await import('./rdjson.ts')).renderRdjson,
  html: async () => (await import('./html.ts')).renderHtml,
} satisfies Readonly<Record<string, () => Promise<Render>>>;

/** The name of a format. */
export type FormatName = keyof typeof formats;

/** True for the name of a format. */
export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}
