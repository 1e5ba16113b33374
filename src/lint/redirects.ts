import type { Use } from '../model/scope.ts';

/** Where a `return` or `rewrite` sends the client: the argument that holds the URL, when it is a redirect. */
export function redirectOf({ directive: { name, args } }: Use): { readonly index: number; readonly url: string } | undefined {
  if (name === 'return') return returned(args);
  const [, replacement = '', flag] = args;
  const leads = flag === 'redirect' || flag === 'permanent' || /^(?:https?:\/\/|\$scheme)/.test(replacement);
  return name === 'rewrite' && leads ? { index: 1, url: replacement } : undefined;
}

/** ngx_http_rewrite_return: one argument is a URL for 302, and only these codes take one. */
function returned([first = '', second]: readonly string[]): { readonly index: number; readonly url: string } | undefined {
  if (second === undefined) return /^(?:https?:\/\/|\$scheme)/.test(first) ? { index: 0, url: first } : undefined;
  return /^30[12378]$/.test(first) ? { index: 1, url: second } : undefined;
}
