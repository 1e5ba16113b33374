import { jsonReport } from './json.ts';
import type { LintReport } from './report.ts';

/** A finding on each line, in the form that `json` gives it. */
export function renderJsonl({ files, findings }: LintReport): string {
  return jsonReport(files.length, findings)
    .diagnostics.map((finding) => `${JSON.stringify(finding)}\n`)
    .join('');
}
