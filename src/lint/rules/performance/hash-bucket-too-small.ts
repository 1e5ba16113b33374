import type { ConfigDirective } from '../../../config/config-tree.ts';
import { spanOfArgument } from '../../../model/place.ts';
import { insertBefore, replace } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const hashBucketTooSmall = defineRule({
  id: 'hash-bucket-too-small',
  category: 'performance',
  severity: 'error',
  summary: 'a name that is too long for its hash table',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/hash.html',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#server_names_hash_bucket_size',
  ],
  madeIn: 'model',
  advise: ({ directive, nginx }) => {
    const [, name, size] = /increase (\w+_bucket_size): (\d+)$/.exec(nginx) ?? [];
    if (name === undefined) return undefined;
    const enough = 2 ** (Math.floor(Math.log2(Number(size))) + 1);
    const http = blockOf(directive);
    const written = http?.children?.find((one) => one.name === name);
    const first = http?.children?.[0];
    const edit = written
      ? replace(spanOfArgument(written, 0), `${enough}`)
      : first && insertBefore(first, [`${name} ${enough};`]);
    return {
      help: `write ${name} ${enough};`,
      fix: edit && { title: `set ${name} to ${enough}`, safety: 'safe', edits: [edit] },
    };
  },
});

/** The `http` or `stream` block around. */
function blockOf(directive: ConfigDirective): ConfigDirective | undefined {
  for (let at = directive.parent; at; at = at.parent) if (at.name === 'http' || at.name === 'stream') return at;
  return undefined;
}
