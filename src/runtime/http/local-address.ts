import type { ConnectOptions } from '../../host/host.ts';
import type { Bind } from '../../schema/values/gateway.ts';
import { readIpAndPort, withoutPort } from '../../schema/values/ip-address.ts';
import { isDynamic } from '../../schema/values/script.ts';
import type { PlanContext } from '../hooks.ts';
import { directiveInForce } from './pass-location.ts';
import type { Request } from './request.ts';

/** Where a connection comes from. */
export type LocalAddress = Required<Pick<ConnectOptions, 'from' | 'fromPort'>>;

/** Compiles `proxy_bind` and its like: the address and port to connect from, null for the system's choice (ngx_http_upstream_set_local). */
export function localAddress(
  bind: Bind | null | undefined,
  directive: string,
  at: PlanContext,
): ((r: Request) => LocalAddress | null) | null {
  if (!bind) return null;
  if (bind.transparent) at.notRun(directiveInForce(directive, at), 'transparent proxying is not run');
  if (!isDynamic(bind.address)) {
    const local = localOf(bind.address);
    return () => local;
  }
  const script = at.script(bind.address);
  return (r) => {
    const address = script(r);
    if (address === '') return null;
    if (readIpAndPort(address)) return localOf(address);
    r.log('error', `invalid local address "${address}"`);
    return null;
  };
}

function localOf(text: string): LocalAddress {
  const from = withoutPort(text);
  return { from, fromPort: from === text ? 0 : Number(text.slice(text.lastIndexOf(':') + 1)) };
}
