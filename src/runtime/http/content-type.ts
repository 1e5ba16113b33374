import type { PlannedLocation } from '../plan/planned.ts';
import type { Request } from './request.ts';
import type { RequestState } from './request-state.ts';

/** The type that stands already, the one of the URI's extension, or the default (ngx_http_set_content_type). */
export function contentTypeOf(r: Request): string {
  // X-Accel-Redirect keeps the upstream's.
  if (r.headersOut.contentType !== '') return r.headersOut.contentType;
  const { types, core } = (r as RequestState).location as PlannedLocation;
  const extension = extensionOf(r.uri);
  const type = extension === '' ? undefined : (types.get(extension) ?? types.get(extension.toLowerCase()));
  return type ?? core.defaultType;
}

// ngx_http_set_exten
function extensionOf(uri: string): string {
  const dot = uri.lastIndexOf('.');
  return dot > 1 && uri.indexOf('/', dot) < 0 && uri[dot - 1] !== '/' ? uri.slice(dot + 1) : '';
}
