import { none, take1, take2 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_uploadprogress_module (upload-progress). */
export const httpUploadprogress = defineModule({
  name: 'ngx_http_uploadprogress_module',
  package: 'upload-progress',
  directives: {
    report_uploads: { in: http | server | location, args: take1, value: { kind: 'custom' } },
    track_uploads: { in: http | server | location, args: take2, value: { kind: 'custom' } },
    upload_progress: { in: http, args: take2, value: { kind: 'custom' } },
    upload_progress_content_type: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    upload_progress_header: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    upload_progress_java_output: { in: http | server | location, args: none, value: { kind: 'custom' } },
    upload_progress_json_output: { in: http | server | location, args: none, value: { kind: 'custom' } },
    upload_progress_jsonp_output: { in: http | server | location, args: none, value: { kind: 'custom' } },
    upload_progress_jsonp_parameter: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    upload_progress_template: { in: http | server | location, args: take2, value: { kind: 'custom' } },
  },
});
