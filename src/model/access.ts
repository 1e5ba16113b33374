import { effectiveOne, nearestWith, scopesAround } from './inherited.ts';
import { type Scope, type Use, usesIn } from './scope.ts';

const everyone = new Set(['all', '0.0.0.0/0', '::/0']);

/** Directives that ask for proof of who is calling, with the argument that turns them off. */
const proofs: readonly string[] = [
  'auth_basic',
  'auth_request',
  'auth_jwt',
  'auth_ldap',
  'auth_pam',
  'auth_oidc',
  'access_by_lua_block',
  'access_by_lua_file',
  'js_access',
];

/**
 * True when anyone who can reach the server gets an answer from this place: no effective `deny all`, no login, not internal. A
 * server that listens on the loopback only counts as open when other users of the machine are not trusted.
 */
export function isOpenToAll(scope: Scope, trustLoopback = true): boolean {
  if (isInternal(scope) || isRefusedByCondition(scope) || wantsClientCertificate(scope)) return false;
  if (trustLoopback && isLocalOnly(scope)) return false;
  const rules = nearestWith(scope, ['allow', 'deny']);
  const closed = deniesStrangers(rules);
  const proof = asksForProof(scope);
  const any = effectiveOne(scope, 'satisfy')?.directive.args[0] === 'any';
  if (any && proof && rules.length > 0) return !closed;
  return !closed && !proof;
}

/** ngx_http_access_handler: the first rule that matches decides, and an address that none matches is let in. */
function deniesStrangers(rules: readonly Use[]): boolean {
  const first = rules.find(({ directive }) => everyone.has(directive.args[0] ?? ''));
  return first?.directive.name === 'deny';
}

/** True when a password, a token or a script of the configuration decides who is let in. */
export function asksForProof(scope: Scope): boolean {
  return proofs.some((name) => {
    const use = effectiveOne(scope, name);
    return use !== undefined && use.directive.args[0] !== 'off';
  });
}

/** True where clients get only by a redirect inside of nginx: `internal` and named locations. */
export function isInternal(scope: Scope): boolean {
  for (const at of scopesAround(scope)) {
    if (usesIn(at, 'internal').length > 0 || at.directive?.args[0]?.startsWith('@')) return true;
  }
  return false;
}

/** `if ($bad) { return 403; }`: a guard whose condition we do not judge. */
function isRefusedByCondition(scope: Scope): boolean {
  for (const at of scopesAround(scope)) {
    const guards = usesIn(at, 'if').flatMap(({ opened }) => (opened ? usesIn(opened, 'return') : []));
    if (guards.some(({ directive }) => /^4\d\d$/.test(directive.args[0] ?? ''))) return true;
  }
  return false;
}

function isLocalOnly(scope: Scope): boolean {
  const listens = nearestWith(scope, ['listen']);
  return (
    listens.length > 0 && listens.every(({ directive }) => /^(127\.|\[::1\]|localhost\b|unix:)/i.test(directive.args[0] ?? ''))
  );
}

function wantsClientCertificate(scope: Scope): boolean {
  return effectiveOne(scope, 'ssl_verify_client')?.directive.args[0] === 'on';
}
