import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Edit } from '../../../diagnostics/diagnostic.ts';
import { insertAfter, removeWord } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const deprecatedListenHttp2 = defineRule({
  id: 'deprecated-listen-http2',
  category: 'deprecation',
  severity: 'warning',
  summary: '`http2` as a parameter of `listen`',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_v2_module.html#http2'],
  madeIn: 'model',
  advise: ({ model, directive, options }) => {
    const edits = edited(directive, model.config.closed);
    return {
      help: 'write http2 on; in every server behind this address',
      severity: options.nginxVersion === undefined ? 'info' : undefined,
      fix: edits && { title: 'write http2 on;', safety: edits.isSame ? 'safe' : 'unsafe', edits: edits.edits },
    };
  },
});

interface Rewritten {
  readonly edits: readonly Edit[];
  readonly isSame: boolean;
}

/** By the block around the servers, and the socket: each of a thousand servers gets the same edits. */
const known = new WeakMap<ConfigDirective, Map<string, Rewritten>>();

/**
 * The parameter held for all servers of the socket, the directive holds for all sockets of the server: each server of the socket
 * gets it. That is the same when all servers are known and none of them listens elsewhere without the parameter.
 */
function edited(listen: ConfigDirective, isWhole: boolean): Rewritten | undefined {
  const http = listen.parent?.parent;
  if (!http?.children) return undefined;
  const socket = socketOf(listen);
  const bySocket = known.get(http) ?? new Map<string, Rewritten>();
  known.set(http, bySocket);
  const rewritten = bySocket.get(socket) ?? rewrite(http.children, socket, isWhole);
  bySocket.set(socket, rewritten);
  return rewritten;
}

function rewrite(children: readonly ConfigDirective[], socket: string, isWhole: boolean): Rewritten {
  const servers = children.filter((server) => listensOf(server).some((one) => socketOf(one) === socket));
  const edits: Edit[] = [];
  let isSame = isWhole;
  for (const server of servers) {
    const listens = listensOf(server);
    for (const one of listens) {
      const word = one.node.args[one.args.indexOf('http2', 1)];
      if (socketOf(one) !== socket) isSame = false;
      else if (word) edits.push(removeWord(one, word));
    }
    const last = listens.at(-1);
    if (last && !server.children?.some(({ name }) => name === 'http2')) edits.push(insertAfter(last, ['http2 on;']));
  }
  return { edits, isSame };
}

function listensOf({ name, children }: ConfigDirective): readonly ConfigDirective[] {
  return name === 'server' ? (children ?? []).filter((one) => one.name === 'listen') : [];
}

function socketOf({ args }: ConfigDirective): string {
  return (args[0] ?? '').replace(/^(?:\*|0\.0\.0\.0):/, '');
}
