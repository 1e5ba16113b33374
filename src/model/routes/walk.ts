import { parseNumber } from '../../schema/values/number.ts';
import { effectiveOne } from '../inherited.ts';
import { effective, type Scope, type Use, usesIn } from '../scope.ts';
import { isRedirect } from './endings.ts';
import { matchPath, type Route } from './sites.ts';
import { holds, type PlainRequest, VisitState } from './visit-state.ts';

/** Where a request ends up inside one server. */
export type Outcome =
  | { readonly kind: 'redirect'; readonly status: number; readonly target: string; readonly use: Use }
  /** A back end is asked. */
  | { readonly kind: 'pass'; readonly use: Use; readonly scope: Scope; readonly state: VisitState; readonly route: Route | null }
  | { readonly kind: 'answer'; readonly status: number; readonly use: Use | null }
  /** A file, or what a module makes up. */
  | { readonly kind: 'content' }
  /** nginx gives up after ten changes of the URI, and answers 500. */
  | { readonly kind: 'cycle'; readonly trail: readonly Turn[] }
  /** It depends on something that is not known before the request. */
  | { readonly kind: 'unknown' };

/** One change of the URI. */
export interface Turn {
  readonly use: Use;
  readonly to: string;
}

const mostChanges = 10;
const unknown: Outcome = { kind: 'unknown' };
const passes = ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'];

/** Follows a request through a server, as the phases of nginx do, in a world whose only files are the fixed names that `try_files` ends in. */
export function walk(request: PlainRequest): Outcome {
  return new Walk(request).run();
}

/** The phase that comes next, or the end. */
type Next = 'server' | 'location' | 'named' | Outcome;

/** What a block's rewriting comes to: an outcome, or that the request goes on. */
type Step = Outcome | 'stop' | undefined;

class Walk {
  private readonly state: VisitState;
  private readonly trail: Turn[] = [];
  private readonly present: ReadonlySet<string>;
  private uriChanged = false;
  private changes = 0;
  private internal = false;
  private inErrorPage = false;
  private scope: Scope;
  private route: Route | null = null;

  constructor(request: PlainRequest) {
    this.state = new VisitState(request);
    this.scope = request.site.scope;
    this.present = endingsOfTryFiles(request.site.scope);
  }

  run(): Outcome {
    let next: Next = 'server';
    while (typeof next === 'string') next = next === 'server' ? this.throughServer() : this.throughLocation(next === 'named');
    return next;
  }

  private get site() {
    return this.state.request.site;
  }

  private throughServer(): Next {
    this.scope = this.site.scope;
    const step = this.rewrite(this.scope.uses, false);
    return typeof step === 'object' ? this.settle(step) : 'location';
  }

  private throughLocation(isNamed: boolean): Next {
    this.uriChanged = false;
    if (!isNamed) {
      const found = this.find();
      if (found) return found;
    }
    if (this.route) {
      const step = this.rewrite(this.route.scope.uses, true);
      if (typeof step === 'object') return this.settle(step);
    }
    if (!this.uriChanged) return this.content();
    return this.change('location');
  }

  /** Counts a change of the URI, of which nginx allows ten. */
  private change(next: Next): Next {
    return ++this.changes > mostChanges ? { kind: 'cycle', trail: this.trail } : next;
  }

  private settle(outcome: Outcome): Next {
    return outcome.kind === 'answer' ? this.afterError(outcome) : outcome;
  }

  private find(): Outcome | undefined {
    const { route, redirect, sure, captures } = matchPath(this.site, this.state.uri);
    if (!sure) return unknown;
    this.route = route;
    this.scope = route?.scope ?? this.site.scope;
    if (captures) this.state.matches(route?.name ?? '', route?.caseless ?? false, this.state.uri);
    if (route && !this.internal && usesIn(route.scope, 'internal').length > 0) return { kind: 'answer', status: 404, use: null };
    return redirect ? { kind: 'content' } : undefined;
  }

  /** One block's directives of the rewrite module, in order; code of other modules is not understood. */
  private rewrite(uses: readonly Use[], inLocation: boolean): Step {
    for (const use of uses) {
      const step = this.step(use, inLocation);
      if (step !== undefined) return step;
    }
    return undefined;
  }

  private step(use: Use, inLocation: boolean): Step {
    const { name, args } = use.directive;
    const { state } = this;
    switch (name) {
      case 'set':
        state.values.set((args[0] ?? '').slice(1).toLowerCase(), state.expand(args[1] ?? ''));
        return undefined;
      case 'break':
        this.uriChanged = false;
        return 'stop';
      case 'return':
        return this.returned(use);
      case 'rewrite':
        return this.rewritten(use);
      case 'if': {
        const verdict = holds(use, state);
        if (verdict === undefined) return unknown;
        if (!verdict || !use.opened) return undefined;
        if (inLocation) this.scope = use.opened;
        return this.rewrite(use.opened.uses, inLocation);
      }
      default:
        return mayChange(name) ? unknown : undefined;
    }
  }

  // ngx_http_rewrite_return
  private returned(use: Use): Outcome {
    const [first = '', text] = use.directive.args;
    const alone = text === undefined && /^(?:https?:\/\/|\$)/.test(first);
    const status = alone ? 302 : (parseNumber(first) ?? 0);
    if (![301, 302, 303, 307, 308].includes(status)) return { kind: 'answer', status, use };
    const target = this.state.expand(alone ? first : (text ?? ''));
    return target === undefined ? unknown : { kind: 'redirect', status, target, use };
  }

  // ngx_http_script_regex_start_code
  private rewritten(use: Use): Step {
    const [pattern = '', replacement = '', flag] = use.directive.args;
    const { state } = this;
    const matches = state.matches(pattern, false, state.uri);
    if (matches === undefined) return unknown;
    if (!matches) return undefined;
    const addArgs = !replacement.endsWith('?');
    const full = state.expand(addArgs ? replacement : replacement.slice(0, -1));
    if (full === undefined) return unknown;
    const [path = '', ...behind] = full.split('?');
    const added = [behind.join('?'), addArgs ? state.args : ''].filter((text) => text !== '').join('&');
    if (isRedirect(use)) {
      const target = added === '' ? path : `${path}?${added}`;
      return { kind: 'redirect', status: flag === 'permanent' ? 301 : 302, target, use };
    }
    this.internal = true;
    state.uri = path;
    state.args = added;
    this.uriChanged = flag !== 'break';
    if (this.uriChanged) this.trail.push({ use, to: path });
    if (path === '') return { kind: 'answer', status: 500, use };
    return flag === undefined ? undefined : 'stop';
  }

  private content(): Next {
    const { scope, state } = this;
    if (scope.uses.some(({ directive }) => mayAnswer(directive.name))) return unknown;
    const [tryFiles] = usesIn(scope, 'try_files');
    const isFound = tryFiles && this.finds(tryFiles);
    if (isFound === undefined && tryFiles) return unknown;
    if (tryFiles && !isFound) return this.fallback(tryFiles);
    const pass = this.route && passes.flatMap((name) => effective(scope, name)).at(-1);
    return pass ? { kind: 'pass', use: pass, scope, state, route: this.route } : { kind: 'content' };
  }

  private finds({ directive }: Use): boolean | undefined {
    for (const candidate of directive.args.slice(0, -1)) {
      const path = this.state.expand(candidate);
      if (path === undefined) continue;
      if (this.present.has(path)) return true;
    }
    return false;
  }

  private fallback(use: Use): Next {
    const last = use.directive.args.at(-1) ?? '';
    if (/^=\d+$/.test(last)) return this.afterError({ kind: 'answer', status: Number(last.slice(1)), use });
    return this.jump(use, last);
  }

  /** ngx_http_internal_redirect, ngx_http_named_location */
  private jump(use: Use, text: string): Next {
    const target = this.state.expand(text);
    if (target === undefined) return unknown;
    this.internal = true;
    if (target.startsWith('@')) return this.jumpToNamed(use, target);
    const [path = '', ...args] = target.split('?');
    this.state.uri = path;
    this.state.args = args.join('?');
    this.trail.push({ use, to: path });
    return this.change('server');
  }

  private jumpToNamed(use: Use, name: string): Next {
    const route = this.site.named.get(name);
    if (!route) return { kind: 'answer', status: 500, use };
    this.trail.push({ use, to: name });
    this.route = route;
    this.scope = route.scope;
    return this.change('named');
  }

  /** ngx_http_special_response_handler, ngx_http_send_error_page */
  private afterError(answer: Extract<Outcome, { kind: 'answer' }>): Next {
    const { scope } = this;
    const recursive = effectiveOne(scope, 'recursive_error_pages')?.directive.args[0] === 'on';
    if (answer.status < 300 || (this.inErrorPage && !recursive)) return answer;
    const page = effective(scope, 'error_page').find(({ directive }) => directive.args.includes(String(answer.status)));
    const target = page?.directive.args.at(-1) ?? '';
    if (!page || !/^[/@]/.test(target)) return answer;
    this.inErrorPage = true;
    return this.jump(page, target);
  }
}

const changing = new Map<string, boolean>();

/** True for directives of other modules that may change the request before its location answers. */
function mayChange(name: string): boolean {
  let known = changing.get(name);
  if (known === undefined) changing.set(name, (known = /_by_lua|^js_|^perl|^set_(?!real_ip)|^more_set_input/.test(name)));
  return known;
}

const answering = new Map<string, boolean>();

/** True for directives whose code may answer. */
function mayAnswer(name: string): boolean {
  let known = answering.get(name);
  if (known === undefined) answering.set(name, (known = /_by_lua|^js_|^perl$/.test(name)));
  return known;
}

const remembered = new WeakMap<Scope, ReadonlySet<string>>();

/** Files that a server relies on: the fixed names that its `try_files` end in. */
function endingsOfTryFiles(server: Scope): ReadonlySet<string> {
  let names = remembered.get(server);
  if (!names) remembered.set(server, (names = new Set(lastWords(server))));
  return names;
}

function lastWords(scope: Scope): readonly string[] {
  const own = usesIn(scope, 'try_files').map(({ directive }) => directive.args.at(-1) ?? '');
  return [
    ...own.map((word) => word.replace(/\?.*$/s, '')).filter((word) => word.startsWith('/') && !word.includes('$')),
    ...scope.children.flatMap(lastWords),
  ];
}
