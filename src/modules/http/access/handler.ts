import { nearestWith } from '../../../model/inherited.ts';
import { handle } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { type IpAddress, isInNetwork, prefixOf, readIp } from '../../../schema/values/ip-address.ts';
import { httpCore } from '../core/directives.ts';
import { httpAccess } from './directives.ts';
import type { AccessRule } from './rule.ts';

/** Rules by address family, each in the order of the file: a family without any lets everybody in. */
interface Rules {
  readonly v4: readonly AccessRule[];
  readonly v6: readonly AccessRule[];
  readonly unix: readonly AccessRule[];
}

/** `allow` and `deny`: the first rule that fits decides. */
export const accessHandler = handle(httpAccess, {
  access({ rules }, at) {
    if (rules.length === 0) return undefined;
    const byFamily = familiesOf(rules);
    const says = at.settings(httpCore).satisfy === 'all';
    return (r) => {
      const rule = ruleFor(r, byFamily);
      const { detail } = at.events;
      if (detail && r.main === r) {
        const line = rule && nearestWith(at.scope, ['allow', 'deny'])[rules.indexOf(rule)]?.directive;
        detail({ type: 'access-rule', id: r.id, at: line ?? null, allows: rule?.allows ?? true });
      }
      if (!rule) return 'declined';
      if (rule.allows) return 'ok';
      if (says) r.log('error', 'access forbidden by rule');
      return 403;
    };
  },
});

function familiesOf(rules: readonly AccessRule[]): Rules {
  const family = (wanted: 4 | 6) => rules.filter(({ whom }) => whom === 'all' || (whom !== 'unix' && whom.family === wanted));
  return { v4: family(4), v6: family(6), unix: rules.filter(({ whom }) => whom === 'all' || whom === 'unix') };
}

// ngx_http_access_handler
function ruleFor(r: Request, { v4, v6, unix }: Rules): AccessRule | undefined {
  if (r.remoteAddr.startsWith('unix:')) return unix[0];
  const address = readIp(r.remoteAddr);
  if (!address) return undefined;
  if (address.v4 !== undefined && (address.v6 === undefined || v4.length > 0)) return firstOf(v4, address);
  return v6.find(({ whom }) => typeof whom === 'string' || (whom.family === 6 && address.v6?.startsWith(prefixOf(whom.key))));
}

function firstOf(rules: readonly AccessRule[], address: IpAddress): AccessRule | undefined {
  return rules.find(({ whom }) => typeof whom === 'string' || isInNetwork(address, whom));
}
