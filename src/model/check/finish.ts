import * as say from '../../diagnostics/nginx-messages.ts';
import { main } from '../../schema/contexts.ts';
import type { Run } from './run.ts';

/** What nginx does once the whole configuration is read (init_conf of the core modules, ngx_init_cycle). */
export function finish(run: Run): void {
  if (!run.root.is(main)) return;
  if (!run.root.frames.some(({ directive }) => directive?.name === 'events')) {
    run.log('emerg', say.noEvents, { rule: 'no-events-block', nowhere: true });
  }
}
