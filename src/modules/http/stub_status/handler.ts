import type { Engine } from '../../../runtime/engine.ts';
import { handle } from '../../../runtime/hooks.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { httpStubStatus } from './directives.ts';

/** `stub_status`: how many connections there are, and what they do. */
export const stubStatusHandler = handle(httpStubStatus, {
  handler: ({ on }) =>
    on &&
    ((r) => {
      if (r.method !== 'GET' && r.method !== 'HEAD') return 405;
      r.respond(200, 'text/plain', page(engineOf(r)));
      return 'done';
    }),
  variables: {
    connections_active: (r) => String(counts(engineOf(r)).active),
    connections_reading: (r) => String(counts(engineOf(r)).reading),
    connections_waiting: (r) => String(counts(engineOf(r)).waiting),
    connections_writing: (r) => String(counts(engineOf(r)).writing),
  },
});

function engineOf(r: Request): Engine {
  return (r as RequestState).connection.engine;
}

/** A connection whose response is out counts as writing until it is ready for the next request, or closed. */
function counts({ states }: Engine): { active: number; reading: number; writing: number; waiting: number } {
  const { idle: waiting, head: reading, busy, drain, linger } = states;
  const writing = busy + drain + linger;
  return { active: waiting + reading + writing, reading, writing, waiting };
}

// ngx_http_stub_status_handler
function page(engine: Engine): string {
  const { active, reading, writing, waiting } = counts(engine);
  const accepted = engine.connections;
  return (
    `Active connections: ${active} \nserver accepts handled requests\n ${accepted} ${accepted} ${engine.requests} \n` +
    `Reading: ${reading} Writing: ${writing} Waiting: ${waiting} \n`
  );
}
