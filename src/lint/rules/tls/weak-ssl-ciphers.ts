import { isCbc, isForwardSecret, suitesOf } from '../../../model/ciphers/cipher-string.ts';
import type { Suite } from '../../../model/ciphers/suites.ts';
import { effectiveOne } from '../../../model/inherited.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { isUnusedByTls } from '../../../model/routes/tls-sites.ts';
import type { Use } from '../../../model/scope.ts';
import { insertBehind, replace } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** What Mozilla calls intermediate, for TLS 1.2. */
const intermediate =
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305';

/** A kind of suites nobody should be served with: the words of OpenSSL that take it out, and those who have it. */
interface Weakness {
  readonly what: string;
  readonly without: string;
  readonly has: (suite: Suite) => boolean;
}

const broken: readonly Weakness[] = [
  { what: 'no encryption', without: '!eNULL', has: ({ cipher }) => cipher === 'NULL' },
  { what: 'nobody to be sure of at the other end', without: '!aNULL', has: ({ proof }) => proof === 'NULL' },
  { what: 'keys of 40 bits', without: '!EXPORT', has: ({ strength }) => strength === 'EXPORT' },
  { what: 'RC4', without: '!RC4', has: ({ cipher }) => cipher === 'RC4' },
  { what: 'DES', without: '!DES', has: ({ cipher }) => cipher === 'DES' },
  { what: 'MD5', without: '!MD5', has: ({ mac }) => mac === 'MD5' },
];

const outdated: readonly Weakness[] = [
  { what: '3DES', without: '!3DES', has: ({ cipher }) => cipher === '3DES' },
  { what: 'SEED', without: '!SEED', has: ({ cipher }) => cipher === 'SEED' },
  { what: 'IDEA', without: '!IDEA', has: ({ cipher }) => cipher === 'IDEA' },
];

const notModern: readonly Weakness[] = [
  { what: 'no forward secrecy', without: '!kRSA', has: (suite) => !isForwardSecret(suite) },
  { what: 'CBC', without: '!CBC', has: isCbc },
];

const policies: Readonly<Record<string, readonly Weakness[]>> = {
  old: broken,
  intermediate: [...broken, ...outdated],
  modern: [...broken, ...outdated, ...notModern],
};

export const weakSslCiphers = defineRule({
  id: 'weak-ssl-ciphers',
  category: 'tls',
  severity: 'warning',
  summary: 'a list of ciphers that leaves broken ones in: RC4, 3DES, anonymous ones and the like',
  fixable: 'unsafe',
  presets: ['recommended', 'security', 'cis'],
  settings: {
    policy: {
      default: 'intermediate',
      about: 'old: 3DES, SEED and IDEA are fine; intermediate: they are not; modern: nor are CBC and what has no forward secrecy',
    },
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_ciphers',
    'https://docs.openssl.org/3.0/man1/openssl-ciphers/',
    'https://wiki.mozilla.org/Security/Server_Side_TLS',
  ],
  on: {
    ssl_ciphers: (use, context) => examine(use, context, false),
    ...Object.fromEntries(
      ['proxy', 'grpc', 'uwsgi'].map((family) => [
        `${family}_ssl_ciphers`,
        (use: Use, context: RuleContext) => examine(use, context, true),
      ]),
    ),
  },
});

function examine(use: Use, context: RuleContext, toBackEnd: boolean): void {
  const { directive } = use;
  const policy = policies[context.setting<string>('policy')] ?? [];
  const left = suitesOf(directive.args[0] ?? '');
  const found = policy.filter(({ has }) => left.some(has));
  const [first] = found;
  if (!first || isOnlyTls13(use) || (!toBackEnd && isUnusedByTls(use, context.model))) return;
  const weak = left.filter((suite) => found.some(({ has }) => has(suite))).map(({ name }) => name);
  const without = found.map((one) => `:${one.without}`).join('');
  const leavesNone = weak.length === left.length;
  context.report({
    span: spanOfArgument(directive, 0),
    severity: toBackEnd ? 'info' : undefined,
    message: `${toBackEnd ? 'back ends may be spoken to' : 'clients may be served'} with ${found.map(({ what }) => what).join(', ')}: ${listed(weak)}`,
    why: 'That is what the list leaves where the TLS library was built with all ciphers. Whoever listens can read, or change, what they hide.',
    help: leavesNone ? `write "${intermediate}"` : `write "${without}" behind the list`,
    fix: {
      title: leavesNone ? 'write the list that Mozilla calls intermediate' : 'take them out',
      safety: 'unsafe',
      edits: [leavesNone ? replace(spanOfArgument(directive, 0), intermediate) : insertBehind(directive, 0, without)],
    },
  });
}

/** TLS 1.3 has ciphers of its own. */
function isOnlyTls13({ directive, scope }: Use): boolean {
  const versions = effectiveOne(scope, directive.name.replace('ciphers', 'protocols'))?.directive.args;
  return versions?.length === 1 && versions[0] === 'TLSv1.3';
}

function listed(names: readonly string[]): string {
  const [shown, rest] = [names.slice(0, 3).join(', '), names.length - 3];
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
