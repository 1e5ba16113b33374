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
