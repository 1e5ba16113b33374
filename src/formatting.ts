import { bytesOf, display, type SourceText, sourceText } from './base/source-text.ts';
import { contextOfRoot, type Parse, rememberingParser } from './check.ts';
import { textsLoader } from './config/memory-loader.ts';
import { directoryOf } from './config/paths.ts';
import type { SourceLoader } from './config/source-loader.ts';
import { type Formatted, format } from './format/format.ts';
import { defaultFormat, type FormatOptions } from './format/options.ts';

/** Formats one file of a configuration. Where it stands shows which of its words are directives, and so which `;` are missing. */
export function formatSource(source: SourceText, loader: SourceLoader, parse: Parse, options: FormatOptions): Formatted {
  const root = { source, loader, prefix: directoryOf(source.name), prefixIsKnown: false };
  return format(parse(source, contextOfRoot(root, parse)), options);
}

/** Options of `formatText`. */
export interface FormatTextOptions extends Partial<FormatOptions> {
  /** What the text is called in findings. Default: `nginx.conf`. */
  readonly filename?: string;
}

/** Formats a text without touching the disk; one with errors is refused. */
export function formatText(text: string, { filename = 'nginx.conf', ...options }: FormatTextOptions = {}): Formatted {
  const source = sourceText(bytesOf(filename), bytesOf(text));
  const result = formatSource(source, textsLoader({}), rememberingParser(), { ...defaultFormat, ...options });
  return 'text' in result ? { text: display(result.text) } : result;
}
