import { replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const serverNameSuspicious = defineRule({
  id: 'server-name-suspicious',
  category: 'correctness',
  severity: 'warning',
  summary: 'a server name that no request can carry',
  fixable: 'unsafe',
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#server_name'],
  madeIn: 'model',
  advise: ({ word, span }) => {
    const [, host] = /^(?:\w+:\/\/)?([\w.*-]+)(?::\d+)?(?:\/.*)?,?$/.exec(word) ?? [];
    if (host === undefined || host === word) return undefined;
    return {
      help: `write ${host}`,
      fix: { title: `write "${host}"`, safety: 'unsafe', edits: [replace(span, host)] },
    };
  },
});
