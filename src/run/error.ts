import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { concise } from '../diagnostics/render/concise.ts';

/** The configuration cannot be run: nginx would refuse it, or it cannot listen where it must. */
export class NginxConfigError extends Error {
  override name = 'NginxConfigError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, diagnostics: readonly Diagnostic[]) {
    super([message, ...diagnostics.map(concise)].join('\n'));
    this.diagnostics = diagnostics;
  }
}
