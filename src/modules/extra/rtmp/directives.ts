import { none, oneOrMore, take1, take12, twoOrMore } from '../../../schema/arity.ts';
import { http, location, main, rtmp, rtmpApplication, rtmpRecorder, rtmpServer, server } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_rtmp_log_module (rtmp). */
export const rtmpLog = defineModule({
  name: 'ngx_rtmp_log_module',
  package: 'rtmp',
  directives: {
    access_log: { in: rtmp | rtmpServer | rtmpApplication, args: take12, value: { kind: 'custom' } },
    log_format: { in: rtmp | rtmpServer | rtmpApplication, args: twoOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_rtmp_core_module (rtmp). */
export const rtmpCore = defineModule({
  name: 'ngx_rtmp_core_module',
  package: 'rtmp',
  directives: {
    ack_window: { in: rtmp | rtmpServer, args: take1, value: { kind: 'number' }, repeat: 'no' },
    application: { in: rtmpServer, args: take1, block: { opens: rtmpApplication }, value: { kind: 'custom' } },
    buflen: { in: rtmp | rtmpServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    busy: { in: rtmp | rtmpServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    chunk_size: { in: rtmp | rtmpServer, args: take1, value: { kind: 'number' }, repeat: 'no' },
    listen: { in: rtmpServer, args: take12, value: { kind: 'custom' } },
    max_message: { in: rtmp | rtmpServer, args: take1, value: { kind: 'size' }, repeat: 'no' },
    max_streams: { in: rtmp | rtmpServer, args: take1, value: { kind: 'number' }, repeat: 'no' },
    out_cork: { in: rtmp | rtmpServer, args: take1, value: { kind: 'size' }, repeat: 'no' },
    out_queue: { in: rtmp | rtmpServer, args: take1, value: { kind: 'size' }, repeat: 'no' },
    ping: { in: rtmp | rtmpServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    ping_timeout: { in: rtmp | rtmpServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    play_time_fix: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    publish_time_fix: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    server: { in: rtmp, args: none, block: { opens: rtmpServer }, value: { kind: 'custom' } },
    so_keepalive: { in: rtmp | rtmpServer, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    timeout: { in: rtmp | rtmpServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_access_module (rtmp). */
export const rtmpAccess = defineModule({
  name: 'ngx_rtmp_access_module',
  package: 'rtmp',
  directives: {
    allow: { in: rtmp | rtmpServer | rtmpApplication, args: take12, value: { kind: 'custom' } },
    deny: { in: rtmp | rtmpServer | rtmpApplication, args: take12, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_rtmp_live_module (rtmp). */
export const rtmpLive = defineModule({
  name: 'ngx_rtmp_live_module',
  package: 'rtmp',
  directives: {
    buffer: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    drop_idle_publisher: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    idle_streams: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    interleave: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    live: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    play_restart: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    publish_notify: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    stream_buckets: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'string' }, repeat: 'no' },
    sync: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    wait_key: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    wait_video: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_dash_module (rtmp). */
export const rtmpDash = defineModule({
  name: 'ngx_rtmp_dash_module',
  package: 'rtmp',
  directives: {
    dash: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dash_cleanup: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dash_fragment: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    dash_nested: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    dash_path: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'string' }, repeat: 'no' },
    dash_playlist_length: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_exec_module (rtmp). */
export const rtmpExec = defineModule({
  name: 'ngx_rtmp_exec_module',
  package: 'rtmp',
  directives: {
    exec: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    exec_kill_signal: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    exec_options: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    exec_play: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    exec_play_done: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    exec_publish: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    exec_publish_done: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    exec_pull: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    exec_push: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    exec_record_done: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: oneOrMore, value: { kind: 'custom' } },
    exec_static: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    respawn: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    respawn_timeout: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_hls_module (rtmp). */
export const rtmpHls = defineModule({
  name: 'ngx_rtmp_hls_module',
  package: 'rtmp',
  directives: {
    hls: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    hls_audio_buffer_size: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'size' }, repeat: 'no' },
    hls_base_url: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'string' }, repeat: 'no' },
    hls_cleanup: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    hls_continuous: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    hls_fragment: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    hls_fragment_naming: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'enum', values: ['sequential', 'timestamp', 'system'] }, repeat: 'no' },
    hls_fragment_naming_granularity: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'number' }, repeat: 'no' },
    hls_fragment_slicing: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'enum', values: ['plain', 'aligned'] }, repeat: 'no' },
    hls_fragments_per_key: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'number' }, repeat: 'no' },
    hls_key_path: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'string' }, repeat: 'no' },
    hls_key_url: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'string' }, repeat: 'no' },
    hls_keys: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    hls_max_audio_delay: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    hls_max_fragment: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    hls_muxdelay: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    hls_nested: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    hls_path: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'string' }, repeat: 'no' },
    hls_playlist_length: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    hls_sync: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    hls_type: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'enum', values: ['live', 'event'] }, repeat: 'no' },
    hls_variant: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_rtmp_limit_module (rtmp). */
export const rtmpLimit = defineModule({
  name: 'ngx_rtmp_limit_module',
  package: 'rtmp',
  directives: {
    max_connections: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'number' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_codec_module (rtmp). */
export const rtmpCodec = defineModule({
  name: 'ngx_rtmp_codec_module',
  package: 'rtmp',
  directives: {
    meta: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'enum', values: ['off', 'on', 'copy'] }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_netcall_module (rtmp). */
export const rtmpNetcall = defineModule({
  name: 'ngx_rtmp_netcall_module',
  package: 'rtmp',
  directives: {
    netcall_buffer: { in: rtmp | rtmpServer, args: take1, value: { kind: 'size' }, repeat: 'no' },
    netcall_timeout: { in: rtmp | rtmpServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_notify_module (rtmp). */
export const rtmpNotify = defineModule({
  name: 'ngx_rtmp_notify_module',
  package: 'rtmp',
  directives: {
    notify_method: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    notify_relay_redirect: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    notify_update_strict: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    notify_update_timeout: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    on_connect: { in: rtmp | rtmpServer, args: take1, value: { kind: 'custom' } },
    on_disconnect: { in: rtmp | rtmpServer, args: take1, value: { kind: 'custom' } },
    on_done: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    on_play: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    on_play_done: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    on_publish: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    on_publish_done: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
    on_record_done: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'custom' } },
    on_update: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_rtmp_play_module (rtmp). */
export const rtmpPlay = defineModule({
  name: 'ngx_rtmp_play_module',
  package: 'rtmp',
  directives: {
    play: { in: rtmp | rtmpServer | rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    play_local_path: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'string' }, repeat: 'no' },
    play_temp_path: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_relay_module (rtmp). */
export const rtmpRelay = defineModule({
  name: 'ngx_rtmp_relay_module',
  package: 'rtmp',
  directives: {
    pull: { in: rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    pull_reconnect: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    push: { in: rtmpApplication, args: oneOrMore, value: { kind: 'custom' } },
    push_reconnect: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    relay_buffer: { in: rtmp | rtmpServer, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    session_relay: { in: rtmp | rtmpServer | rtmpApplication, args: take1, value: { kind: 'flag' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_record_module (rtmp). */
export const rtmpRecord = defineModule({
  name: 'ngx_rtmp_record_module',
  package: 'rtmp',
  directives: {
    record: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: oneOrMore, value: { kind: 'bitmask', values: ['off', 'all', 'audio', 'video', 'keyframes', 'manual'] } },
    record_append: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    record_interval: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    record_lock: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    record_max_frames: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'size' }, repeat: 'no' },
    record_max_size: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'size' }, repeat: 'no' },
    record_notify: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    record_path: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'string' }, repeat: 'no' },
    record_suffix: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'string' }, repeat: 'no' },
    record_unique: { in: rtmp | rtmpServer | rtmpApplication | rtmpRecorder, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    recorder: { in: rtmpApplication, args: take1, block: { opens: rtmpRecorder }, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_rtmp_module (rtmp). */
export const rtmpModule = defineModule({
  name: 'ngx_rtmp_module',
  package: 'rtmp',
  directives: {
    rtmp: { in: main, args: none, block: { opens: rtmp }, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_rtmp_auto_push_module (rtmp). */
export const rtmpAutoPush = defineModule({
  name: 'ngx_rtmp_auto_push_module',
  package: 'rtmp',
  directives: {
    rtmp_auto_push: { in: main, args: take1, value: { kind: 'flag' }, repeat: 'no' },
    rtmp_auto_push_reconnect: { in: main, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no' },
    rtmp_socket_dir: { in: main, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});

/** The directives of ngx_rtmp_control_module (rtmp). */
export const rtmpControl = defineModule({
  name: 'ngx_rtmp_control_module',
  package: 'rtmp',
  directives: {
    rtmp_control: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
  },
});

/** The directives of ngx_rtmp_stat_module (rtmp). */
export const rtmpStat = defineModule({
  name: 'ngx_rtmp_stat_module',
  package: 'rtmp',
  directives: {
    rtmp_stat: { in: http | server | location, args: oneOrMore, value: { kind: 'custom' } },
    rtmp_stat_stylesheet: { in: http | server | location, args: take1, value: { kind: 'string' }, repeat: 'no' },
  },
});
