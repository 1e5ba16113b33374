import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const mapGeoInvalid = defineRule({
  id: 'map-geo-invalid',
  category: 'correctness',
  severity: 'error',
  summary: 'a line in `map` or `geo` that cannot be read',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    'https://nginx.org/en/docs/http/ngx_http_geo_module.html',
  ],
  madeIn: 'model',
});
