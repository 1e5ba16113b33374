import { none, oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, upstream } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';
import { own, ownList } from '../../../schema/setting.ts';
import { type ResolverSetting, readResolver } from '../../../schema/values/resolver.ts';
import { readTime } from '../../../schema/values/time.ts';
import { readUpstreamServer, type UpstreamServer } from './settings.ts';

/** The directives of ngx_http_upstream_module. */
export const httpUpstream = defineModule({
  name: 'ngx_http_upstream_module',
  settings: {
    resolver: own<ResolverSetting | undefined>(undefined),
    resolverTimeout: own<number | undefined>(undefined),
    servers: ownList<UpstreamServer>(),
  },
  directives: {
    ntlm: { in: upstream, args: none, value: { kind: 'none' }, since: '1.9.2', commercial: true, doc: 'en/docs/http/ngx_http_upstream_module.html#ntlm' },
    queue: { in: upstream, args: take12, value: { kind: 'custom' }, since: '1.5.12', commercial: true, doc: 'en/docs/http/ngx_http_upstream_module.html#queue' },
    resolver: { in: upstream, args: oneOrMore, value: { kind: 'grammar', grammar: 'resolver' }, repeat: 'no', since: '1.27.3', openSince: '1.27.3', doc: 'en/docs/http/ngx_http_upstream_module.html#resolver', sets: 'resolver', read: readResolver },
    resolver_timeout: { in: upstream, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', default: ['30s'], since: '1.27.3', openSince: '1.27.3', doc: 'en/docs/http/ngx_http_upstream_module.html#resolver_timeout', sets: 'resolverTimeout', read: readTime },
    server: { in: upstream, args: oneOrMore, value: { kind: 'grammar', grammar: 'upstream_server_http' }, repeat: 'yes', since: '0.3.47', doc: 'en/docs/http/ngx_http_upstream_module.html#server', sets: 'servers', read: readUpstreamServer },
    state: { in: upstream, args: take1, value: { kind: 'path' }, since: '1.9.7', commercial: true, doc: 'en/docs/http/ngx_http_upstream_module.html#state' },
    upstream: { in: http, args: take1, block: { opens: upstream }, value: { kind: 'name' }, repeat: 'yes-unique-name', merge: 'own', since: '0.3.47', doc: 'en/docs/http/ngx_http_upstream_module.html#upstream' },
  },
});
