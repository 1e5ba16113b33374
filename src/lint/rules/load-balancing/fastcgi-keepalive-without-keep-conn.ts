import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveOne, settingScope } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import { type Use, useIn } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { insertAfter, insertBefore, replace } from '../../insert.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const fastcgiKeepaliveWithoutKeepConn = defineRule({
  id: 'fastcgi-keepalive-without-keep-conn',
  category: 'load-balancing',
  severity: 'warning',
  summary: '`keepalive` in the upstream and `fastcgi_keep_conn` where it is used: one without the other',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_keep_conn',
  ],
  needs: passNames,
  check(context) {
    for (const pass of context.references.passes) {
      if (pass.protocol !== 'fastcgi' || hasHoleAround(context.model.config, pass.scope)) continue;
      const keeps = effectiveOne(pass.scope, 'fastcgi_keep_conn');
      const pool = pass.upstreams.map(poolOf).find((use) => use !== undefined);
      const isOn = keeps?.directive.args[0] === 'on';
      if (pool && !isOn) reportUnusedPool(pass, pool, keeps, context);
      if (keeps && isOn && pass.targets && !pool) reportNoPool(pass, keeps, context);
    }
  },
});

function poolOf({ scope }: Pass['upstreams'][number]): Use | undefined {
  const use = useIn(scope, 'keepalive');
  return use && use.directive.args[0] !== '0' ? use : undefined;
}

function reportUnusedPool(pass: Pass, pool: Use, keeps: Use | undefined, { report }: RuleContext): void {
  report({
    span: keeps ? spanOfHead(keeps.directive) : spanOfArgument(pass.use.directive, 0),
    message: `the keepalive pool of "${pass.upstreams[0]?.name}" stays empty: fastcgi_keep_conn is off${keeps ? '' : ', the default'}`,
    why: 'nginx asks the FastCGI server to close the connection after each response; none is ever kept.',
    help: 'write "fastcgi_keep_conn on;". With php-fpm each kept connection occupies a child: keepalive times worker_processes has to stay below pm.max_children',
    related: [{ message: 'the pool', span: spanOfHead(pool.directive) }],
    fix: {
      title: 'ask for connections to be kept',
      safety: 'safe',
      edits: [keeps ? replace(spanOfArgument(keeps.directive, 0), 'on') : insertion(pass)],
    },
  });
}

/** Since 1.29.7 every upstream has a pool. */
function reportNoPool(pass: Pass, keeps: Use, { options, report }: RuleContext): void {
  const { oldest, newest } = releasesOf(options);
  if (isAtLeast(oldest, '1.29.7')) return;
  const onlyBefore = isAtLeast(newest, '1.29.7');
  report({
    span: spanOfHead(keeps.directive),
    severity: onlyBefore ? 'info' : undefined,
    message: `fastcgi_keep_conn asks for connections to be kept, and no pool keeps them${onlyBefore ? ' before nginx 1.29.7' : ''}`,
    why: 'Only "keepalive" in an upstream makes nginx keep a connection; without it nginx closes each one itself.',
    help: 'pass to an upstream with "keepalive 8;"',
    related: [{ message: 'requests pass here', span: spanOfArgument(pass.use.directive, 0) }],
  });
}

function insertion({ scope, use }: Pass) {
  const place = settingScope(scope);
  const line = ['fastcgi_keep_conn on;'];
  const [first] = place.uses;
  return place === scope || !first ? insertAfter(use.directive, line) : insertBefore(first.directive, line);
}
