/** How a configuration is written out. */
export interface FormatOptions {
  /** One level: so many spaces, or a tab. */
  readonly indent: number | 'tab';
  /** Lists of arguments are broken before they get longer than so many characters. */
  readonly width: number;
  /** So many blank lines in a row are kept. */
  readonly blankLines: number;
}

/** As nginx's own files are written. */
export const defaultFormat: FormatOptions = { indent: 4, width: 120, blankLines: 1 };
