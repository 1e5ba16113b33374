import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const hashBucketTooSmall = defineRule({
  id: 'hash-bucket-too-small',
  category: 'performance',
  severity: 'error',
  summary: 'a name that is too long for its hash table',
  fixable: false,
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/hash.html',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#server_names_hash_bucket_size',
  ],
  madeIn: 'model',
});
