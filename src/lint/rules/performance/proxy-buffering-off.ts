import { effectiveFor } from '../../../model/inherited.ts';
import { spanOfHead } from '../../../model/place.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';
import { isOwnPath, webSocketWords } from '../../web-sockets.ts';

export const proxyBufferingOff = defineRule({
  id: 'proxy-buffering-off',
  category: 'performance',
  severity: 'info',
  summary: 'a back end has to wait for slow clients: answers are not buffered',
  fixable: 'unsafe',
  presets: ['performance'],
  settings: {
    patterns: {
      default: [
        'sse',
        'event',
        'events',
        'stream',
        'streams',
        'streaming',
        'live',
        'watch',
        'ws',
        'wss',
        'websocket',
        'socket',
        'chat',
        'push',
        'poll',
        'subscribe',
        'notifications',
        'logs',
        'mcp',
        'download',
        'downloads',
        'upload',
        'uploads',
      ],
      about: 'words in a path behind which answers are streamed on purpose',
    },
  },
  references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering'],
  on: {
    proxy_buffering({ directive, scope }, { report, setting }) {
      if (directive.args[0] !== 'off' || effectiveFor(scope, 'proxy_set_header', 'Upgrade')) return;
      if (isOwnPath({ scope }, [...webSocketWords, ...setting<readonly string[]>('patterns')])) return;
      report({
        span: spanOfHead(directive),
        message: 'back ends send as slowly as each client reads',
        why: 'Without buffering a connection to the back end, and what serves it there, is taken until the client has read everything; nothing is cached either.',
        help: 'remove it, and turn it off only where answers are streamed; a back end can do that itself by "X-Accel-Buffering: no"',
        fix: { title: 'buffer answers', safety: 'unsafe', edits: [removeDirective(directive)] },
      });
    },
  },
});
