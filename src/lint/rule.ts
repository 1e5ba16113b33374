import type { ConfigDirective } from '../config/config-tree.ts';
import type { Diagnostic, Fix, Related, Severity, Span } from '../diagnostics/diagnostic.ts';
import type { Model } from '../model/build.ts';
import type { References } from '../model/references.ts';
import type { Use } from '../model/scope.ts';
import type { LintOptions, Preset, SettingValue } from './options.ts';

/** What a rule is about; the folder it lies in. */
export type Category =
  | 'syntax'
  | 'correctness'
  | 'load-balancing'
  | 'security'
  | 'http'
  | 'tls'
  | 'performance'
  | 'reliability'
  | 'style'
  | 'deprecation'
  | 'meta';

/** One finding as a rule reports it; id and severity come from the rule. */
export interface Finding {
  /** The token that causes it. */
  readonly span: Span;
  /** What is wrong. */
  readonly message: string;
  /** What happens because of it. */
  readonly why: string;
  /** What to write. */
  readonly help?: string | undefined;
  /** nginx's own words, where it has some. */
  readonly nginx?: string | undefined;
  readonly related?: readonly Related[] | undefined;
  readonly fix?: Fix | undefined;
  /** When this case is graver or milder than the rule usually is. */
  readonly severity?: Severity | undefined;
}

/** Something that nginx says while it reads a configuration (src/model/check), and the directive it says it of. */
export interface Refusal {
  readonly model: Model;
  readonly directive: ConfigDirective;
  /** The argument it points at; -1 for the name. */
  readonly index: number;
  /** That argument's value, or the name. */
  readonly word: string;
  readonly span: Span;
  readonly nginx: string;
  /** What the model advises already. */
  readonly help: string | undefined;
  readonly options: LintOptions;
}

/** What is added to nginx's words. */
export type Advice = Pick<Finding, 'help' | 'related' | 'fix' | 'severity'> & {
  readonly message?: string;
  readonly why?: string;
};

/** What a rule sees. */
export interface RuleContext {
  readonly model: Model;
  /** Who defines upstreams, and who uses them. */
  readonly references: References;
  readonly options: LintOptions;
  /** The user's value of one of the rule's settings, or its default; it has the default's type. */
  setting<T extends SettingValue>(name: string): T;
  report(finding: Finding): void;
}

/** A value that users may change: `rules: { 'max-block-lines': ['hint', { max: 200 }] }`. */
export interface RuleSetting {
  readonly default: SettingValue;
  /** What it decides, in a few words, with its unit. */
  readonly about: string;
}

/** A rule: what it is called, what it is for, and how it looks. */
export interface Rule {
  /** Kebab-case, unique, for ever; names the pattern, not the cure. */
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** One line for tables. */
  readonly summary: string;
  /** Whether it can offer an edit, and how far that edit may be trusted. */
  readonly fixable: false | 'safe' | 'unsafe';
  readonly presets: readonly Preset[];
  /** What users may adjust, by name. */
  readonly settings?: Readonly<Record<string, RuleSetting>>;
  /** The release of nginx that made it matter. */
  readonly since?: string;
  /** Where to read on: pages of nginx's manual and the like. */
  readonly references: readonly string[];
  /** Set when the finding is made while the text is read, before rules run, or (`lint`) of what rules found. */
  readonly madeIn?: 'syntax' | 'config' | 'model' | 'lint';
  /** What it asks of the machine; nothing is found where that may not be asked. */
  readonly asks?: 'files' | 'names';
  /** What someone who knows nginx would add to its words, for rules whose findings the model makes. */
  readonly advise?: (refusal: Refusal) => Advice | undefined;
  /** Called for every directive of that name, where it counts. */
  readonly on?: Readonly<Record<string, (use: Use, context: RuleContext) => void>>;
  /** Called for every directive. */
  readonly each?: (use: Use, context: RuleContext) => void;
  /** Directives without any of which `check` has nothing to say, and is not called; without the list it always is. */
  readonly needs?: readonly string[];
  /** Called once, for what no single directive shows. */
  readonly check?: (context: RuleContext) => void;
}

/** Describes a rule; its page lies beside it. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** A finding in the form that leaves the linter. */
export function diagnosticOf(rule: Rule, finding: Finding): Diagnostic {
  const { span, message, why, help, nginx, related, fix, severity = rule.severity } = finding;
  return {
    rule: rule.id,
    severity,
    message,
    why,
    span,
    ...(help === undefined ? {} : { help }),
    ...(nginx === undefined ? {} : { nginx }),
    ...(related === undefined ? {} : { related }),
    ...(fix === undefined ? {} : { fix }),
  };
}
