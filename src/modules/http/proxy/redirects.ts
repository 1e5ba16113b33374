import type { PlanContext } from '../../../runtime/hooks.ts';
import type { At } from '../../../runtime/http/pass-location.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { Rewriting } from './settings.ts';

/** Replaces a part of `value` from `offset` on, or says that it does not apply. */
export type Rewriter = (r: Request, value: string, offset: number) => string | null;

/** What `proxy_redirect default` means in a location. */
export interface DefaultRedirect {
  readonly from: string;
  readonly to: string;
}

/** Compiles `proxy_redirect` (ngx_http_proxy_rewrite_redirect); null when nothing is rewritten. */
export function redirectRewriter(
  rules: readonly Rewriting[],
  otherwise: DefaultRedirect | null,
  directive: At,
  at: PlanContext,
): Rewriter | null {
  if (rules.includes('off')) return null;
  const wanted = rules.length > 0 ? rules : (['default'] as const);
  const rewriters: Rewriter[] = [];
  for (const rule of wanted) {
    const pair = rule === 'default' ? otherwise : rule === 'off' ? null : rule;
    const rewriter = pair && (rule === 'default' ? literal(pair) : rewriterOf(pair, directive, at));
    if (rewriter) rewriters.push(rewriter);
  }
  return rewriters.length > 0 ? firstOf(rewriters) : null;
}

/** The first that applies. */
export function firstOf(rewriters: readonly Rewriter[]): Rewriter {
  return (r, value, offset) => {
    for (const rewriter of rewriters) {
      const changed = rewriter(r, value, offset);
      if (changed !== null) return changed;
    }
    return null;
  };
}

/** `~regex`, `~*regex` or a prefix, and a replacement, both with variables. */
export function rewriterOf({ from, to }: DefaultRedirect, directive: At, at: PlanContext): Rewriter | null {
  const replacement = at.script(to);
  if (from.startsWith('~')) {
    const caseless = from.startsWith('~*');
    const matcher = at.regex(from.slice(caseless ? 2 : 1), caseless, directive);
    if (!matcher) return null;
    return (r, value, offset) => (matcher.matches(r, value.slice(offset)) ? value.slice(0, offset) + replacement(r) : null);
  }
  const pattern = at.script(from);
  return (r, value, offset) => {
    const start = pattern(r);
    return value.startsWith(start, offset) ? value.slice(0, offset) + replacement(r) + value.slice(offset + start.length) : null;
  };
}

/** nginx's own default is no text with variables. */
function literal({ from, to }: DefaultRedirect): Rewriter {
  return (_r, value, offset) =>
    value.startsWith(from, offset) ? value.slice(0, offset) + to + value.slice(offset + from.length) : null;
}
