import { handle } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { isMsie } from '../../../runtime/http/user-agent.ts';
import type { LocationPlan } from '../../../runtime/plan/plans.ts';
import { httpBrowser } from './directives.ts';
import { type ModernBrowser, noOpera, versionOf } from './settings.ts';

/** What one block says of browsers. */
interface Browsers {
  readonly modern: readonly ModernBrowser[];
  readonly ancient: readonly string[];
  readonly unlistedAreModern: boolean;
  readonly netscape4: boolean;
  readonly modernValue: string;
  readonly ancientValue: string;
}

const planned = new WeakMap<LocationPlan, Browsers>();

/** `modern_browser`, `ancient_browser`: two variables, of which one has a value. */
export const browserHandler = handle(httpBrowser, {
  rewrite({ modern, ancient, modernValue, ancientValue }, at) {
    const listed = modern.filter((one) => one !== 'unlisted');
    if (listed.length > 0 && !listed.some(({ rank }) => rank === noOpera.rank)) listed.push(noOpera);
    const words = ancient.flat();
    planned.set(at.location, {
      modern: listed.sort((one, other) => one.rank - other.rank),
      ancient: words.filter((word) => word !== 'netscape4'),
      unlistedAreModern: modern.includes('unlisted'),
      netscape4: words.includes('netscape4'),
      modernValue,
      ancientValue,
    });
    return undefined;
  },
  variables: {
    msie: (r) => (isMsie(r.headersIn.get('user-agent') ?? '') ? '1' : ''),
    modern_browser: (r) => valueFor(r, true),
    ancient_browser: (r) => valueFor(r, false),
  },
});

// ngx_http_browser_variable
function valueFor(r: Request, modern: boolean): string {
  const browsers = planned.get(r.location);
  if (!browsers || isModern(r.headersIn.get('user-agent'), browsers) !== modern) return '';
  return modern ? browsers.modernValue : browsers.ancientValue;
}

// ngx_http_browser
function isModern(agent: string | undefined, { modern, ancient, unlistedAreModern, netscape4 }: Browsers): boolean {
  if (agent === undefined) return unlistedAreModern;
  for (const { from, name, add, version } of modern) {
    const at = agent.indexOf(name, from);
    if (at >= 0 && at + add < agent.length) return versionOf(agent.slice(at + add)) >= version;
  }
  if (modern.length > 0 && !unlistedAreModern) return false;
  if (netscape4 && agent.length > 'Mozilla/4.72 '.length && /^Mozilla\/[1-4]/.test(agent)) return false;
  return !ancient.some((word) => agent.includes(word)) && unlistedAreModern;
}
