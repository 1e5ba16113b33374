import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { useIn } from '../../../model/scope.ts';
import { parseNumber } from '../../../schema/values/number.ts';
import { defineRule, type Finding } from '../../rule.ts';

type Problem = Pick<Finding, 'message' | 'why' | 'help' | 'severity'>;

export const checkHttpSendMalformed = defineRule({
  id: 'check-http-send-malformed',
  category: 'load-balancing',
  severity: 'error',
  summary: 'a health check whose request is none, so that every server fails it',
  fixable: 'safe',
  presets: ['recommended', 'load-balancing'],
  references: [
    'https://github.com/yaoweibin/nginx_upstream_check_module#check_http_send',
    'https://www.rfc-editor.org/rfc/rfc9112#section-2.1',
  ],
  on: {
    check_http_send({ directive, scope }, { report }) {
      const request = directive.args[0] ?? '';
      const keeps = useIn(scope, 'check_keepalive_requests')?.directive.args[0] ?? '1';
      const problem = problemOf(request) ?? keepAliveProblem(request, parseNumber(keeps) ?? 1);
      if (!problem) return;
      const edits = problem === unfinished ? completed(directive) : undefined;
      report({
        ...problem,
        span: spanOfArgument(directive, 0),
        fix: edits && { title: 'end the request', safety: 'safe', edits },
      });
    },
  },
});

const unfinished: Problem = {
  message: 'the request has no end: an empty line is missing',
  why: 'The back end waits for more until the check times out, and is taken for dead.',
  help: 'end it with \\r\\n\\r\\n',
};

function problemOf(request: string): Problem | undefined {
  const [first = '', ...fields] = request.split(/\r?\n/);
  const version = /^[A-Z]+ \S+ HTTP\/(1\.[01])$/.exec(first)?.[1];
  if (version === undefined)
    return {
      message: `"${first.slice(0, 40)}" is no request line`,
      why: 'The back end answers 400, or not at all, and is taken for dead.',
      help: 'write METHOD, path and version: "HEAD / HTTP/1.0\\r\\n\\r\\n"',
    };
  if (/(^|[^\r])\n/.test(request))
    return {
      message: 'a line ends with \\n alone',
      why: 'HTTP ends lines with \\r\\n; strict back ends answer 400, and are taken for dead.',
      help: 'write \\r\\n',
    };
  if (!request.includes('\r\n\r\n')) return unfinished;
  const hasHost = fields.some((field) => /^host:/i.test(field));
  if (version === '1.0' || hasHost) return undefined;
  return {
    message: 'an HTTP/1.1 request without a Host',
    why: 'Every server has to answer that with 400 (RFC 9112, 3.2), which is no sign of life.',
    help: 'add "Host: NAME\\r\\n", or use HTTP/1.0',
  };
}

function keepAliveProblem(request: string, requests: number): Problem | undefined {
  if (requests < 2 || !/ HTTP\/1\.0\r\n/.test(request) || /^connection:\s*keep-alive/im.test(request)) return undefined;
  return {
    severity: 'warning',
    message: `check_keepalive_requests ${requests} needs "Connection: keep-alive" in an HTTP/1.0 request`,
    why: 'The back end closes the connection after its first answer; the next check on it fails.',
    help: 'add "Connection: keep-alive\\r\\n", or use HTTP/1.1 with a Host',
  };
}

/** What is missing before the closing quote. */
function completed(directive: ConfigDirective): readonly Edit[] | undefined {
  const word = directive.node.args[0];
  if (!word || word.quote === '') return undefined;
  const at = word.end - 1;
  const text = (directive.args[0] ?? '').endsWith('\r\n') ? '\\r\\n' : '\\r\\n\\r\\n';
  return [{ span: { source: directive.source, start: at, end: at }, text }];
}
