import { hasHoleAround } from '../../../model/holes.ts';
import { effectiveFor, effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Pass, passNames } from '../../../model/references.ts';
import type { Use } from '../../../model/scope.ts';
import { isAtLeast } from '../../../schema/version.ts';
import { replace } from '../../insert.ts';
import { versionEdit } from '../../keep-alive.ts';
import { releasesOf } from '../../options.ts';
import { defineRule, type RuleContext } from '../../rule.ts';
import { upgradeHeader } from '../../web-sockets.ts';

const fails = 'The back end sees a plain request instead of a handshake: WebSockets never open.';

export const websocketMissingHttp11 = defineRule({
  id: 'websocket-missing-http11',
  category: 'load-balancing',
  severity: 'error',
  summary: 'the headers of a WebSocket handshake, and a part missing without which it always fails',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing'],
  references: [
    'https://nginx.org/en/docs/http/websocket.html',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version',
  ],
  needs: passNames,
  check(context) {
    for (const pass of context.references.passes) {
      if (pass.protocol !== 'proxy' || pass.inStream) continue;
      const upgrade = upgradeHeader(pass);
      const connection = effectiveFor(pass.scope, 'proxy_set_header', 'Connection');
      if (upgrade && connection?.directive.args[1] !== '') checkVersion(pass, upgrade, context);
      if (upgrade && !connection) lacks(pass, upgrade, 'Connection', context);
      if (!upgrade && connection?.directive.args[1]?.toLowerCase() === 'upgrade') lacks(pass, connection, 'Upgrade', context);
    }
  },
});

function checkVersion(pass: Pass, upgrade: Use, { model, options, report }: RuleContext): void {
  const version = effectiveOne(pass.scope, 'proxy_http_version')?.directive;
  const { oldest, newest } = releasesOf(options);
  if (version ? version.args[0] !== '1.0' : isAtLeast(oldest, '1.29.7') || hasHoleAround(model.config, pass.scope)) return;
  const onlyBefore = !version && isAtLeast(newest, '1.29.7');
  report({
    span: version ? spanOfHead(version) : spanOfArgument(pass.use.directive, 0),
    severity: onlyBefore ? 'warning' : undefined,
    message: `the handshake goes out as HTTP/1.0${onlyBefore ? ' before nginx 1.29.7' : version ? '' : ', the default before nginx 1.29.7'}`,
    why: 'HTTP/1.0 has no Upgrade: back ends answer such a handshake with 400 or 426, and WebSockets never open.',
    help: 'write "proxy_http_version 1.1;"',
    related: [{ message: 'the upgrade is passed on here', span: spanOfHead(upgrade.directive) }],
    fix: {
      title: 'speak HTTP/1.1 to the back end',
      safety: 'safe',
      edits: [version ? replace(spanOfArgument(version, 0), '1.1') : versionEdit(pass)],
    },
  });
}

/** One of the two headers alone; since that may be a leftover it is a warning. */
function lacks(pass: Pass, there: Use, missing: 'Upgrade' | 'Connection', { model, report }: RuleContext): void {
  if (hasHoleAround(model.config, pass.scope)) return;
  const value = missing === 'Upgrade' ? '$http_upgrade' : 'upgrade';
  report({
    span: spanOfHead(there.directive),
    severity: 'warning',
    message: `${there.directive.args[0]} is passed on, and ${missing} is not`,
    why: `Both are only valid for one hop, so nginx passes on what the configuration names and nothing else. ${fails}`,
    help: `write "proxy_set_header ${missing} ${value};" as well`,
    related: [{ message: 'requests pass here', span: spanOfArgument(pass.use.directive, 0) }],
  });
}
