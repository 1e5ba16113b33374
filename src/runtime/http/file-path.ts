import type { RequestState } from './request-state.ts';

/** The file that a request's URI stands for (ngx_http_map_uri_to_path). */
export function filePath(r: RequestState): string {
  const { location, uri } = r;
  const { alias } = location;
  if (alias < 0) return location.documentRoot(r) + uri;
  if (alias !== Infinity) return location.documentRoot(r) + uri.slice(alias);
  return location.documentRoot(r) + (r.addUriToAlias ? uri : '');
}
