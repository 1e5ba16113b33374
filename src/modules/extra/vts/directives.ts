import { from, oneOrMore, take1, take12, take2, take23 } from '../../../schema/arity.ts';
import { http, ifInLocation, location, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_http_vhost_traffic_status_module (vts). */
export const httpVhostTrafficStatus = defineModule({
  name: 'ngx_http_vhost_traffic_status_module',
  package: 'vts',
  directives: {
    vhost_traffic_status: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_average_method: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    vhost_traffic_status_bypass_limit: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_bypass_stats: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_display: { in: server | location, args: from(0, 1), value: { kind: 'custom' } },
    vhost_traffic_status_display_format: { in: server | location, args: take1, value: { kind: 'enum', values: ['json', 'html', 'jsonp', 'prometheus'] }, repeat: 'no' },
    vhost_traffic_status_display_jsonp: { in: server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    vhost_traffic_status_display_sum_key: { in: server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
    vhost_traffic_status_dump: { in: http, args: take12, value: { kind: 'custom' } },
    vhost_traffic_status_filter: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_filter_by_host: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_filter_by_set_key: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    vhost_traffic_status_filter_check_duplicate: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_filter_max_node: { in: http, args: oneOrMore, value: { kind: 'custom' } },
    vhost_traffic_status_histogram_buckets: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
    vhost_traffic_status_ignore_status: { in: http | server | location, args: oneOrMore, value: { kind: 'bitmask', values: ['1xx', '2xx', '3xx', '4xx', '5xx', 'off'] } },
    vhost_traffic_status_limit: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_limit_check_duplicate: { in: http | server | location, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_limit_traffic: { in: http | server | location, args: take12, value: { kind: 'custom' } },
    vhost_traffic_status_limit_traffic_by_set_key: { in: http | server | location, args: take23, value: { kind: 'custom' } },
    vhost_traffic_status_measure_status_codes: { in: http, args: oneOrMore, value: { kind: 'custom' } },
    vhost_traffic_status_set_by_filter: { in: http | server | location | ifInLocation, args: take2, value: { kind: 'custom' } },
    vhost_traffic_status_stats_by_upstream: { in: http, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    vhost_traffic_status_zone: { in: http, args: from(0, 1), value: { kind: 'custom' } },
  },
});
