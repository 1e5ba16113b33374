import { display } from '../../../base/source-text.ts';
import { spanOfHead } from '../../../model/place.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import { useIn } from '../../../model/scope.ts';
import { defineRule } from '../../rule.ts';

const handlers = ['proxy_pass', 'grpc_pass', 'uwsgi_pass', 'scgi_pass', 'memcached_pass', 'fastcgi_pass'];

export const tryFilesWithProxyPass = defineRule({
  id: 'try-files-with-proxy-pass',
  category: 'correctness',
  severity: 'warning',
  summary: 'files are looked for, and then the back end is asked all the same',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files'],
  on: {
    try_files({ directive, scope }, { report }) {
      const { args } = directive;
      const last = args.at(-1) ?? '';
      if (scope.directive?.name !== 'location' || /^[@=]/.test(last)) return;
      const handler = handlers.map((name) => useIn(scope, name)).find((use) => use !== undefined);
      if (!handler || (handler.directive.name === 'fastcgi_pass' && isRegex(scope.directive.args))) return;
      const { name } = handler.directive;
      report({
        span: spanOfHead(directive),
        message: `no file is served here: where one is found, "${name}" asks the back end for it`,
        why: `try_files only chooses a path; who answers is the location's handler. And where none is found, the request starts over at "${display(last)}" instead of going to the back end.`,
        help: `end it in a named location, "try_files ${display(args.slice(0, -1).join(' '))} @app;", and put "${name}" there`,
        related: [{ message: 'answers', span: spanOfHead(handler.directive) }],
      });
    },
  },
});

/** `location ~ \.php$ { try_files $uri /index.php; fastcgi_pass … }` checks that there is a script. */
function isRegex(args: readonly string[]): boolean {
  return readLocationName(args).kind === 'regex';
}
