import type { RunOptions } from '../../run/options.ts';

/** The command line of `nginxrun FILE`, read and checked. */
export interface RunSettings {
  readonly file: string;
  readonly run: RunOptions;
  /** Refuse to start when a part of the configuration is not run. */
  readonly strict: boolean;
  /** No line for each request. */
  readonly quiet: boolean;
  /** Everything as JSON, one object a line. */
  readonly json: boolean;
  /** Take changes of the files over. */
  readonly watch: boolean;
}
