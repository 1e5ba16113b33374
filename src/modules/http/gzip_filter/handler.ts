import { ZlibSteps } from '../../../runtime/codec/zlib-steps.ts';
import { type BodyTransform, handle } from '../../../runtime/hooks.ts';
import { forgetLength, weakenEtag } from '../../../runtime/http/changed-body.ts';
import { gzipTest } from '../../../runtime/http/gzip-ok.ts';
import { fieldOf } from '../../../runtime/http/header-list.ts';
import { mediaTypeTest } from '../../../runtime/http/media-types.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { httpGzipFilter } from './directives.ts';

/** Compresses answers for clients that say they take it. */
export const gzipFilterHandler = handle(httpGzipFilter, {
  headerFilter({ enabled, level, minLength, hash, window, types }, at) {
    if (!enabled) return undefined;
    const isOfType = mediaTypeTest(types);
    const accepts = gzipTest(at);
    const bits = { windowBits: Math.log2(window), memLevel: Math.log2(hash) - 8 };
    // ngx_http_gzip_header_filter
    return (request) => {
      const r = request as RequestState;
      const { headersOut: out, status } = r;
      if (status !== 200 && status !== 403 && status !== 404) return undefined;
      if (out.contentLength !== -1 && out.contentLength < minLength) return undefined;
      if (fieldOf(out.list, 'content-encoding') || !isOfType(r)) return undefined;
      r.gzipVary = true;
      if (!accepts(r)) return undefined;
      const options = { level, ...fitting(out.contentLength, bits) };
      out.list.push('Content-Encoding', 'gzip');
      forgetLength(r);
      weakenEtag(r);
      return r.method === 'HEAD' ? undefined : compression(r, options);
    };
  },
  variables: { gzip_ratio: ratio },
});

interface Bits {
  readonly windowBits: number;
  readonly memLevel: number;
}

/** A window no larger than what is to be compressed (ngx_http_gzip_filter_memory). */
function fitting(length: number, { windowBits, memLevel }: Bits): Bits {
  let [window, memory] = [windowBits, memLevel];
  while (length >= 0 && length < 2 ** (window - 1) - 262) {
    window--;
    memory--;
  }
  return { windowBits: Math.max(9, window), memLevel: Math.max(1, memory) };
}

function compression(r: RequestState, options: Bits & { readonly level: number }): BodyTransform {
  const steps = ZlibSteps.compress(options);
  r.moduleData.set(ZlibSteps, steps);
  return {
    combined: true,
    transform(chunk, last) {
      const out = steps.step(chunk, last ? 'finish' : 'go');
      if (last) steps.close();
      return out;
    },
    flush: () => steps.step(Buffer.alloc(0), 'flush'),
  };
}

/** ngx_http_gzip_ratio_variable */
function ratio(r: Request): string | undefined {
  const steps = r.moduleData.get(ZlibSteps);
  if (!(steps instanceof ZlibSteps) || steps.given === 0) return undefined;
  return (Math.floor((steps.taken * 1000) / steps.given + 5) / 1000).toFixed(3).slice(0, -1);
}
