import { spanOfHead } from '../../../model/place.ts';
import { type Use, usesIn } from '../../../model/scope.ts';
import { insertWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

export const securityHeaderWithoutAlways = defineRule({
  id: 'security-header-without-always',
  category: 'security',
  severity: 'warning',
  summary: 'a header that protects pages is missing on error pages: "always" is not written',
  fixable: 'safe',
  presets: ['recommended', 'security'],
  settings: {
    headers: {
      default: [
        'Strict-Transport-Security',
        'Content-Security-Policy',
        'X-Frame-Options',
        'X-Content-Type-Options',
        'Referrer-Policy',
        'Permissions-Policy',
        'Cross-Origin-Opener-Policy',
        'Cross-Origin-Embedder-Policy',
        'Cross-Origin-Resource-Policy',
      ],
      about: 'the headers that are meant',
    },
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header'],
  on: {
    add_header({ directive, scope }, { report, setting }) {
      const headers = setting<readonly string[]>('headers').map((name) => name.toLowerCase());
      const isMeant = ({ directive: { args } }: Use) =>
        args.length === 2 && args[1] !== '' && headers.includes(args[0]?.toLowerCase() ?? '');
      // One finding for a block, with its first header.
      const [first, ...others] = usesIn(scope, 'add_header').filter(isMeant);
      if (first?.directive !== directive) return;
      report({
        span: spanOfHead(directive),
        message:
          others.length === 0
            ? `error pages have no ${directive.args[0]}`
            : `error pages have no ${directive.args[0]} and ${others.length} more`,
        why: 'Without "always" add_header acts on answers 200, 201, 204, 206 and 3xx only; a page for 404 or 500 runs scripts and can be framed as well.',
        help: 'write "always" behind the value',
        related: others.map((use) => ({ message: 'likewise', span: spanOfHead(use.directive) })),
        fix: {
          title: 'send it with errors too',
          safety: 'safe',
          edits: [first, ...others].map((use) => insertWord(use.directive, 1, 'always')),
        },
      });
    },
  },
});
