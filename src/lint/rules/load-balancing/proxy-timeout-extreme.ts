import { shownTime } from '../../../model/failover.ts';
import { pathAround } from '../../../model/inherited.ts';
import { spanOfArgument, spanOfHead } from '../../../model/place.ts';
import { type Use, usesIn } from '../../../model/scope.ts';
import { indexOf, parametersOf } from '../../../model/server-parameters.ts';
import { parseTime } from '../../../schema/values/time.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

const families = ['proxy', 'grpc', 'fastcgi', 'uwsgi', 'scgi', 'memcached'];
const names = families.flatMap((family) => [`${family}_read_timeout`, `${family}_send_timeout`]);

/** Places in which an answer may take as long as it likes. */
const streaming = /ws|websocket|socket\.io|sockjs|signalr|sse|event|stream|poll|watch|live|hub|cable|notif/i;

export const proxyTimeoutExtreme = defineRule({
  id: 'proxy-timeout-extreme',
  category: 'load-balancing',
  severity: 'info',
  summary: 'a timeout of hours, or of less than a second',
  fixable: false,
  presets: ['load-balancing'],
  settings: {
    max: { default: 3600, about: 'seconds above which a read or send timeout is reported' },
    min: { default: 1, about: 'seconds below which it is' },
    maxFailTimeout: { default: 300, about: 'seconds above which a fail_timeout is reported' },
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#fail_timeout',
  ],
  on: Object.fromEntries(names.map((name) => [name, checkTimeout])),
  needs: ['upstream'],
  check(context) {
    const most = context.setting<number>('maxFailTimeout');
    for (const { servers } of context.references.upstreams) {
      for (const server of servers) {
        const { failTimeout, maxFails } = parametersOf(server);
        if (failTimeout <= most || maxFails === 0) continue;
        context.report({
          span: spanOfArgument(server.use.directive, indexOf(server, 'fail_timeout')),
          message: `after ${maxFails} failure${maxFails > 1 ? 's' : ''} within ${failTimeout} s the server is out for ${failTimeout} s`,
          why: 'It is the time in which failures add up as well as the time out: a server that is well again after a minute gets nothing for all of it.',
          help: 'write fail_timeout=10s to 60s',
        });
      }
    }
  },
});

function checkTimeout({ directive, scope }: Use, { setting, report }: RuleContext): void {
  const time = parseTime(directive.args[0] ?? '');
  if (time === undefined || isStreaming({ scope })) return;
  const isLong = time > setting<number>('max') * 1000;
  if (!isLong && time >= setting<number>('min') * 1000) return;
  report({
    span: spanOfHead(directive),
    message: `${directive.name} is ${shownTime(time)}`,
    why: isLong
      ? 'A back end that hangs keeps the request, and with it a connection of the client and memory, for all that time; no other server is tried.'
      : 'It is the time between two pieces of an answer: a pause of the garbage collector is enough to fail the request, and to count against the server.',
    help: isLong ? 'write a minute or a few, and longer ones only in locations that need them' : 'write 5s or more',
  });
}

function isStreaming({ scope }: Pick<Use, 'scope'>): boolean {
  const upgrades = usesIn(scope, 'proxy_set_header').some(({ directive }) => directive.args[0]?.toLowerCase() === 'upgrade');
  const unbuffered = usesIn(scope, 'proxy_buffering').some(({ directive }) => directive.args[0] === 'off');
  return upgrades || unbuffered || streaming.test(pathAround(scope));
}
