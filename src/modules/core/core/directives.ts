import { oneOrMore, take1, take12 } from '../../../schema/arity.ts';
import { events, main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_core_module. */
export const core = defineModule({
  name: 'ngx_core_module',
  directives: {
    daemon: { in: main, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', default: ['on'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#daemon' },
    debug_points: { in: main, args: take1, value: { kind: 'enum', values: ['stop', 'abort'] }, repeat: 'no', merge: 'own', since: '0.1.5', doc: 'en/docs/ngx_core_module.html#debug_points' },
    env: { in: main, args: take1, value: { kind: 'custom' }, repeat: 'yes', merge: 'own', default: ['TZ'], since: '0.5.9', doc: 'en/docs/ngx_core_module.html#env' },
    load_module: { in: main, args: take1, value: { kind: 'path', file: 'prefix' }, repeat: 'yes', merge: 'own', since: '1.9.11', doc: 'en/docs/ngx_core_module.html#load_module' },
    lock_file: { in: main, args: take1, value: { kind: 'string', file: 'prefix' }, repeat: 'no', merge: 'own', default: ['logs/nginx.lock'], since: '0.3.27', doc: 'en/docs/ngx_core_module.html#lock_file' },
    master_process: { in: main, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', default: ['on'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#master_process' },
    pid: { in: main, args: take1, value: { kind: 'string', file: 'prefix' }, repeat: 'no', merge: 'own', default: ['logs/nginx.pid'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#pid' },
    stall_threshold: { in: events, args: take1, value: { kind: 'time' }, default: ['1000ms'], since: '1.29.0', commercial: true, doc: 'en/docs/ngx_core_module.html#stall_threshold' },
    thread_stack_size: { in: main, args: take1, value: { kind: 'size' }, since: '0.1.0', until: '1.9.0' },
    timer_resolution: { in: main, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', merge: 'own', since: '0.3.3', doc: 'en/docs/ngx_core_module.html#timer_resolution' },
    user: { in: main, args: take12, value: { kind: 'user' }, repeat: 'no', merge: 'own', default: ['nobody nobody'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#user' },
    worker_cpu_affinity: { in: main, args: oneOrMore, value: { kind: 'grammar', grammar: 'worker_cpu_affinity' }, repeat: 'no', merge: 'own', since: '0.3.10', doc: 'en/docs/ngx_core_module.html#worker_cpu_affinity' },
    worker_priority: { in: main, args: take1, value: { kind: 'number', signed: true }, repeat: 'no', merge: 'own', default: ['0'], since: '0.1.11', doc: 'en/docs/ngx_core_module.html#worker_priority' },
    worker_processes: { in: main, args: take1, value: { kind: 'number', values: ['auto'] }, repeat: 'no', merge: 'own', default: ['1'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#worker_processes' },
    worker_rlimit_core: { in: main, args: take1, value: { kind: 'offset' }, repeat: 'no', merge: 'own', since: '0.3.16', doc: 'en/docs/ngx_core_module.html#worker_rlimit_core' },
    worker_rlimit_nofile: { in: main, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', since: '0.2.0', doc: 'en/docs/ngx_core_module.html#worker_rlimit_nofile' },
    worker_rlimit_sigpending: { in: main, args: take1, value: { kind: 'number' }, since: '0.2.0', until: '1.9.0' },
    worker_shutdown_timeout: { in: main, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', merge: 'own', since: '1.11.11', doc: 'en/docs/ngx_core_module.html#worker_shutdown_timeout' },
    worker_threads: { in: main, args: take1, value: { kind: 'number' }, since: '0.1.0', until: '1.9.0' },
    working_directory: { in: main, args: take1, value: { kind: 'string', file: 'cwd' }, repeat: 'no', merge: 'own', since: '0.1.35', doc: 'en/docs/ngx_core_module.html#working_directory' },
  },
});
