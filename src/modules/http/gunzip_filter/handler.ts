import { ZlibSteps } from '../../../runtime/codec/zlib-steps.ts';
import { type BodyTransform, handle } from '../../../runtime/hooks.ts';
import { forgetLength, weakenEtag } from '../../../runtime/http/changed-body.ts';
import { gzipTest } from '../../../runtime/http/gzip-ok.ts';
import { fieldOf, removeField } from '../../../runtime/http/header-list.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { httpGunzipFilter } from './directives.ts';

const none: Buffer = Buffer.alloc(0);

/** Decompresses answers for clients that do not take them compressed. */
export const gunzipFilterHandler = handle(httpGunzipFilter, {
  headerFilter({ enabled }, at) {
    if (!enabled) return undefined;
    const accepts = gzipTest(at);
    // ngx_http_gunzip_header_filter
    return (request) => {
      const r = request as RequestState;
      if (fieldOf(r.headersOut.list, 'content-encoding')?.toLowerCase() !== 'gzip') return undefined;
      r.gzipVary = true;
      if (accepts(r)) return undefined;
      removeField(r.headersOut.list, 'content-encoding');
      forgetLength(r);
      weakenEtag(r);
      return r.method === 'HEAD' ? undefined : decompression(r);
    };
  },
});

function decompression(r: RequestState): BodyTransform {
  const steps = ZlibSteps.decompress();
  const go = (chunk: Buffer, how: 'go' | 'flush' | 'finish'): Buffer => {
    if (steps.failed) return none;
    const out = steps.step(chunk, how);
    if (steps.failed) {
      r.log('error', `inflate() failed: ${steps.problem}`);
      r.finalize(-1);
    }
    return out;
  };
  return {
    transform(chunk, last) {
      const out = go(chunk, last ? 'finish' : 'go');
      if (last) steps.close();
      return out;
    },
    flush: () => go(none, 'flush'),
  };
}
