import type { ConfigDirective } from '../../../config/config-tree.ts';
import type { Fix } from '../../../diagnostics/diagnostic.ts';
import { addressOf, isUnix } from '../../../model/address.ts';
import { insertWord, removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const deprecatedSslOn = defineRule({
  id: 'deprecated-ssl-on',
  category: 'deprecation',
  severity: 'error',
  summary: '`ssl on` instead of a parameter of `listen`',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl'],
  madeIn: 'model',
  advise: ({ directive }) => ({ help: 'write listen … ssl', fix: fixOf(directive) }),
});

/** The parameter for each address of the server; one on port 80 speaks no TLS, and whether it was meant to is not known. */
function fixOf(directive: ConfigDirective): Fix | undefined {
  if (directive.args[0] === 'off') return { title: 'remove it', safety: 'safe', edits: [removeDirective(directive)] };
  const server = directive.parent;
  if (server?.name !== 'server') return undefined;
  const listens = (server.children ?? []).filter(({ name }) => name === 'listen');
  const bare = listens.filter(({ args }) => !args.includes('ssl') && !args.includes('quic'));
  const meant = bare.filter(({ args: [address = ''] }) => portOf(address) !== '80');
  if (listens.length === 0 || (meant.length === 0 && bare.length > 0)) return undefined;
  return {
    title: 'write listen … ssl',
    safety: meant.length === bare.length ? 'safe' : 'unsafe',
    edits: [removeDirective(directive), ...meant.map((listen) => insertWord(listen, listen.args.length - 1, 'ssl'))],
  };
}

/** The port that a server listens on, as written; 80 where only an address is. */
function portOf(text: string): string {
  if (/^\d+$/.test(text)) return text;
  const { host, port } = addressOf(text);
  return port === '' && !isUnix(host) ? '80' : port;
}
