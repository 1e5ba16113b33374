import { take1, take123 } from '../../../schema/arity.ts';
import { http, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_image_filter_module. */
export const httpImageFilter = defineModule({
  name: 'ngx_http_image_filter_module',
  directives: {
    image_filter: { in: location, args: take123, value: { kind: 'grammar', grammar: 'image_filter' }, repeat: 'last-wins', default: ['off'], since: '0.7.54', doc: 'en/docs/http/ngx_http_image_filter_module.html#image_filter' },
    image_filter_buffer: { in: http | server | location, args: take1, value: { kind: 'size' }, repeat: 'no', default: ['1M'], since: '0.7.54', doc: 'en/docs/http/ngx_http_image_filter_module.html#image_filter_buffer' },
    image_filter_interlace: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['off'], since: '1.3.15', doc: 'en/docs/http/ngx_http_image_filter_module.html#image_filter_interlace' },
    image_filter_jpeg_quality: { in: http | server | location, args: take1, value: { kind: 'number', min: 1, max: 100, variables: true }, repeat: 'last-wins', default: ['75'], since: '0.7.58', doc: 'en/docs/http/ngx_http_image_filter_module.html#image_filter_jpeg_quality' },
    image_filter_sharpen: { in: http | server | location, args: take1, value: { kind: 'number', min: 0, max: 100, variables: true }, repeat: 'last-wins', default: ['0'], since: '1.1.8', doc: 'en/docs/http/ngx_http_image_filter_module.html#image_filter_sharpen' },
    image_filter_transparency: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no', default: ['on'], since: '0.7.63', doc: 'en/docs/http/ngx_http_image_filter_module.html#image_filter_transparency' },
    image_filter_webp_quality: { in: http | server | location, args: take1, value: { kind: 'number', min: 1, max: 100, variables: true }, repeat: 'last-wins', default: ['80'], since: '1.11.6', doc: 'en/docs/http/ngx_http_image_filter_module.html#image_filter_webp_quality' },
  },
});
