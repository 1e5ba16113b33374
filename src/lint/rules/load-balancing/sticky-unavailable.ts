import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const stickyUnavailable = defineRule({
  id: 'sticky-unavailable',
  category: 'load-balancing',
  severity: 'error',
  summary: '`sticky` where nginx has none, or in the form of a third-party module',
  fixable: false,
  presets: ['recommended', 'load-balancing', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#sticky'],
  madeIn: 'model',
  advise: ({ word }) => ({
    message: `"sticky ${word}" is none of nginx's own: that is followed by cookie, route or learn`,
    why: 'nginx does not start. Parameters such as name= and hash= are those of a third-party module (nginx-sticky-module), which nginx 1.29.6 and newer cannot hold any more: both bring a directive of this name.',
    help: `write "sticky cookie ${/^name=(\w+)/.exec(word)?.[1] ?? 'NAME'};", or load the module in an older nginx (load_module)`,
  }),
});
