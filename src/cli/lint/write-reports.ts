import { resolve } from 'node:path';
import { formats } from '../../diagnostics/render/formats.ts';
import { type Paint, plainPaint } from '../../diagnostics/render/paint.ts';
import type { LintReport } from '../../diagnostics/render/report.ts';
import { putFile } from '../../host/write-file.ts';
import type { Output, Streams } from '../streams.ts';
import type { FormatChoice } from './report-formats.ts';

/** Writes a report in each of the formats, those without a file to `output`; returns how many files could not be written. */
export async function writeReports(
  report: LintReport,
  choices: readonly FormatChoice[],
  output: Output,
  { streams, paint }: { readonly streams: Streams; readonly paint: Paint },
): Promise<number> {
  let failures = 0;
  for (const { name, file } of choices) {
    const render = await formats[name]();
    const text = render(report, file === undefined ? paint : plainPaint);
    if (file === undefined) {
      if (text !== '') output.write(text);
      continue;
    }
    try {
      putFile(resolve(streams.cwd(), file), text);
    } catch (error) {
      failures++;
      streams.stderr.write(`nginxlint: cannot write ${file}: ${(error as Error).message}\n`);
    }
  }
  return failures;
}
