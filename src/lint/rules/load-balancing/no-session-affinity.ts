import { hasAffinity } from '../../../model/balancing.ts';
import { effectiveOne, pathAround, serverAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Pass, Upstream } from '../../../model/references.ts';
import { type Scope, scopesWithin } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { type LintOptions, releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const handshake = /socket\.io|sockjs|engine\.io/i;
const sessionCookie =
  /\$cookie_(jsessionid|phpsessid|asp\.?_?net_sessionid|connect\.sid|sessionid|session|laravel_session|sid)\b|jvm_?route/i;
const staticContent = /^(static|assets?|media|images?|img|cdn|files|downloads?)([-_.\d]|$)/i;
const families = ['proxy', 'fastcgi', 'uwsgi', 'scgi'];

interface Evidence {
  readonly pass: Pass;
  readonly says: string;
  readonly certain?: true;
}

export const noSessionAffinity = defineRule({
  id: 'no-session-affinity',
  category: 'load-balancing',
  severity: 'info',
  summary: 'clients move between back ends, and a login kept on one of them is lost',
  fixable: false,
  presets: ['load-balancing'],
  references: [
    'https://nginx.org/en/docs/http/load_balancing.html#nginx_load_balancing_with_ip_hash',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#sticky',
  ],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      if (upstream.inStream || upstream.primaries.length < 2 || hasAffinity(upstream)) continue;
      if (!staticContent.test(upstream.name) && !sharesSessions(upstream, context.options)) report(upstream, context);
    }
  },
});

function sharesSessions({ name }: Upstream, { sharedSessions }: LintOptions): boolean {
  return Array.isArray(sharedSessions) ? sharedSessions.includes(name) : sharedSessions === true;
}

/** Once for each upstream, with the best evidence there is. */
function report(upstream: Upstream, context: RuleContext): void {
  const found = upstream.passes.map(evidenceIn).filter((evidence) => evidence !== undefined);
  const evidence = found.find(({ certain }) => certain) ?? found[0];
  if (!evidence) return;
  context.report({
    span: spanOfArgument(upstream.use.directive, 0),
    severity: evidence.certain ? 'warning' : undefined,
    message: `no session affinity: each request may go to another of the ${upstream.primaries.length} servers of "${upstream.name}"`,
    why: evidence.certain
      ? 'The handshake of this protocol is several requests that one and the same server has to answer; on another one it fails.'
      : "A login kept in one back end's own session store (PHP's files, a servlet container's memory) is lost when the next request goes to another.",
    help: advice(context.options),
    related: [{ message: evidence.says, span: spanOfHead(evidence.pass.use.directive) }],
  });
}

function advice(options: LintOptions): string {
  const cookie = isAtLeast(releasesOf(options).oldest, '1.29.6') ? '"sticky cookie …;"' : '"hash $cookie_NAME consistent;"';
  return `keep sessions in a store that all servers share (Redis, a database) and set sharedSessions, or keep clients on their server: "ip_hash;" or ${cookie}`;
}

function evidenceIn(pass: Pass): Evidence | undefined {
  const { scope, protocol } = pass;
  if (!families.includes(protocol) || isStateless(scope)) return undefined;
  const path = pathAround(scope);
  if (handshake.test(path)) return { pass, says: 'a protocol with a handshake of several requests', certain: true };
  if (usesSessionCookie(scope)) return { pass, says: 'requests with a session cookie are passed here' };
  if (path === '/' || /\bphp\b/i.test(path)) return { pass, says: 'the whole site is passed here' };
  return undefined;
}

function usesSessionCookie(scope: Scope): boolean {
  if (['proxy_cookie_path', 'proxy_cookie_flags', 'proxy_cookie_domain'].some((name) => isSet(scope, name))) return true;
  const server = serverAround(scope);
  let found = cookieIn.get(server);
  if (found === undefined) cookieIn.set(server, (found = [...scopesWithin(server)].some(namesSessionCookie)));
  return found;
}

const cookieIn = new WeakMap<Scope, boolean>();

function namesSessionCookie({ uses }: Scope): boolean {
  return uses.some(({ directive }) => directive.args.some((value) => sessionCookie.test(value)));
}

/** Cached answers, signed tokens and read-only places have no session to lose. */
function isStateless(scope: Scope): boolean {
  const readOnly = scope.uses.some(({ directive }) => directive.name === 'limit_except');
  return readOnly || ['proxy_cache', 'fastcgi_cache', 'uwsgi_cache', 'scgi_cache', 'auth_jwt'].some((name) => isSet(scope, name));
}

function isSet(scope: Scope, name: string): boolean {
  const use = effectiveOne(scope, name);
  return use !== undefined && use.directive.args[0] !== 'off';
}
