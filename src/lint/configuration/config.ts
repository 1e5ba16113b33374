import type { Severity } from '../../diagnostics/diagnostic.ts';
import type { Preset, RuleChoice } from '../options.ts';
import type { Rule } from '../rule.ts';

/** Rules by id, pattern (`check-*`), preset, category or another checker's id (`gixy:ssrf`). An id wins over the others, of those the later one. */
export type RuleChoices = Readonly<Record<string, RuleChoice>>;

/** Rules of your own, with names like `acme/no-port-8080`. */
export interface Plugin {
  readonly rules: readonly Rule[];
}

/** What differs for some files. */
export interface ConfigOverride {
  /** Patterns as in `.gitignore`, from the configuration file's directory. */
  readonly files: readonly string[];
  /** In place of the presets for all files. */
  readonly presets?: readonly Preset[];
  readonly rules?: RuleChoices;
}

/** How `nginxc fmt` writes. */
export interface FormatChoices {
  /** One level: so many spaces, or `tab`. Default: 4. */
  readonly indent?: number | 'tab';
  /** Lists of arguments are broken before lines get longer. Default: 120. */
  readonly width?: number;
  /** So many blank lines in a row are kept. Default: 1. */
  readonly blankLines?: number;
}

/** What stands in `nginxlint.config.mjs` and the like. */
export interface NginxlintConfig {
  /** For editors. */
  readonly $schema?: string;
  /** Other configurations, read first: paths, packages, or objects. */
  readonly extends?: string | NginxlintConfig | readonly (string | NginxlintConfig)[];
  /** Sets of rules, added up. Default: `recommended` and `load-balancing`. */
  readonly presets?: readonly Preset[];
  readonly rules?: RuleChoices;
  /** Later ones win. */
  readonly overrides?: readonly ConfigOverride[];
  /** Files that are not linted: patterns as in `overrides`. */
  readonly ignores?: readonly string[];
  /** The nginx that is meant: `1.28`, or a range: `1.22..1.28`. */
  readonly nginxVersion?: string;
  readonly flavor?: string;
  /** What it is built with, against all modules we know: `+check,-stream`. */
  readonly modules?: string;
  /** True, or names of upstreams, when back ends share their sessions. */
  readonly sharedSessions?: boolean | readonly string[];
  /** The exit code is 1 from this severity on. Default: `error`. */
  readonly failOn?: Severity;
  /** The exit code is 1 when there are more warnings. */
  readonly maxWarnings?: number;
  /** What is shown: this and graver. Default: `info`. */
  readonly minSeverity?: Severity;
  readonly format?: FormatChoices;
  /** Rules of your own; not in JSON and YAML. */
  readonly plugins?: readonly Plugin[];
}

/** Types a configuration while it is written; returns it as it is. */
export function defineConfig(config: NginxlintConfig): NginxlintConfig {
  return config;
}
