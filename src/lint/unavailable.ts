import { hasModule, isInRelease, type Target } from '../model/check/target.ts';
import { commercialParameters } from '../model/check/upstreams.ts';
import type { Entry } from '../model/lookup.ts';
import { isAtLeast } from '../schema/version.ts';
import type { LintOptions } from './options.ts';
import type { Advice } from './rule.ts';

/** What is said of something known that the target does not have, and under which rule. */
export type Unavailable = Advice & { readonly rule: string };

/** Why a directive that is in the catalog is none of the target's, and under which rule that is said; null: say nothing. */
export function unavailable(
  entries: readonly Entry[],
  target: Target,
  { nginxVersion, flavor, modules }: LintOptions,
): Unavailable | null {
  const [entry] = entries.filter(({ facts, module }) => !facts.commercial || module.package === undefined);
  if (!entry) return null;
  const { facts, module, name } = entry;
  if (!hasModule(target, module)) {
    if (modules === undefined && flavor === undefined) return null;
    return {
      rule: 'module-not-available',
      severity: 'warning',
      message: `"${name}" comes with ${module.name}${module.package ? ` (${module.package})` : ''}, which is not there`,
      help: `build nginx with the module, or add it: --modules +${(module.package ?? module.name).replace(/^ngx_|_module$/g, '')}`,
    };
  }
  if (isInRelease(target, module, facts)) return null;
  if (facts.commercial) {
    return {
      rule: 'plus-only-directive',
      severity: flavor === undefined ? 'warning' : 'error',
      message: `"${name}" is a directive of commercial nginx`,
      why: 'Open source nginx does not know it, and does not start.',
      help:
        facts.openSince === undefined
          ? (instead[name] ?? 'if this runs on NGINX Plus, say so: --flavor plus')
          : `open source nginx has it since ${facts.openSince}`,
    };
  }
  const { since, until, deprecated } = facts;
  if (since !== undefined && !isAtLeast(target.nginxVersion, since)) {
    if (nginxVersion === undefined) return null;
    return {
      rule: name === 'sticky' ? 'sticky-unavailable' : 'version-unavailable-directive',
      message: `"${name}" exists since nginx ${since}`,
      help: `nginx ${since} or newer is needed; this is judged for ${nginxVersion}`,
    };
  }
  if (name === 'ssl')
    return { rule: 'deprecated-ssl-on', message: `"ssl" is gone since nginx ${until}`, help: 'write listen … ssl' };
  return {
    rule: 'version-unavailable-directive',
    severity: nginxVersion === undefined ? 'info' : 'error',
    message: `"${name}" is gone since nginx ${until}`,
    help: deprecated?.replacement === undefined ? 'remove it' : `write ${deprecated.replacement} instead`,
  };
}

/**
 * Why a parameter of an upstream's server, which a target refuses, is none of its; null where it is nobody's parameter. Commercial
 * nginx takes all of them.
 */
export function unavailableParameter(
  word: string,
  isInStream: boolean,
  targets: readonly Target[],
  { flavor, nginxVersion }: LintOptions,
): Unavailable | null {
  const [name = ''] = word.split('=', 1);
  const release = Object.hasOwn(commercialParameters, name) ? commercialParameters[name] : undefined;
  if (release === undefined || flavor === 'plus') return null;
  if (release !== null && targets.every((target) => isAtLeast(target.nginxVersion, release))) return null;
  if (isInStream && (name === 'route' || name === 'drain')) return null;
  if (flavor !== undefined && release !== null) {
    return {
      rule: 'version-unavailable-directive',
      message: `open source nginx has "${name}" since ${release}`,
      help: `nginx ${release} or newer is needed; this is judged for ${nginxVersion}`,
    };
  }
  return {
    rule: 'plus-only-directive',
    severity: flavor === undefined ? 'warning' : 'error',
    message: `"${name}" is a parameter of commercial nginx`,
    why: 'Open source nginx refuses it, and does not start.',
    help:
      release === null
        ? 'if this runs on NGINX Plus, say so: --flavor plus'
        : `open source nginx has it since ${release}; this is judged for ${nginxVersion}`,
  };
}

/** What open source nginx offers in place of the commercial directives that people ask for most. */
const instead: Readonly<Record<string, string>> = {
  health_check: 'open source nginx checks passively (max_fails, fail_timeout), or with nginx_upstream_check_module: check',
  sticky: 'open source nginx keeps clients on a server with ip_hash, or hash $cookie_NAME consistent',
  sticky_cookie_insert: 'open source nginx keeps clients on a server with hash $cookie_NAME consistent',
  status: 'open source nginx has stub_status',
  api: 'open source nginx has stub_status',
  queue: 'open source nginx does not queue; limit_req with a burst delays requests',
  state: 'write the servers into the upstream',
  auth_jwt: 'open source nginx can ask a service: auth_request',
};
