import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const undefinedLogFormat = defineRule({
  id: 'undefined-log-format',
  category: 'correctness',
  severity: 'error',
  summary: 'an access log in a format that is not defined above it',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format'],
  madeIn: 'model',
});
