import type { SourceText } from '../../base/source-text.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Paint } from '../../diagnostics/render/paint.ts';
import type { LintReport, RuleFacts } from '../../diagnostics/render/report.ts';
import { keyText } from '../../lint/finding-key.ts';
import { registry } from '../../lint/registry.ts';
import type { Rule } from '../../lint/rule.ts';
import type { Streams } from '../streams.ts';
import { version } from '../version.ts';
import type { LintSettings } from './lint-settings.ts';
import type { Outcome } from './lint-workspace.ts';
import { pathFrom, rootOf } from './report-paths.ts';
import { pageOf } from './rule-pages.ts';
import type { Selected } from './select-findings.ts';

/** What the formats write up after a run. */
export function reportOf(
  outcome: Outcome,
  { visible, baselined, older }: Selected,
  settings: LintSettings,
  streams: Streams,
): LintReport {
  const root = rootOf(streams);
  const pathOf = ({ name }: SourceText) => pathFrom(root, name, streams.cwd());
  let fingerprints: ReadonlyMap<Diagnostic, string> | undefined;
  return {
    findings: visible,
    suppressed: outcome.suppressed,
    baselined,
    older,
    files: outcome.files,
    root,
    pathOf,
    fingerprintOf(diagnostic) {
      fingerprints ??= fingerprintsOf(outcome, pathOf);
      return fingerprints.get(diagnostic) ?? '';
    },
    ruleOf(id) {
      const rule = settings.rules.find((one) => one.id === id);
      return rule && factsOf(rule);
    },
    version,
    isQuiet: settings.quiet,
    isFixed: settings.fix,
  };
}

/** Equal keys in one file are numbered, so that no two findings share a fingerprint. */
export function fingerprintsOf(
  { diagnostics, suppressed, keyOf }: Pick<Outcome, 'diagnostics' | 'suppressed' | 'keyOf'>,
  pathOf: (source: SourceText) => string,
): ReadonlyMap<Diagnostic, string> {
  // Not imported: loading it would take longer than linting a small file, and few formats ask.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const counts = new Map<string, number>();
  const fingerprints = new Map<Diagnostic, string>();
  for (const diagnostic of [...diagnostics, ...suppressed.map((one) => one.diagnostic)]) {
    const { source } = diagnostic.span;
    const key = `${pathOf(source)}\n${keyText(keyOf(diagnostic))}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    const hash = createHash('sha256').update(`${key}\n${count}`).digest('hex');
    fingerprints.set(diagnostic, hash.slice(0, 32));
  }
  return fingerprints;
}

/** Of a plugin's rule there is no page. */
function factsOf(rule: Rule): RuleFacts {
  const { id, category, severity, summary, references } = rule;
  return { id, category, severity, summary, references, page: registry.includes(rule) ? pageOf(rule) : '' };
}

/** What is said about the run itself, on stderr: what was selected, and that nginxlint read its own copies of nginx's files. */
export function notesOn({ diagnostics }: Outcome, notes: readonly string[], paint: Paint): string {
  const [first, ...rest] = notes;
  const said = first === undefined ? '' : `${[`${paint.blue('note')}: ${first}`, ...rest].join('\n')}\n`;
  return said + bundledNote(diagnostics, paint);
}

function bundledNote(diagnostics: readonly Diagnostic[], paint: Paint): string {
  const messages = diagnostics.filter(({ rule }) => rule === 'bundled-include').map(({ message }) => message);
  if (messages.length === 0) return '';
  const names = messages.map((message) => message.split(' ')[0]);
  const verb = names.length === 1 ? 'is not here; nginxlint read its own copy' : 'are not here; nginxlint read its own copies';
  return `${paint.blue('note')}: ${names.join(', ')} ${verb}\n`;
}
