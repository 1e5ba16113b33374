import { display } from '../../../base/source-text.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { nameIndex, readLocationName } from '../../../model/routes/location-name.ts';
import { insertBehind } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const proxyPassOffBySlash = defineRule({
  id: 'proxy-pass-off-by-slash',
  category: 'security',
  severity: 'warning',
  summary: 'a location without its last slash and a back end with one: requests climb out of the directory they are passed to',
  fixable: 'unsafe',
  presets: ['recommended', 'security'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://blog.detectify.com/industry-insights/common-nginx-misconfigurations-that-leave-your-web-server-ope-to-attack/',
  ],
  on: {
    proxy_pass({ directive, scope }, { report }) {
      const at = scope.directive;
      const [, uri = ''] = /^https?:\/\/[^/$]+(\/[^$]*)$/i.exec(directive.args[0] ?? '') ?? [];
      if (at?.name !== 'location' || !uri.endsWith('/')) return;
      const { kind, name } = readLocationName(at.args);
      if (kind !== 'prefix' || name.endsWith('/') || !name.startsWith('/')) return;
      report({
        span: spanOfArgument(at, nameIndex(at)),
        message: `GET ${display(name)}../x asks the back end for "${display(uri)}../x"`,
        why: `The location takes every path that begins with "${display(name)}", and what comes behind it is put behind "${display(uri)}" as it is.`,
        help: `write "location ${display(name)}/"`,
        related: [{ message: 'ends in a slash', span: spanOfArgument(directive, 0) }],
        fix: { title: 'end the location in a slash', safety: 'unsafe', edits: [insertBehind(at, nameIndex(at), '/')] },
      });
    },
  },
});
