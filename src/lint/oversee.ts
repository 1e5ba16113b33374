import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Use } from '../model/scope.ts';
import { registry } from './registry.ts';
import { diagnosticOf, type Finding, type Rule, type RuleContext } from './rule.ts';
import { invalidConfigFile } from './rules/meta/invalid-config-file.ts';

let ours: ReadonlySet<Rule> | undefined;

/**
 * The rule as it is called: measured when the options have a meter, and, when it is a user's, stopped by its first
 * exception, which becomes a finding. An exception of ours is a bug and passes.
 */
export function overseen(rule: Rule, context: RuleContext, found: Diagnostic[]): Pick<Rule, 'check' | 'each' | 'on'> {
  ours ??= new Set(registry);
  const isOurs = ours.has(rule);
  const { meter } = context.options;
  if (isOurs && !meter) return rule;
  let hasFailed = false;

  const call = (body: () => unknown, use?: Use): void => {
    if (hasFailed) return;
    const start = meter?.now() ?? 0;
    try {
      const result = body();
      if (result instanceof Promise) throw unfinished(result);
    } catch (error) {
      if (isOurs) throw error;
      hasFailed = true;
      found.push(failure(rule, context, error, use));
    }
    meter?.add(rule.id, meter.now() - start);
  };

  const strict = isOurs ? context : { ...context, report: (finding: Finding) => context.report(soundFinding(finding)) };
  const { check, each, on = {} } = rule;
  return {
    ...(check && { check: () => call(() => check(strict)) }),
    ...(each && { each: (use) => call(() => each(use, strict), use) }),
    on: Object.fromEntries(
      Object.entries(on).map(([name, visit]) => [name, (use) => call(() => visit(use, strict), use)] as const),
    ),
  };
}

/** Its end can't be waited for; that it fails then is nobody's business. */
function unfinished(result: Promise<unknown>): Error {
  result.catch(() => undefined);
  return new Error('it returns a promise, and rules must be done when they return');
}

/** A finding that can be shown; plain JavaScript may report anything. */
function soundFinding(finding: Finding): Finding {
  const { span, message, why } = finding;
  if (typeof message !== 'string' || typeof why !== 'string') throw new Error('a finding needs a message and a why');
  const { start, end, source } = span;
  if (typeof source?.text !== 'string' || !(start >= 0) || !(end <= source.text.length))
    throw new Error('a finding needs a span: { source, start, end }');
  return finding;
}

function failure({ id }: Rule, { model: { config } }: RuleContext, error: unknown, use: Use | undefined): Diagnostic {
  const span = use
    ? { source: use.directive.source, start: use.directive.node.name.start, end: use.directive.node.name.end }
    : { source: config.root.source, start: 0, end: 0 };
  return diagnosticOf(invalidConfigFile, {
    span,
    message: `the rule ${id} failed here: ${error instanceof Error ? error.message : String(error)}`,
    why: 'It is a rule of the configuration file’s, and does not run on.',
    help: error instanceof Error ? error.stack?.split('\n')[1]?.trim() : undefined,
  });
}
