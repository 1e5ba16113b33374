import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { isUnusedByTls } from '../../../model/routes/tls-sites.ts';
import type { Use } from '../../../model/scope.ts';
import { removeWord, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const insecure = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1'];

export const insecureSslProtocols = defineRule({
  id: 'insecure-ssl-protocols',
  category: 'tls',
  severity: 'error',
  summary: 'a version of SSL or TLS that is broken or given up: SSLv2, SSLv3, TLSv1, TLSv1.1',
  fixable: 'unsafe',
  presets: ['recommended', 'security', 'cis', 'stig'],
  settings: { allowed: { default: [], about: 'versions that old clients of yours need' } },
  references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols', 'https://www.rfc-editor.org/rfc/rfc8996'],
  on: {
    ssl_protocols: (use, context) => examine(use, context, false),
    ...Object.fromEntries(
      ['proxy', 'grpc', 'uwsgi', 'zone_sync'].map((family) => [
        `${family}_ssl_protocols`,
        (use: Use, context: RuleContext) => examine(use, context, true),
      ]),
    ),
  },
});

function examine(use: Use, context: RuleContext, toBackEnd: boolean): void {
  const { directive } = use;
  const allowed = context.setting<readonly string[]>('allowed');
  const bad = directive.args.flatMap((arg, index) => (insecure.includes(arg) && !allowed.includes(arg) ? [index] : []));
  const [first] = bad;
  if (first === undefined || (!toBackEnd && isUnusedByTls(use, context.model))) return;
  const names = bad.map((index) => directive.args[index]).join(', ');
  context.report({
    span: spanOfArgument(directive, first),
    severity: toBackEnd ? 'info' : undefined,
    message: toBackEnd ? `back ends may be spoken to with ${names}` : `clients may connect with ${names}`,
    why: 'SSL is broken, and TLS 1.0 and 1.1 may not be used any longer (RFC 8996): they sign handshakes with SHA-1 and MD5.',
    help: 'write "TLSv1.2 TLSv1.3"',
    related: bad.slice(1).map((index) => ({ message: 'as well', span: spanOfArgument(directive, index) })),
    fix: { title: 'leave them out', safety: 'unsafe', edits: edits(use, bad) },
  });
}

function edits({ directive }: Use, bad: readonly number[]): readonly Edit[] {
  const left = directive.args.length - bad.length;
  return bad.flatMap((index) => {
    const word = directive.node.args[index];
    if (left === 0 && index === 0) return [replace(spanOfArgument(directive, 0), 'TLSv1.2 TLSv1.3')];
    return word ? [removeWord(directive, word)] : [];
  });
}
