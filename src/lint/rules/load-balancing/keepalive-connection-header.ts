import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Edit, Span } from '../../../diagnostics/diagnostic.ts';
import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveFor, effectiveOne } from '../../../model/inherited.ts';
import { mapBlock, mapLine } from '../../../model/map-blocks.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import type { Pass, Upstream } from '../../../model/references.ts';
import { useIn } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { replace } from '../../insert.ts';
import { keepAliveEdits } from '../../keep-alive.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type Finding, type RuleContext } from '../../rule.ts';

export const keepaliveConnectionHeader = defineRule({
  id: 'keepalive-connection-header',
  category: 'load-balancing',
  severity: 'warning',
  summary: 'a pool of idle connections, and requests that ask the back end to close theirs',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive'],
  needs: ['upstream'],
  check(context) {
    for (const upstream of context.references.upstreams) {
      const keepalive = useIn(upstream.scope, 'keepalive');
      if (!keepalive || upstream.inStream || keepalive.directive.args[0] === '0') continue;
      for (const pass of upstream.passes) if (pass.protocol === 'proxy') checkPass(upstream, pass, context);
    }
  },
});

function checkPass(upstream: Upstream, pass: Pass, context: RuleContext): void {
  const header = effectiveFor(pass.scope, 'proxy_set_header', 'Connection')?.directive;
  const cause = header ? written(header, context) : byDefault(pass, context);
  const pool = useIn(upstream.scope, 'keepalive');
  if (!cause || !pool) return;
  context.report({
    ...cause,
    message: `requests to "${upstream.name}" carry "Connection: close", so its keepalive pool stays empty`,
    related: [{ message: 'the pool', span: spanOfHead(pool.directive) }],
  });
}

type Cause = Pick<Finding, 'span' | 'severity' | 'why' | 'help' | 'fix'>;

/** Before 1.29.7 nginx sends `close` unless told otherwise; over HTTP/1.0, keepalive-needs-http11 comes first. */
function byDefault(pass: Pass, { model, options }: RuleContext): Cause | undefined {
  const { oldest, newest } = releasesOf(options);
  const version = effectiveOne(pass.scope, 'proxy_http_version')?.directive.args[0];
  if (isAtLeast(oldest, '1.29.7') || version !== '1.1' || hasHoleAround(model.config, pass.scope)) return undefined;
  const onlyBefore = isAtLeast(newest, '1.29.7');
  return {
    span: spanOfArgument(pass.use.directive, 0),
    severity: onlyBefore ? 'info' : undefined,
    why: `That is ${onlyBefore ? 'the default before nginx 1.29.7' : 'the default'}: the back end closes each connection after its response.`,
    help: 'write proxy_set_header Connection "";',
    fix: fixWith(keepAliveEdits([pass])),
  };
}

/** `close` itself, or a map that gives `close` to requests that ask for no upgrade. */
function written(header: ConfigDirective, context: RuleContext): Cause | undefined {
  const value = header.args[1] ?? '';
  if (value.toLowerCase() === 'close') return causeAt(header, spanOfArgument(header, 1));
  const entry = value.startsWith('$') ? mapEntry(value, context) : undefined;
  if (entry?.args[0]?.toLowerCase() !== 'close') return undefined;
  return causeAt(header, spanOfArgument(entry, 0));
}

function causeAt(header: ConfigDirective, value: Span): Cause {
  return {
    span: spanOfHead(header),
    why: 'The back end closes each connection after its response.',
    help: 'write "" where it says close',
    fix: fixWith([replace(value, '""')]),
  };
}

function fixWith(edits: readonly Edit[]) {
  return { title: 'ask for no end of the connection', safety: 'safe' as const, edits };
}

/** What a map makes of a request without an Upgrade header: the entry for '', else the default. */
function mapEntry(variable: string, { model }: RuleContext): ConfigDirective | undefined {
  const map = mapBlock(model, variable);
  return map?.directive.args[0] === '$http_upgrade' ? mapLine(map, '') : undefined;
}
