import { parseUrl, type Url } from '../../../runtime/upstream/url.ts';

/** A `proxy_pass` URL taken apart (ngx_http_proxy_set_vars). */
export interface Target {
  readonly tls: boolean;
  /** `host:port` as written, what upstreams are looked up by. */
  readonly authority: string;
  /** Where it goes. */
  readonly url: Url;
  /** From the first `/` or `?` on; '' when there is none. */
  readonly uri: string;
  /** `$proxy_host` */
  readonly hostHeader: string;
  /** `$proxy_port` */
  readonly shownPort: string;
}

/** Reads a URL; in nginx's words what is wrong with it. One with variables gets the slash that it lacks before `?`. */
export function parseTarget(text: string, dynamic: boolean): Target | string {
  const scheme = /^https?:\/\//i.exec(text)?.[0];
  if (!scheme) return `invalid URL prefix in "${text}"`;
  const tls = scheme.length === 8;
  const defaultPort = tls ? 443 : 80;
  const rest = text.slice(scheme.length);
  const url = parseUrl(rest, defaultPort);
  if (typeof url === 'string') return `${url} in upstream "${rest}"`;
  const uri = dynamic && url.uri.startsWith('?') ? `/${url.uri}` : url.uri;
  const plain = url.port === defaultPort;
  const authority = url.unix || url.portText === '' ? url.hostText : `${url.hostText}:${url.portText}`;
  if (url.unix) return { tls, authority, url, uri, hostHeader: 'localhost', shownPort: '' };
  return {
    tls,
    authority,
    url,
    uri,
    hostHeader: plain ? url.hostText : authority,
    shownPort: plain ? String(defaultPort) : url.portText,
  };
}
