import { oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_fancyindex_module (fancyindex). */
export const httpFancyindex = defineModule({
  name: 'ngx_http_fancyindex_module',
  package: 'fancyindex',
  directives: {
    fancyindex: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_case_sensitive: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_css_href: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    fancyindex_default_sort: { in: http | server | location, args: take1, value: { kind: 'enum', values: ['name', 'size', 'date', 'name_desc', 'size_desc', 'date_desc'] }, repeat: 'no' },
    fancyindex_directories_first: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_exact_size: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_footer: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    fancyindex_header: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    fancyindex_hide_parent_dir: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_hide_symlinks: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_ignore: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
    fancyindex_localtime: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_show_dotfiles: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_show_path: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    fancyindex_time_format: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});
