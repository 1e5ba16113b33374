import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { PlanContext } from '../../../runtime/hooks.ts';
import { escapeArgs } from '../../../runtime/http/escape.ts';
import { listenerOf } from '../../../runtime/http/reporting.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { unescapeRedirect } from '../../../runtime/http/uri.ts';
import { partsOf } from '../../../schema/values/script.ts';
import { httpRewrite } from './directives.ts';
import { planMatching } from './matching.ts';
import type { Step } from './step.ts';

/** Makes a piece of the replacement; captures are escaped behind `?` and in redirects. */
type Piece = (r: RequestState, escaping: boolean) => string;

interface Rewrite {
  readonly line: ConfigDirective;
  readonly matches: (r: RequestState, subject: string) => boolean;
  /** Before the first `?` and, unless this is a redirect, behind it. */
  readonly path: readonly Piece[];
  readonly args: readonly Piece[] | null;
  readonly addArgs: boolean;
  /** `rewrite_log` */
  readonly log: boolean;
}

/** Plans `rewrite regex replacement [flag]` (ngx_http_rewrite, ngx_http_script_regex_start_code). */
export function planRewrite(directive: ConfigDirective, at: PlanContext): Step | undefined {
  const [pattern = '', text = '', flag] = directive.args;
  const matches = planMatching(pattern, false, directive, at);
  if (!matches) return undefined;
  const { log } = at.settings(httpRewrite);
  const addArgs = !text.endsWith('?');
  const replacement = addArgs ? text : text.slice(0, -1);
  if (flag === 'redirect' || flag === 'permanent' || /^(?:https?:\/\/|\$scheme)/.test(text)) {
    const status = flag === 'permanent' ? 301 : 302;
    return redirect({ line: directive, matches, path: piecesOf(replacement, at), args: null, addArgs, log }, status);
  }
  const [path = '', ...behind] = replacement.split('?');
  const args = behind.length === 0 ? null : piecesOf(behind.at(-1) ?? '', at);
  return rewrite({ line: directive, matches, path: piecesOf(path, at), args, addArgs, log }, flag);
}

function rewrite({ line, matches, path, args, addArgs, log }: Rewrite, flag: string | undefined): Step {
  return (r) => {
    const from = r.uri;
    if (!matches(r, from)) return miss(r, line);
    r.internal = true;
    r.validUnparsedUri = false;
    if (flag === 'break') r.validLocation = r.uriChanged = false;
    else r.uriChanged = true;
    const uri = joined(path, r, false);
    const own = args && joined(args, r, true);
    if (own !== null) r.args = addArgs && r.args !== '' ? `${own}&${r.args}` : own;
    else if (!addArgs) r.args = '';
    if (log) r.log('notice', `rewritten data: "${uri}", args: "${r.args}"`);
    if (uri === '') {
      r.log('error', 'the rewritten URI has a zero length');
      return 500;
    }
    r.uri = uri;
    tell(r, line, { matches: true, from, redirect: null });
    return flag === undefined ? undefined : 'declined';
  };
}

function redirect({ line, matches, path, addArgs, log }: Rewrite, status: number): Step {
  return (r) => {
    if (!matches(r, r.uri)) return miss(r, line);
    const target = unescapeRedirect(joined(path, r, true));
    const separator = target.includes('?') ? '&' : '?';
    const location = addArgs && r.args !== '' ? `${target}${separator}${r.args}` : target;
    if (log) r.log('notice', `rewritten redirect: "${location}"`);
    r.headersOut.location = location;
    tell(r, line, { matches: true, from: r.uri, redirect: location });
    return status;
  };
}

function miss(r: RequestState, line: ConfigDirective): undefined {
  tell(r, line, { matches: false, from: r.uri, redirect: null });
  return undefined;
}

function tell(r: RequestState, at: ConfigDirective, what: { matches: boolean; from: string; redirect: string | null }): void {
  const listener = listenerOf(r);
  if (listener) listener({ type: 'rewrite', id: r.id, at, ...what, uri: r.uri, args: r.args });
}

function joined(pieces: readonly Piece[], r: RequestState, escaping: boolean): string {
  let text = '';
  for (const piece of pieces) text += piece(r, escaping);
  return text;
}

function piecesOf(text: string, at: PlanContext): readonly Piece[] {
  const parts = partsOf(text);
  const script = at.script(text);
  if (typeof parts === 'string') return [script];
  return parts.map((part): Piece => {
    if (part.kind === 'literal') return () => part.text;
    if (part.kind === 'variable') return at.script(`\${${part.name}}`);
    const { index } = part;
    // ngx_http_script_copy_capture_code
    return (r, escaping) => {
      const value = r.captures?.[index] ?? '';
      return escaping && (r.quotedUri || r.plusInUri) ? escapeArgs(value) : value;
    };
  });
}
