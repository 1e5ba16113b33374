import type { Severity } from '../diagnostic.ts';

/** Colours for people; each takes text and gives it back, coloured or not. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  cyan(text: string): string;
  green(text: string): string;
}

const same = (text: string): string => text;

/** No colours at all. */
export const plainPaint: Paint = { bold: same, dim: same, red: same, yellow: same, blue: same, cyan: same, green: same };

/** The colour that a severity has everywhere. */
export function colourOf(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, info: paint.cyan, hint: paint.green }[severity];
}
