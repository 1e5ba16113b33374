import { isDynamic } from '../../schema/values/script.ts';
import type { PlanContext } from '../hooks.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { Request } from './request.ts';

/**
 * The upstream that `fastcgi_pass` and its like name: known at load, or computed (ngx_http_fastcgi_eval); null when it has no
 * address. What `scheme` matches is not looked at.
 */
export function passTarget(pass: string, at: PlanContext, scheme: RegExp = /^/): (r: Request) => Upstream | null {
  if (!isDynamic(pass)) {
    const upstream = at.upstream(pass.replace(scheme, ''), 0);
    return () => upstream;
  }
  const script = at.script(pass);
  return (r) => {
    const name = script(r).replace(scheme, '');
    const upstream = at.findUpstream(name, null) ?? at.upstream(name, 0);
    if (upstream.group.primaries.length > 0 || upstream.group.backups.length > 0) return upstream;
    r.log('error', `no resolver defined to resolve ${name.replace(/:\d+$/, '')}`);
    return null;
  };
}
