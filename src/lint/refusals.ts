import type { ConfigDirective, ConfigTree } from '../config/config-tree.ts';
import { baseName } from '../config/paths.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Model } from '../model/build.ts';
import { checkModelForAll } from '../model/check/check-model.ts';
import type { Finding as Said } from '../model/check/finding.ts';
import { newestTarget, type Target } from '../model/check/target.ts';
import { targetsOf } from '../model/check/target-options.ts';
import { entriesOf } from '../model/lookup.ts';
import { spanOfArgument } from '../model/place.ts';
import { loadsForeignModule, loadsStickyModule, wordsOfForeignModules } from './foreign-modules.ts';
import { isOn, type LintOptions, optionsAt } from './options.ts';
import { registry } from './registry.ts';
import type { Advice, Rule } from './rule.ts';
import { type Place, Statements } from './statements.ts';
import { hasTemplateLines } from './template-evidence.ts';
import { type Unavailable, unavailable, unavailableParameter } from './unavailable.ts';

/** Rules that look at one value and nothing around it: what a lost brace or semicolon elsewhere cannot change. */
const local: ReadonlySet<string> = new Set([
  'check-invalid-parameter',
  'deprecated-directive',
  'deprecated-http2-directives',
  'deprecated-listen-http2',
  'error-page-or-return-invalid',
  'file-unusable',
  'host-not-found',
  'if-invalid-condition',
  'invalid-argument-count',
  'invalid-argument-value',
  'invalid-regex',
  'proxy-pass-missing-scheme',
  'server-name-suspicious',
  'upstream-server-invalid-address',
  'upstream-server-invalid-parameter',
  'zone-too-small',
]);

/** Rules that a module we know nothing of would satisfy: its directives may define what they miss. */
const needAllModules: ReadonlySet<string> = new Set([
  'empty-upstream',
  'ssl-certificate-missing',
  'undefined-log-format',
  'undefined-variable',
  'undefined-zone',
  'upstream-resolve-missing-resolver',
]);

/** Rules that miss something in a block: a line that is refused for another reason may have brought it. */
const needInside: ReadonlySet<string> = new Set([
  'empty-upstream',
  'ssl-certificate-missing',
  'ssl-verify-client-without-ca',
  'upstream-only-backup-servers',
  'upstream-resolve-missing-resolver',
  'upstream-resolve-missing-zone',
]);

/** Rules that miss what something else defines; another line, refused for another reason, may have been to define it. */
const needDefinition: ReadonlySet<string> = new Set(['undefined-log-format', 'undefined-variable', 'undefined-zone']);

/** So many refused lines are searched for a definition. */
const mostDefinitions = 200;

/** Rules of our own that also say something of these names where their `check` does not look. */
const shared: ReadonlySet<string> = new Set([
  'check-invalid-parameter',
  'invalid-argument-count',
  'lb-method-with-backup',
  'undefined-upstream',
]);

/** What nginx says of a directive that it does not have, or not there. */
const ofAbsence: ReadonlySet<string> = new Set(['unknown-directive', 'invalid-directive-context']);

/** What nginx says of a name that is passed to. */
const ofNames: ReadonlySet<string> = new Set(['undefined-upstream', 'host-not-found']);

/** A value that a template, or `envsubst`, is still to fill in. */
const placeholder = /\{\{|<%|\{%|\$\{?[A-Z][A-Z0-9_]*\b|@@|%%/;

/**
 * Adds what nginx itself would say to what is found already, as findings of the rules it belongs to. One cause, one finding: of
 * a statement that is accused of an error already nothing more is said.
 */
export function withRefusals(model: Model, options: LintOptions, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const targets = targetsFor(options);
  const said = withoutForeignSticky(checkModelForAll(model, targets, options.host), model, options);
  if (said.length === 0) return found;
  const statements = new Statements(model.config.directives);
  const excuses = new Excuses(model, found, statements);
  const added: Diagnostic[] = [];
  const graver = new Map<Diagnostic, Diagnostic>();
  let lacksModules = found.some(({ rule }) => rule === 'unknown-directive') || loadsForeignModule(model.config);
  for (const finding of said) {
    const place = finding.rule === 'no-events-block' ? firstBlock(model) : statements.of(finding.span);
    if (!place) continue;
    const { rule } = finding;
    const isAbsent = ofAbsence.has(rule);
    if (isAbsent) lacksModules = true;
    if (excuses.has(finding, place.directive)) continue;
    const known = ofNames.has(rule) && found.find((one) => isSameName(one, place.directive, statements));
    if (known) {
      graver.set(known, { ...known, severity: 'error', nginx: finding.nginx });
      continue;
    }
    const reason = reasonFor(rule, place, targets, options);
    const diagnostic =
      isAbsent || reason ? absent(finding, place, { reason, model, options }) : advised(finding, place, model, options);
    if (!diagnostic) continue;
    added.push(diagnostic);
    if (finding.stops && !needDefinition.has(rule)) excuses.accuse(place.directive);
  }
  const before = found.map((one) => graver.get(one) ?? one);
  return [...before, ...(lacksModules ? added.filter(({ rule }) => !needAllModules.has(rule)) : added)];
}

/** A rule of ours has said already that no upstream has the name. */
function isSameName({ rule, span }: Diagnostic, directive: ConfigDirective, statements: Statements): boolean {
  return rule === 'undefined-upstream' && statements.at(span) === directive;
}

/** What explains that nginx would say something of a directive: then it is not said. */
class Excuses {
  readonly #accused: Set<ConfigDirective>;
  /** Blocks in which something is refused. */
  readonly #incomplete = new Set<ConfigDirective>();
  readonly #isDamaged: boolean;
  readonly #config: ConfigTree;
  #foreign: ReadonlySet<string> | undefined;

  constructor(model: Model, found: readonly Diagnostic[], statements: Statements) {
    this.#config = model.config;
    const errors = found.filter(({ severity }) => severity === 'error');
    this.#isDamaged = errors.some(({ rule }) => ruleOf(rule)?.category === 'syntax') || hasTemplateLines(model.config.files);
    this.#accused = new Set([...model.unknown, ...model.misplaced].map(({ directive }) => directive));
    for (const { span } of errors) {
      const directive = statements.at(span);
      if (directive) this.accuse(directive);
    }
  }

  /** From now on nothing more is said of the directive, nor that its blocks lack what it may have brought. */
  accuse(directive: ConfigDirective): void {
    this.#accused.add(directive);
    for (let at = directive.parent; at && !this.#incomplete.has(at); at = at.parent) this.#incomplete.add(at);
  }

  has({ rule, nginx, help }: Said, directive: ConfigDirective): boolean {
    return (
      this.#accused.has(directive) ||
      (needInside.has(rule) && this.#incomplete.has(directive)) ||
      (this.#isDamaged && (!local.has(rule) || directive.node.terminator < 0)) ||
      directive.args.some((word) => placeholder.test(word)) ||
      (rule === 'undefined-variable' && this.#isForeign(quoted(nginx), help)) ||
      (needDefinition.has(rule) && this.#mayDefine(quoted(nginx)))
    );
  }

  /** Modules from elsewhere bring variables that we do not know, and define others. */
  #isForeign(name: string, guess: string | undefined): boolean {
    this.#foreign ??= wordsOfForeignModules(this.#config.directives);
    return this.#foreign.size > 0 && (guess === undefined || this.#foreign.has(`$${name}`));
  }

  #mayDefine(name: string): boolean {
    return (
      this.#accused.size <= mostDefinitions && [...this.#accused].some(({ args }) => args.some((word) => word.includes(name)))
    );
  }
}

/** The name in nginx's message. */
function quoted(nginx: string): string {
  return /"([^"]+)"/.exec(nginx)?.[1] ?? '';
}

/** Directives that people write into a nginx.conf itself. */
const ofMain = /^(worker_processes|user|pid)$/;

/** That there is no `events` block is said at the first block there is. */
function firstBlock({ config }: Model): Place | undefined {
  // Without either it may be a file that the real nginx.conf includes.
  if (baseName(config.root.source.name) !== 'nginx.conf' && !config.directives.some(({ name }) => ofMain.test(name)))
    return undefined;
  const directive = config.directives.find(({ name, node }) => /^(http|stream|mail)$/.test(name) && !node.recovered);
  return directive && { directive, index: -1 };
}

/** Why something known is none of a target's; null when that is not what a finding is about. */
function reasonFor(rule: string, place: Place, targets: readonly Target[], options: LintOptions): Unavailable | null {
  if (rule === 'upstream-server-invalid-parameter') return parameterOf(place, targets, options);
  return ofAbsence.has(rule) ? unavailableIn(targets, place.directive, options) : null;
}

/** Why a directive of the catalog is none of a target's. */
function unavailableIn(targets: readonly Target[], { name }: ConfigDirective, options: LintOptions): Unavailable | null {
  for (const target of targets) {
    const reason = unavailable(entriesOf(name), target, options);
    if (reason) return reason;
  }
  return null;
}

/** Why a parameter of an upstream's server is none of the target's, when it is another's. */
function parameterOf({ directive, index }: Place, targets: readonly Target[], options: LintOptions): Unavailable | null {
  const isInStream = directive.parent?.parent?.name === 'stream';
  return unavailableParameter(directive.args[index] ?? '', isInStream, targets, options);
}

/** Commercial nginx has `sticky` for long, and a third-party module brings one with parameters of its own. */
function withoutForeignSticky(said: readonly Said[], { config }: Model, { flavor }: LintOptions): readonly Said[] {
  if (flavor !== 'plus' && !loadsStickyModule(config)) return said;
  return said.filter(
    ({ rule, span: { source, start, end } }) => rule !== 'sticky-unavailable' && source.text.slice(start, end) !== 'sticky',
  );
}

interface Absence {
  readonly reason: Unavailable | null;
  readonly model: Model;
  readonly options: LintOptions;
}

/** Something known that the target does not have. */
function absent(said: Said, { directive, index }: Place, { reason, model, options }: Absence): Diagnostic | undefined {
  const { nginx, why = '', span, message, severity } = said;
  const rule = reason && ruleOf(reason.rule);
  if (!reason || !rule || !isOn(rule, optionsAt(options, span.source))) return undefined;
  const advice = rule.advise?.({ model, directive, index, word: directive.name, span, nginx, help: reason.help, options });
  return { severity, message, why, nginx, span, ...given(advice), ...given(reason), rule: rule.id };
}

function advised(finding: Said, { directive, index }: Place, model: Model, options: LintOptions): Diagnostic | undefined {
  const rule = ruleOf(finding.rule);
  if (!rule || (rule.madeIn !== 'model' && !shared.has(rule.id)) || !isOn(rule, optionsAt(options, directive.source)))
    return undefined;
  const { nginx, message, why = '', help, severity } = finding;
  const word = (index < 0 ? directive.name : directive.args[index]) ?? '';
  const span = spanOfArgument(directive, index < 0 ? undefined : index);
  const advice = rule.advise?.({ model, directive, index, word, span, nginx, help, options });
  return { rule: rule.id, severity, message, why, ...(help === undefined ? {} : { help }), nginx, span, ...given(advice) };
}

/** Without what is not there. */
function given(advice: Advice | undefined): Partial<Diagnostic> {
  return Object.fromEntries(Object.entries(advice ?? {}).filter(([, value]) => value !== undefined));
}

function targetsFor({ nginxVersion, flavor, modules }: LintOptions): readonly Target[] {
  const options = { ...(nginxVersion && { nginxVersion }), ...(flavor && { flavor }), ...(modules && { modules }) };
  const targets = targetsOf(options);
  return 'error' in targets ? [newestTarget] : targets;
}

let byId: ReadonlyMap<string, Rule> | undefined;

function ruleOf(id: string): Rule | undefined {
  byId ??= new Map(registry.map((rule) => [rule.id, rule]));
  return byId.get(id);
}
