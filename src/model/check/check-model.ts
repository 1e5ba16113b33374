import { directoryOf } from '../../config/paths.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import * as contexts from '../../schema/contexts.ts';
import type { Model } from '../build.ts';
import type { Finding } from './finding.ts';
import { finish } from './finish.ts';
import type { Frame } from './frame.ts';
import type { HostQuestions } from './host-questions.ts';
import { finishHttp } from './http-finish.ts';
import { checkDuplicateLocations } from './http-location.ts';
import { Run } from './run.ts';
import { setterOf } from './setters.ts';
import { newestTarget, type Target } from './target.ts';

const memory = new WeakMap<Model, Map<string, readonly Finding[]>>();

/**
 * Everything that nginx would say against a configuration, were it not to stop at the first error; in nginx's order.
 * A fragment, or a configuration with files missing, is not blamed for what the missing part may bring.
 */
export function checkModel(model: Model, target: Target = newestTarget, host: HostQuestions = {}): readonly Finding[] {
  if (host.files || host.knowsName) return findingsOf(model, target, host);
  let known = memory.get(model);
  if (!known) memory.set(model, (known = new Map()));
  const key = `${target.nginxVersion} ${target.flavor} ${target.modules ? [...target.modules].join() : '*'}`;
  let findings = known.get(key);
  if (!findings) known.set(key, (findings = findingsOf(model, target, host)));
  return findings;
}

function findingsOf({ config }: Model, target: Target, host: HostQuestions): readonly Finding[] {
  const run = new Run(target, config.context, setterOf);
  run.isWhole = config.closed;
  run.source = config.root.source;
  run.host = host;
  run.confPrefix = host.confPrefix ?? directoryOf(config.root.source.name);
  run.process(config.directives, run.root);
  finishFragment(run, run.root);
  if (config.closed) finish(run);
  return once(run.findings.map(explained));
}

/** What the end of the block around a fragment would bring. */
function finishFragment(run: Run, root: Frame): void {
  if (root.is(contexts.http)) finishHttp(run, root);
  if (root.is(contexts.server | contexts.location)) checkDuplicateLocations(run, root);
}

function explained(finding: Finding): Finding {
  if (finding.why !== undefined) return finding;
  const why = finding.stops
    ? 'nginx does not start with this, and refuses a reload.'
    : 'nginx starts, and complains each time it reads the configuration.';
  return { ...finding, why };
}

/** A shared file is read once for each place that includes it; what is wrong with it is said once. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const said = new Map<Diagnostic['span']['source'], Set<string>>();
  return findings.filter(({ span, nginx }) => {
    const here = said.get(span.source) ?? new Set();
    said.set(span.source, here);
    const key = `${span.start} ${nginx}`;
    const isNew = !here.has(key);
    here.add(key);
    return isNew;
  });
}

/** What any of several targets would say; a finding that not all of them share names the releases it is about. */
export function checkModelForAll(model: Model, targets: readonly Target[], host: HostQuestions = {}): readonly Finding[] {
  const found = new Map<string, { readonly finding: Finding; readonly releases: string[] }>();
  for (const target of targets) {
    for (const finding of checkModel(model, target, host)) {
      const key = `${finding.span.source.name} ${finding.span.start} ${finding.nginx}`;
      const known = found.get(key) ?? { finding, releases: [] };
      known.releases.push(target.nginxVersion);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ finding, releases }) =>
    releases.length === targets.length ? finding : { ...finding, message: `${finding.message} (nginx ${releases.join(', ')})` },
  );
}
