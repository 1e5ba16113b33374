import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { isUnix } from '../../../model/address.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Upstream } from '../../../model/references.ts';
import { type Use, useIn } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { insertAfter } from '../../insert.ts';
import { keepAliveEdits } from '../../keep-alive.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Families whose connections can be kept; uwsgi and scgi know no second request on a connection. */
const keeping = ['proxy', 'grpc', 'fastcgi', 'memcached'];

export const upstreamMissingKeepalive = defineRule({
  id: 'upstream-missing-keepalive',
  category: 'load-balancing',
  severity: 'info',
  summary: 'an upstream without `keepalive`: every request opens a connection of its own',
  fixable: 'unsafe',
  presets: ['load-balancing', 'performance'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive'],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      if (!couldKeep(upstream) || hasHoleAround(context.model.config, upstream.scope)) continue;
      const { oldest, newest } = releasesOf(context.options);
      const keepalive = useIn(upstream.scope, 'keepalive');
      if (!keepalive && !isAtLeast(oldest, '1.29.7')) reportMissing(upstream, isAtLeast(newest, '1.29.7'), context);
      if (keepalive?.directive.args[0] === '0' && isAtLeast(newest, '1.29.7')) reportSwitchedOff(upstream, keepalive, context);
    }
  },
});

function couldKeep({ inStream, servers, passes }: Upstream): boolean {
  return (
    !inStream && servers.some(({ address }) => !isUnix(address.host)) && passes.some(({ protocol }) => keeping.includes(protocol))
  );
}

/** Since 1.29.7 connections are kept by default; when the release is not known, the finding says so. */
function reportMissing(upstream: Upstream, onlyBefore: boolean, { report }: RuleContext): void {
  const size = Math.max(16, 2 * upstream.primaries.length);
  report({
    span: spanOfArgument(upstream.use.directive, 0),
    message: `upstream "${upstream.name}" keeps no connections to its servers${onlyBefore ? ' before nginx 1.29.7' : ''}`,
    why: 'Each request pays for a new TCP connection (and TLS handshake), and each closed one holds a local port for a minute: under load the ports run out.',
    help: `write "keepalive ${size};" in the upstream, and where it is used "proxy_http_version 1.1;" with "proxy_set_header Connection "";"`,
    fix: { title: 'keep idle connections', safety: 'unsafe', edits: edits(upstream, size) },
  });
}

function edits(upstream: Upstream, size: number): readonly Edit[] {
  const last = upstream.scope.uses.at(-1);
  const pool = last ? [insertAfter(last.directive, [`keepalive ${size};`])] : [];
  return [...pool, ...keepAliveEdits(upstream.passes)];
}

/** Since 1.29.7 connections are kept unless the configuration says no. */
function reportSwitchedOff(upstream: Upstream, keepalive: Use, { report }: RuleContext): void {
  report({
    span: spanOfHead(keepalive.directive),
    message: `"keepalive 0" makes upstream "${upstream.name}" keep no connections to its servers`,
    why: 'Each request pays for a new TCP connection (and TLS handshake), and each closed one holds a local port for a minute.',
    help: 'leave it out: since 1.29.7 nginx keeps up to 32 idle connections by default',
  });
}
