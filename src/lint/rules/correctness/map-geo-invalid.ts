import { spanOfHead } from '../../../model/place.ts';
import { removeDirective } from '../../insert.ts';
import { defineRule } from '../../rule.ts';

/** Made by the model (src/model/check). */
export const mapGeoInvalid = defineRule({
  id: 'map-geo-invalid',
  category: 'correctness',
  severity: 'error',
  summary: 'a line in `map` or `geo` that cannot be read',
  fixable: 'safe',
  presets: ['recommended', 'nginx-t'],
  references: [
    'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    'https://nginx.org/en/docs/http/ngx_http_geo_module.html',
  ],
  madeIn: 'model',
  advise: ({ directive, nginx }) => {
    if (nginx.includes('number of')) return { help: 'write a key and a value; a value with blanks in it stands in quotes' };
    if (!/^(?:duplicate default|conflicting parameter)/.test(nginx)) return undefined;
    const first = directive.parent?.children?.find(({ name }) => name.toLowerCase() === directive.name.toLowerCase());
    const isSame = first !== undefined && first !== directive && first.args[0] === directive.args[0];
    return {
      why: 'nginx does not start with a key that has two values.',
      help: isSame ? 'remove one of the two lines' : 'keep the line that is meant',
      related: first && first !== directive ? [{ message: 'the first of them', span: spanOfHead(first) }] : undefined,
      fix: isSame ? { title: 'remove the second line', safety: 'safe', edits: [removeDirective(directive)] } : undefined,
    };
  },
});
