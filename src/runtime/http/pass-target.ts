import { isDynamic } from '../../schema/values/script.ts';
import type { PlanContext } from '../hooks.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { parseUrl, type Url } from '../upstream/url.ts';
import type { Request } from './request.ts';

/**
 * Where `fastcgi_pass` and its like go: known at load, or computed (ngx_http_fastcgi_eval); null, and logged, for what is no
 * address. What `scheme` matches is not looked at.
 */
export function passTarget(pass: string, at: PlanContext, scheme: RegExp = /^/): (r: Request) => Upstream | Url | null {
  if (!isDynamic(pass)) {
    const upstream = at.upstream(pass.replace(scheme, ''), 0);
    return () => upstream;
  }
  const script = at.script(pass);
  return (r) => {
    const text = script(r).replace(scheme, '');
    const url = parseUrl(text, 0);
    if (typeof url !== 'string') return at.findUpstream(url) ?? url;
    r.log('error', `${url} in upstream "${text}"`);
    return null;
  };
}
