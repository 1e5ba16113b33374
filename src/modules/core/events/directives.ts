import { none, take1 } from '../../../schema/arity.ts';
import { events, main } from '../../../schema/contexts.ts';
import { defineModule } from '../../../schema/module.ts';

/** The directives of ngx_event_core_module. */
export const eventCore = defineModule({
  name: 'ngx_event_core_module',
  directives: {
    accept_mutex: { in: events, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', default: ['off'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#accept_mutex' },
    accept_mutex_delay: { in: events, args: take1, value: { kind: 'time', unit: 'ms' }, repeat: 'no', merge: 'own', default: ['500ms'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#accept_mutex_delay' },
    connections: { in: events, args: take1, value: { kind: 'custom' }, since: '0.1.0', until: '1.9.1' },
    debug_connection: { in: events, args: take1, value: { kind: 'cidr', values: ['unix:'], hostname: true }, repeat: 'yes', merge: 'own', since: '0.1.0', doc: 'en/docs/ngx_core_module.html#debug_connection' },
    multi_accept: { in: events, args: take1, value: { kind: 'flag' }, repeat: 'no', merge: 'own', default: ['off'], since: '0.1.0', doc: 'en/docs/ngx_core_module.html#multi_accept' },
    use: { in: events, args: take1, value: { kind: 'enum', values: ['epoll', 'kqueue', '/dev/poll', 'eventport', 'poll', 'select', 'iocp'] }, repeat: 'no', merge: 'own', since: '0.1.0', doc: 'en/docs/ngx_core_module.html#use' },
    worker_connections: { in: events, args: take1, value: { kind: 'number' }, repeat: 'no', merge: 'own', default: ['512'], since: '0.2.0', doc: 'en/docs/ngx_core_module.html#worker_connections' },
  },
});

/** The directives of ngx_events_module. */
export const eventsModule = defineModule({
  name: 'ngx_events_module',
  directives: {
    events: { in: main, args: none, block: { opens: events }, value: { kind: 'custom' }, repeat: 'no', merge: 'own', since: '0.1.0', doc: 'en/docs/ngx_core_module.html#events' },
  },
});
