/** Directives that answer with the state of the server or of its back ends. */
export const statusPages = [
  'check_status',
  'upstream_show',
  'dyups_interface',
  'vhost_traffic_status_display',
  'api',
  'status',
  'prometheus',
] as const;
