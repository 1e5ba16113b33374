import type { ResponseHead } from '../codec/http1-response.ts';
import type { Event } from '../events.ts';
import type { Request } from './request.ts';
import type { UpstreamConf } from './upstream-plan.ts';

interface Answered {
  readonly r: Request;
  readonly head: ResponseHead;
  readonly conf: UpstreamConf;
}

/** Tells whoever listens which peer has answered, and the cookies that came and went. */
export function reportAnswer({ r, head, conf }: Answered, listener: (event: Event) => void): void {
  const { addr = '', status = 0 } = r.upstreamAttempts.at(-1) ?? {};
  const isHidden = conf.hiddenHeaders.has('set-cookie');
  listener({
    type: 'peer-answered',
    id: r.id,
    upstream: r.upstreamName,
    peer: addr,
    status,
    method: r.method,
    cookie: r.headersIn.get('cookie') ?? '',
    setCookies: isHidden ? [] : head.values.filter((_, index) => head.lower[index] === 'set-cookie'),
  });
}
