import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const invalidLocationNesting = defineRule({
  id: 'invalid-location-nesting',
  category: 'correctness',
  severity: 'error',
  summary: 'a location in a place where no request could reach it',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  madeIn: 'model',
  advise: ({ nginx }) => {
    const [, inner, outer] = /^location "(.*)" is outside location "(.*)"$/.exec(nginx) ?? [];
    if (inner === undefined || outer === undefined) return undefined;
    return { help: `write the whole path, ${outer.replace(/\/$/, '')}/${inner.replace(/^\//, '')}, or move it out` };
  },
});
