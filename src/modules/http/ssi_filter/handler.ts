import { handle } from '../../../runtime/hooks.ts';
import { forgetRanges, forgetValidators, weakenEtag } from '../../../runtime/http/changed-body.ts';
import { mediaTypeTest } from '../../../runtime/http/media-types.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { httpSsiFilter } from './directives.ts';
import { SsiFilter } from './filter.ts';
import { defaultTimeFormat, Page } from './page.ts';
import { formatTime } from './strftime.ts';

/** Runs the commands of Server Side Includes in answers. */
export const ssiFilterHandler = handle(httpSsiFilter, {
  headerFilter({ enabled, types, lastModified, silentErrors, valueLength }) {
    if (!enabled) return undefined;
    const isOfType = mediaTypeTest(types);
    // ngx_http_ssi_header_filter
    return (request) => {
      const r = request as RequestState;
      if (r.headersOut.contentLength === 0 || !isOfType(r)) return undefined;
      const filter = new SsiFilter(r, { silentErrors, valueLength });
      r.moduleData.set(Page, filter.page);
      if (r.parent) {
        if (!r.main.moduleData.has(Page)) r.main.moduleData.set(Page, filter.page);
        return filter;
      }
      r.headersOut.contentLength = -1;
      forgetRanges(r);
      if (lastModified) weakenEtag(r);
      else forgetValidators(r);
      return filter;
    };
  },
  variables: {
    date_local: (r) => date(r, false),
    date_gmt: (r) => date(r, true),
  },
});

// ngx_http_ssi_date_gmt_local_variable
function date(request: Request, isGmt: boolean): string {
  const r = request as RequestState;
  const page = r.moduleData.get(Page);
  const format = page instanceof Page ? page.timeFormat : defaultTimeFormat;
  return formatTime(format, r.connection.engine.host.clock.now(), isGmt);
}
