import { type BodyFilter, handle } from '../../../runtime/hooks.ts';
import { forgetLength, weakenEtag } from '../../../runtime/http/changed-body.ts';
import { mediaTypeTest } from '../../../runtime/http/media-types.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { httpAdditionFilter } from './directives.ts';

/** Puts the answers of subrequests before and behind a body. */
export const additionFilterHandler = handle(httpAdditionFilter, {
  headerFilter({ before, after, types }) {
    if (before === '' && after === '') return undefined;
    const isOfType = mediaTypeTest(types);
    // ngx_http_addition_header_filter
    return (request) => {
      const r = request as RequestState;
      if (r.status !== 200 || r.parent || !isOfType(r)) return undefined;
      forgetLength(r);
      weakenEtag(r);
      return addition(r, before, after);
    };
  },
});

// ngx_http_addition_body_filter
function addition(r: RequestState, before: string, after: string): BodyFilter {
  let begun = false;
  return {
    take(chunk, last, out) {
      if (!begun && before !== '') r.subrequest(before);
      begun = true;
      out(chunk, last && after === '');
      if (!last || after === '') return;
      r.subrequest(after);
      out(Buffer.alloc(0), true);
    },
  };
}
