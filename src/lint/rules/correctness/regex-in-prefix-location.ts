import { display } from '../../../base/source-text.ts';
import { spanOfHead } from '../../../model/place.ts';
import { nameIndex } from '../../../model/routes/location-name.ts';
import { samplesOf } from '../../../model/routes/reach.ts';
import { printPath } from '../../../model/routes/show.ts';
import { sitesOf } from '../../../model/routes/sites.ts';
import { defineRule } from '../../rule.ts';
import { looksLikeRegex } from '../../written-regex.ts';

export const regexInPrefixLocation = defineRule({
  id: 'regex-in-prefix-location',
  category: 'correctness',
  severity: 'warning',
  summary: 'a regular expression without "~": it is compared letter by letter',
  fixable: false,
  presets: ['recommended'],
  references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  needs: ['location'],
  check({ model, report }) {
    for (const { kind, name, at } of sitesOf(model).all.flatMap(({ routes }) => routes)) {
      if ((kind !== 'prefix' && kind !== 'exact') || !looksLikeRegex(name)) continue;
      const pattern = name.startsWith('/') ? `^${name}` : name;
      const [sample] = samplesOf(pattern, false);
      const shown = display(name);
      report({
        span: { ...spanOfHead(at), start: at.node.args[nameIndex(at)]?.start ?? at.node.start },
        message:
          sample === undefined
            ? `"${shown}" is compared letter by letter: without "~" it is no regular expression`
            : `GET ${printPath(sample)} does not come here: without "~" this is no regular expression`,
        why: 'Only requests that have these very letters in their path come here.',
        help: sample === undefined ? 'write the path itself' : `write "location ~ ${display(pattern)}"`,
      });
    }
  },
});
