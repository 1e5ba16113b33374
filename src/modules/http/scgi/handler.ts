import { planCachePaths } from '../../../runtime/cache/plan-cache.ts';
import { handle } from '../../../runtime/hooks.ts';
import { planCgi } from '../../../runtime/http/pass-cgi.ts';
import { passTarget } from '../../../runtime/http/pass-target.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { httpScgi } from './directives.ts';

const owner = { module: httpScgi, family: 'scgi' } as const;

/** `scgi_pass` */
export const scgiHandler = handle(httpScgi, {
  http: (settings, at) => planCachePaths(settings, owner, at),
  handler: (settings, at) =>
    settings.pass === undefined ? undefined : planCgi(settings, { owner, upstreamOf: passTarget(settings.pass, at), packet }, at),
});

/** A netstring of names and values, the length of the body first (ngx_http_scgi_create_request). */
function packet(r: Request, pairs: readonly string[]): string {
  const content = `${['CONTENT_LENGTH', String(Math.max(0, r.headersIn.contentLength)), ...pairs].join('\0')}\0`;
  return `${content.length}:${content},`;
}
