import { display } from '../../../base/source-text.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { endingOf, matchesEveryPath } from '../../../model/routes/endings.ts';
import { readLocationName } from '../../../model/routes/location-name.ts';
import { followerOf, walkPaths } from '../../../model/routes/paths.ts';
import { type Use, useIn } from '../../../model/scope.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const rewriteFlagMissingOrWrong = defineRule({
  id: 'rewrite-flag-missing-or-wrong',
  category: 'correctness',
  severity: 'warning',
  summary: 'a "rewrite" that does nothing, or not what stands there',
  fixable: false,
  presets: ['recommended'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
  ],
  on: {
    rewrite(use, context) {
      if (!reportNoMatch(use, context)) reportLostUri(use, context);
    },
  },
});

/** A pattern for what is no path: with a scheme, a host, arguments. */
function reportNoMatch({ directive }: Use, { report }: RuleContext): boolean {
  const [pattern = ''] = directive.args;
  const span = spanOfArgument(directive, 0);
  if (/\\\?/.test(pattern) || /\w\?\w+=/.test(pattern)) {
    report({
      span,
      message: 'arguments are no part of what "rewrite" matches',
      why: `The pattern is compared with the path alone; "${display(pattern)}" does not see what stands behind "?" in a request.`,
      help: 'match the path, and test $arg_NAME or $args in an "if"',
    });
    return true;
  }
  if (!neverMatches(pattern)) return false;
  report({
    span,
    message: `never matches: every path begins with "/", and "${display(pattern)}" wants something else`,
    why: 'The pattern is compared with the path alone, without scheme and host.',
    help: 'write the pattern from the first slash of the path on',
  });
  return true;
}

/** Proved with the pattern's states, where its beginning looks so: no path leads to a match. */
function neverMatches(pattern: string): boolean {
  if (!/^\^[^/$(.]/.test(pattern)) return false;
  const own = followerOf(pattern, false);
  if (!own) return false;
  return walkPaths('/', { patterns: [], own, names: [], slashes: true }, 500, () => false) === 'all';
}

/** ngx_http_proxy_create_request: once the path is rewritten with `break`, it is passed as it is. */
function reportLostUri(use: Use, { report }: RuleContext): void {
  const { directive, scope } = use;
  const [pattern = '', , flag] = directive.args;
  const pass = useIn(scope, 'proxy_pass');
  const [, uri = ''] = /^https?:\/\/[^/$]+(\/[^$]*)$/i.exec(pass?.directive.args[0] ?? '') ?? [];
  if (flag !== 'break' || !pass || uri.length < 2 || endingOf(scope)) return;
  const { kind, name } = readLocationName(scope.directive?.args ?? []);
  const always =
    matchesEveryPath(pattern) ||
    (kind === 'prefix' && pattern.startsWith(`^${name}`) && /^\^[\w/-]+(?:\(\.\*\)\$?|\.\*\$?)?$/.test(pattern));
  report({
    span: spanOfHead(directive),
    message: `${always ? 'requests' : 'requests that match'} are passed without "${display(uri)}"`,
    why: 'When "rewrite … break" has changed the path, that is what the back end is asked for; the path in proxy_pass is not used.',
    help: `write "${display(uri)}" into the replacement, and proxy_pass without a path`,
    related: [{ message: 'its path is not used', span: spanOfArgument(pass.directive, 0) }],
  });
}
