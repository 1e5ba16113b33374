import { handle } from '../../../runtime/hooks.ts';
import { forgetValidators, weakenEtag } from '../../../runtime/http/changed-body.ts';
import { mediaTypeTest } from '../../../runtime/http/media-types.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { isDynamic } from '../../../schema/values/script.ts';
import { httpSubFilter } from './directives.ts';
import { substitution, Texts } from './search.ts';

/** Replaces texts in answers. */
export const subFilterHandler = handle(httpSubFilter, {
  headerFilter({ substitutions, once, lastModified, types }, at) {
    if (substitutions.length === 0) return undefined;
    const isOfType = mediaTypeTest(types);
    const finds = substitutions.map(({ find }) => at.script(find));
    const replacements = substitutions.map(({ replacement }) => at.script(replacement));
    const fixed = substitutions.some(({ find }) => isDynamic(find)) ? null : new Texts(substitutions.map(({ find }) => find));
    // ngx_http_sub_header_filter
    return (request) => {
      const r = request as RequestState;
      if (r.headersOut.contentLength === 0 || !isOfType(r)) return undefined;
      const found = fixed ? [] : finds.map((find) => find(r));
      // A text that is empty this time is not looked for.
      const wanted = replacements.filter((_, index) => fixed || found[index] !== '');
      if (wanted.length === 0) return undefined;
      const texts = fixed ?? new Texts(found.filter((text) => text !== ''));
      r.headersOut.contentLength = -1;
      if (lastModified) weakenEtag(r);
      else forgetValidators(r);
      return substitution(
        texts,
        wanted.map((replacement) => () => replacement(r)),
        once,
      );
    };
  },
});
