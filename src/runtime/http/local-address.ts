import type { Bind } from '../../schema/values/gateway.ts';
import { readIpAndPort, withoutPort } from '../../schema/values/ip-address.ts';
import { isDynamic } from '../../schema/values/script.ts';
import type { PlanContext } from '../hooks.ts';
import { directiveInForce } from './pass-location.ts';
import type { Request } from './request.ts';

/** Compiles `proxy_bind` and its like: the IP literal to connect from, null for the system's choice (ngx_http_upstream_set_local). */
export function localAddress(
  bind: Bind | null | undefined,
  directive: string,
  at: PlanContext,
): ((r: Request) => string | null) | null {
  if (!bind) return null;
  if (bind.transparent) at.notRun(directiveInForce(directive, at), 'transparent proxying is not run');
  if (!isDynamic(bind.address)) {
    const host = withoutPort(bind.address);
    return () => host;
  }
  const script = at.script(bind.address);
  return (r) => {
    const address = script(r);
    if (address === '') return null;
    if (readIpAndPort(address)) return withoutPort(address);
    r.log('error', `invalid local address "${address}"`);
    return null;
  };
}
