import type { ConfigDirective } from '../../../config/config-tree.ts';
import { spanOfHead } from '../../../model/place.ts';
import { insertBehind } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const quicRequiresTls13 = defineRule({
  id: 'quic-requires-tls13',
  category: 'correctness',
  severity: 'error',
  summary: '`listen … quic` where TLSv1.3 is switched off',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_v3_module.html', 'https://www.rfc-editor.org/rfc/rfc9001#section-4.2'],
  madeIn: 'model',
  advise: ({ directive }) => {
    const protocols = protocolsAround(directive);
    if (!protocols) return undefined;
    return {
      message: 'this server listens for QUIC, and TLSv1.3 is switched off for it',
      why: 'QUIC has no other handshake than that of TLS 1.3: nginx does not start.',
      help: `write "ssl_protocols ${[...protocols.args, 'TLSv1.3'].join(' ')};"`,
      related: [{ message: 'these are the protocols', span: spanOfHead(protocols) }],
      fix: {
        title: 'add TLSv1.3',
        safety: 'safe',
        edits: [insertBehind(protocols, protocols.args.length - 1, ' TLSv1.3')],
      },
    };
  },
});

/** The `ssl_protocols` of a server, or of the block around it. */
function protocolsAround(server: ConfigDirective): ConfigDirective | undefined {
  for (let at: ConfigDirective | null = server; at; at = at.parent) {
    const own = at.children?.findLast(({ name }) => name === 'ssl_protocols');
    if (own) return own;
  }
  return undefined;
}
