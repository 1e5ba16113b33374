import { oneOrMore, take1, take123, take1234, take2 } from '../../../schema/arity.ts';
import { http, ifInLocation, limitExcept, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_upload_module (upload). */
export const httpUpload = defineModule({
  name: 'ngx_http_upload_module',
  package: 'upload',
  directives: {
    upload_add_header: { in: http | server | location | ifInLocation | limitExcept, args: take2, value: { kind: 'custom' } },
    upload_aggregate_form_field: { in: http | server | location | ifInLocation | limitExcept, args: take2, value: { kind: 'custom' } },
    upload_buffer_size: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'size' }, repeat: 'no' },
    upload_cleanup: { in: http | server | location | ifInLocation | limitExcept, args: oneOrMore, value: { kind: 'custom' } },
    upload_empty_fiels_names: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    upload_limit_rate: { in: http | server | location | ifInLocation, args: take1, value: { kind: 'size' }, repeat: 'no' },
    upload_max_file_size: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'offset' }, repeat: 'no' },
    upload_max_output_body_len: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'size' }, repeat: 'no' },
    upload_max_part_header_len: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'size' }, repeat: 'no' },
    upload_merge_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    upload_pass: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'custom' } },
    upload_pass_args: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    upload_pass_form_field: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'custom' } },
    upload_range_header_buffer_size: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no' },
    upload_resumable: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    upload_set_form_field: { in: http | server | location | ifInLocation | limitExcept, args: take2, value: { kind: 'custom' } },
    upload_state_store: { in: http | server | location, args: take1234, value: { kind: 'custom' } },
    upload_store: { in: http | server | location | ifInLocation | limitExcept, args: take1234, value: { kind: 'custom' } },
    upload_store_access: { in: http | server | location | ifInLocation | limitExcept, args: take123, value: { kind: 'access' }, repeat: 'no' },
    upload_tame_arrays: { in: http | server | location | ifInLocation | limitExcept, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});
