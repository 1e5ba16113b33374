import type { PlanContext, Script } from '../../../runtime/hooks.ts';
import type { At } from '../../../runtime/http/pass-location.ts';
import type { Request } from '../../../runtime/http/request.ts';
import { firstOf, type Rewriter, rewriterOf } from './redirects.ts';
import type { CookieFlags, Rewriting } from './settings.ts';

/** Changes the value of a Set-Cookie field; null when it stays. */
export type CookieRewriter = (r: Request, value: string) => string | null;

/** `name=value` or `name`, as cut out of a Set-Cookie field. */
interface Attribute {
  key: string;
  value: string | null;
}

interface FlagRule {
  readonly applies: (r: Request, cookie: string) => boolean;
  readonly flags: readonly Script[];
}

/** What may be said about cookies in a location. */
export interface CookieSettings {
  readonly cookieDomains: readonly Rewriting[];
  readonly cookiePaths: readonly Rewriting[];
  readonly cookieFlags: readonly CookieFlags[];
}

/** Compiles `proxy_cookie_…` (ngx_http_proxy_rewrite_cookie); null when cookies stay as they are. */
export function cookieRewriter(settings: CookieSettings, directive: At, at: PlanContext): CookieRewriter | null {
  const domains = rewriters(settings.cookieDomains, directive, at, domainRewriter);
  const paths = rewriters(settings.cookiePaths, directive, at, rewriterOf);
  const flags = settings.cookieFlags.includes('off') ? [] : settings.cookieFlags.flatMap((rule) => flagRule(rule, directive, at));
  if (!domains && !paths && flags.length === 0) return null;
  return (r, text) => {
    const attributes = parse(text);
    const [cookie, ...rest] = attributes;
    if (!cookie || cookie.value === null) return null;
    let changed = false;
    for (const attribute of rest) {
      const rewriter = attribute.key.toLowerCase() === 'domain' ? domains : attribute.key.toLowerCase() === 'path' ? paths : null;
      const value = rewriter && attribute.value !== null ? rewriter(r, attribute.value, 0) : null;
      if (value === null) continue;
      attribute.value = value;
      changed = true;
    }
    const rule = flags.find(({ applies }) => applies(r, cookie.key));
    if (
      rule &&
      edit(
        attributes,
        rule.flags.map((flag) => flag(r).toLowerCase()),
      )
    )
      changed = true;
    return changed ? attributes.map(({ key, value }) => (value === null ? key : `${key}=${value}`)).join('; ') : null;
  };
}

function rewriters(rules: readonly Rewriting[], directive: At, at: PlanContext, make: typeof rewriterOf): Rewriter | null {
  if (rules.includes('off')) return null;
  const made = rules.flatMap((rule) => (typeof rule === 'string' ? [] : (make(rule, directive, at) ?? [])));
  return made.length > 0 ? firstOf(made) : null;
}

/** ngx_http_proxy_cookie_domain, ngx_http_proxy_rewrite_domain_handler: leading dots are ignored, and letters' case. */
function domainRewriter(rule: { readonly from: string; readonly to: string }, directive: At, at: PlanContext): Rewriter | null {
  if (rule.from.startsWith('~')) return rewriterOf({ from: `~*${rule.from.slice(1)}`, to: rule.to }, directive, at);
  const pattern = at.script(rule.from.replace(/^\./, ''));
  const replacement = at.script(rule.to.replace(/^\./, ''));
  return (r, value) => {
    const dot = value.startsWith('.') ? 1 : 0;
    if (value.slice(dot).toLowerCase() !== pattern(r).toLowerCase()) return null;
    return dot ? `.${replacement(r)}` : replacement(r);
  };
}

function flagRule(rule: CookieFlags, directive: At, at: PlanContext): FlagRule[] {
  if (rule === 'off') return [];
  const flags = rule.flags.map((flag) => at.script(flag));
  if (rule.cookie.startsWith('~')) {
    const matcher = at.regex(rule.cookie.slice(1), true, directive);
    return matcher ? [{ applies: (r, cookie) => matcher.matches(r, cookie), flags }] : [];
  }
  const name = at.script(rule.cookie);
  return [{ applies: (r, cookie) => name(r).toLowerCase() === cookie.toLowerCase(), flags }];
}

/** ngx_http_proxy_parse_cookie */
function parse(text: string): Attribute[] {
  return text.split(';').map((part) => {
    const equals = part.indexOf('=');
    if (equals < 0) return { key: trim(part), value: null };
    return { key: trim(part.slice(0, equals)), value: trim(part.slice(equals + 1)) };
  });
}

function trim(text: string): string {
  return text.replace(/^ +| +$/g, '');
}

const sameSite: Readonly<Record<string, string>> = {
  'samesite=strict': 'Strict',
  'samesite=lax': 'Lax',
  'samesite=none': 'None',
};

/** ngx_http_proxy_edit_cookie_flags: true when any flag counts. */
function edit(attributes: Attribute[], flags: readonly string[]): boolean {
  const site = flags.map((flag) => sameSite[flag]).find((value) => value !== undefined);
  const counts = site !== undefined || flags.some((flag) => /^(no)?(secure|httponly|samesite)$/.test(flag));
  if (!counts) return false;
  editPresence(attributes, 'Secure', flags);
  editPresence(attributes, 'HttpOnly', flags);
  const at = attributes.findIndex(({ key }, i) => i > 0 && key.toLowerCase() === 'samesite');
  const present = attributes[at];
  if (site !== undefined) {
    if (!present) attributes.push({ key: 'SameSite', value: site });
    else if (present.value?.toLowerCase() !== site.toLowerCase()) attributes[at] = { key: 'SameSite', value: site };
  } else if (present && flags.includes('nosamesite')) attributes.splice(at, 1);
  return true;
}

function editPresence(attributes: Attribute[], name: string, flags: readonly string[]): void {
  const lower = name.toLowerCase();
  const at = attributes.findIndex(({ key }, i) => i > 0 && key.toLowerCase() === lower);
  if (flags.includes(lower)) {
    if (at < 0) attributes.push({ key: name, value: null });
  } else if (at >= 0 && flags.includes(`no${lower}`)) attributes.splice(at, 1);
}
