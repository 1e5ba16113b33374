import type { ConfigDirective } from '../../../config/config-tree.ts';
import { spanOfArgument } from '../../../model/place.ts';
import type { Use } from '../../../model/scope.ts';
import { insertInFront } from '../../insert.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

/** Groups that every OpenSSL since 1.1.1 has. */
const everywhere = new Set(
  'x25519 x448 p-256 p-384 p-521 prime256v1 secp256r1 secp384r1 secp521r1 secp256k1 secp224r1 ffdhe2048 ffdhe3072 ffdhe4096 ffdhe6144 ffdhe8192 brainpoolp256r1 brainpoolp384r1 brainpoolp512r1'.split(
    ' ',
  ),
);
/** Hybrids of a curve and ML-KEM, which OpenSSL has since 3.5. */
const postQuantum = /^(?:x25519mlkem768|secp256r1mlkem768|secp384r1mlkem1024|x448mlkem1024|mlkem(?:512|768|1024))$/;

export const sslEcdhCurveUnsupportedGroup = defineRule({
  id: 'ssl-ecdh-curve-unsupported-group',
  category: 'tls',
  severity: 'warning',
  summary: 'a group for the key exchange that many builds of OpenSSL lack: nginx then does not start',
  fixable: 'unsafe',
  presets: ['recommended'],
  settings: { opensslVersion: { default: '', about: 'the version of OpenSSL that nginx is linked with, such as 3.5' } },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_ecdh_curve',
    'https://docs.openssl.org/3.5/man3/SSL_CTX_set1_curves/',
  ],
  on: { ssl_ecdh_curve: examine },
});

function examine({ directive }: Use, { report, setting }: RuleContext): void {
  const [list = ''] = directive.args;
  const [major = 0, minor = 0] = setting<string>('opensslVersion').split('.').map(Number);
  const isNew = major > 3 || (major === 3 && minor >= 5);
  const groups = list.split(/[:/]/).map((group) => group.replace(/^\*/, ''));
  const missing = groups.filter((group) => !/^[?-]|^(?:auto|DEFAULT)?$/.test(group) && isRare(group.toLowerCase(), isNew));
  const [first] = missing;
  if (first === undefined) return;
  report({
    span: spanOfArgument(directive, 0),
    message: `nginx does not start where OpenSSL has no group "${missing.join('", "')}"`,
    why: postQuantum.test(first.toLowerCase())
      ? 'Post-quantum groups came with OpenSSL 3.5; an older one refuses the whole list.'
      : 'OpenSSL refuses the whole list when it does not know one name in it.',
    help: `write "?${first}": since OpenSSL 3.3 a group behind "?" is left out where it is not known`,
    fix: missing.length === 1 ? optional(directive, first) : undefined,
  });
}

function optional(directive: ConfigDirective, group: string) {
  const [list = ''] = directive.args;
  const edits = [insertInFront(directive, 0, list.slice(list.indexOf(group)), '?')];
  return { title: `leave ${group} out where it is not known`, safety: 'unsafe', edits } as const;
}

function isRare(group: string, isNew: boolean): boolean {
  return !everywhere.has(group) && !(isNew && postQuantum.test(group));
}
