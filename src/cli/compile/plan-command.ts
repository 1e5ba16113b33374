import { loadConfig, present } from '../../check.ts';
import { planOf } from '../../compile/plan/plan.ts';
import { planAsText } from '../../compile/plan/text.ts';
import { concise } from '../../diagnostics/render/concise.ts';
import { buildModel } from '../../model/build.ts';
import { newestStable } from '../../schema/version.ts';
import { configRootOf } from '../config-root.ts';
import { found, ok } from '../exit-codes.ts';
import type { Streams } from '../streams.ts';

/** The options of `nginxc plan`. */
export interface PlanOptions {
  readonly json?: boolean;
  readonly prefix?: string;
}

/** `nginxc plan FILE`: what can be read is shown; the exit code is 1 when nginx would not get past something. */
export function planCommand(file: string, { json, prefix }: PlanOptions, streams: Streams): number {
  const { value: config, diagnostics } = loadConfig(configRootOf(file, prefix, streams));
  const errors = present(diagnostics, {}).diagnostics.filter(({ severity }) => severity === 'error');
  for (const error of errors) streams.stderr.write(`${concise(error)}\n`);
  const plan = planOf(buildModel(config), newestStable);
  streams.stdout.write(json ? `${JSON.stringify(plan, null, 2)}\n` : planAsText(plan));
  return errors.length > 0 ? found : ok;
}
