import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { effective, type Use } from '../../../model/scope.ts';
import { defineRule, type Finding } from '../../rule.ts';

/** Protocols whose modules cache (ngx_http_upstream_module's cache). */
const caching = new Set(['proxy', 'fastcgi', 'uwsgi', 'scgi']);

export const proxyCacheIneffective = defineRule({
  id: 'proxy-cache-ineffective',
  category: 'performance',
  severity: 'warning',
  summary: 'a cache that stores nothing, or mixes answers up',
  fixable: false,
  presets: ['recommended', 'performance'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_valid',
  ],
  needs: passNames,
  check(context) {
    const said = new Set<Use>();
    for (const pass of context.references.passes) {
      const cache = effectiveOne(pass.scope, `${pass.protocol}_cache`);
      if (!caching.has(pass.protocol) || pass.inStream || !cache || cache.directive.args[0] === 'off') continue;
      if (said.has(cache) || hasHoleAround(context.model.config, pass.scope)) continue;
      const finding = unbuffered(pass) ?? withoutValidity(pass, cache) ?? mixed(pass);
      if (!finding) continue;
      said.add(cache);
      context.report({ related: [{ message: 'the cache', span: spanOfHead(cache.directive) }], ...finding });
    }
  },
});

/** ngx_http_upstream_send_response stores only what goes through ngx_event_pipe. */
function unbuffered({ scope, protocol }: Pass): Finding | undefined {
  const off = effectiveOne(scope, `${protocol}_buffering`)?.directive;
  if (off?.args[0] !== 'off') return undefined;
  return {
    span: spanOfHead(off),
    message: 'nothing is stored in the cache: answers are not buffered',
    why: 'nginx writes an answer to the cache while it buffers it; without buffering each request goes to the back end.',
    help: `remove "${protocol}_buffering off" here, or the cache`,
  };
}

/** An answer is stored only when something says for how long. */
function withoutValidity({ scope, protocol }: Pass, cache: Use): Finding | undefined {
  if (effective(scope, `${protocol}_cache_valid`).length > 0) return undefined;
  const ignored = effective(scope, `${protocol}_ignore_headers`).flatMap(({ directive }) => directive.args);
  const isNever = ['X-Accel-Expires', 'Expires', 'Cache-Control'].every((name) => ignored.includes(name));
  return {
    span: spanOfHead(cache.directive),
    severity: isNever ? undefined : 'info',
    message: isNever ? 'nothing is stored in the cache' : 'only answers that say how long they are valid are stored',
    why: isNever
      ? `No ${protocol}_cache_valid is in force, and the headers that could say how long an answer is valid are ignored.`
      : `No ${protocol}_cache_valid is in force: an answer without Cache-Control, Expires or X-Accel-Expires is not stored, and many applications send none.`,
    help: `write "${protocol}_cache_valid 200 10m;" with the time that fits`,
    related: [],
  };
}

/** POST requests to one URL with other bodies get each other's answers. */
function mixed({ scope, protocol }: Pass): Finding | undefined {
  const methods = effectiveOne(scope, `${protocol}_cache_methods`)?.directive;
  const index = methods?.args.indexOf('POST') ?? -1;
  const key = effectiveOne(scope, `${protocol}_cache_key`)?.directive.args[0] ?? '';
  if (!methods || index < 0 || /\$\{?(?:request_body|http_)/.test(key)) return undefined;
  return {
    span: spanOfArgument(methods, index),
    message: 'answers to POST are stored without regard to what was sent',
    why: 'The body is no part of the key: the second form sent to a URL gets the answer to the first one.',
    help: `leave POST out, or put $request_body into ${protocol}_cache_key`,
  };
}
