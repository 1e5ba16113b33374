import { nearestWith } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { effective, type Use } from '../../../model/scope.ts';
import { replace } from '../../insert.ts';
import { redirectOf } from '../../redirects.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const redirectPreservesScheme = defineRule({
  id: 'redirect-preserves-scheme',
  category: 'security',
  severity: 'info',
  summary: 'a redirect keeps people who came without encryption without it',
  fixable: 'unsafe',
  presets: ['security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_scheme',
    'https://nginx.org/en/docs/http/configuring_https_servers.html',
  ],
  on: { return: look, rewrite: look },
});

function look(use: Use, { report }: RuleContext): void {
  const redirect = redirectOf(use);
  const [start] = /^(?:\$scheme:)?\/\/(?=[^/])/.exec(redirect?.url ?? '') ?? [];
  if (!redirect || start === undefined || !takesPlain(use)) return;
  const span = spanOfArgument(use.directive, redirect.index);
  const at = span.source.text.slice(span.start, span.end).indexOf(start);
  report({
    span,
    message: 'who comes without encryption is sent on without it',
    why: 'On the way back the redirect asks for a plain page again, which anyone on the network between can read and change.',
    help: 'write "https://"',
    fix: {
      title: 'send everyone to the encrypted site',
      safety: 'unsafe',
      edits: [replace({ ...span, start: span.start + at, end: span.start + at + start.length }, 'https://')],
    },
  });
}

/** Some `listen` of the server is not for TLS; without any, port 80 is not. */
function takesPlain({ scope }: Use): boolean {
  if (effective(scope, 'ssl').at(-1)?.directive.args[0] === 'on') return false;
  const listens = nearestWith(scope, ['listen']);
  return listens.some(({ directive }) => !directive.args.some((word) => word === 'ssl' || word === 'quic'));
}
