import { settingScope } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import { type Use, usesIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const proxyPassUriNormalization = defineRule({
  id: 'proxy-pass-uri-normalization',
  category: 'security',
  severity: 'info',
  summary: 'the back end gets another path than the client sent, decoded and encoded again',
  fixable: false,
  presets: ['security'],
  settings: { allowTrailingSlash: { default: false, about: 'whether a URI that is only "/" is left alone' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
  on: { proxy_pass: look },
});

function look(use: Use, context: RuleContext): void {
  const { directive, scope, entry } = use;
  const [value = ''] = directive.args;
  const uri = uriOf(value);
  if (!entry.module.name.startsWith('ngx_http') || uri === undefined || value.includes('$')) return;
  if (uri === '/' && context.setting('allowTrailingSlash')) return;
  const location = settingScope(scope).directive;
  if (location?.name !== 'location' || readLocationName(location.args).kind !== 'prefix') return;
  if (usesIn(settingScope(scope), 'rewrite').some(({ directive: { args } }) => args[2] === 'break')) return;
  context.report({
    span: spanOfArgument(directive, 0),
    message: `the path is decoded and its dots are resolved before "${uri}" and the rest of it go to the back end`,
    why: 'What the client sent as %2F, %2e or "//" arrives as "/", "." and "/": rules there and rules here can be about different paths, and names with an encoded slash are lost.',
    help: 'leave the URI out of proxy_pass, which sends the path as it came, where the back end can do with its own prefix',
  });
}

/** The part behind the host, or behind the socket and its colon; undefined when there is none. */
function uriOf(value: string): string | undefined {
  const [, socket, path] = /^[a-z]+:\/\/(?:(unix:[^:]*)(?::(\/.*))?$|[^/]*)/is.exec(value) ?? [];
  if (socket !== undefined) return path;
  return /^[a-z]+:\/\/[^/]*(\/.*)$/is.exec(value)?.[1];
}
