import { effective } from '../../model/scope.ts';
import { isProtocol } from '../../schema/values/listen.ts';
import { isAtLeast } from '../../schema/version.ts';
import type { ListenLine, PlannedAddress } from './listeners.ts';
import type { Planning } from './planning.ts';

/** What clients of an address must speak and we do not: nobody may take plain HTTP/1 for it. */
export function unspokenAt({ lines }: PlannedAddress, version: string): readonly string[] {
  const words = lines.flatMap(({ listen }) => listen.parameters.filter((word) => isProtocol(word) && word !== 'proxy_protocol'));
  const standsIn = lines.find(({ listen }) => listen.defaultServer) ?? lines[0];
  if (standsIn && isEncrypted(standsIn)) words.push('ssl');
  return [...new Set(words)].filter((word) => word !== 'http2' || !talksHttp1Too(version));
}

/** `ssl on`, which releases before 1.25.1 have. */
function isEncrypted({ server }: ListenLine): boolean {
  return effective(server.scope, 'ssl')[0]?.directive.args[0] === 'on';
}

/** Since 1.25.1 the first bytes tell HTTP/2 from HTTP/1 (ngx_http_wait_request_handler). */
function talksHttp1Too(version: string): boolean {
  return isAtLeast(version, '1.25.1');
}

/** Names the lines of an address that is not opened, or speaks less than it should. */
export function reportProtocols(planner: Planning, { lines, key }: PlannedAddress, unspoken: readonly string[]): void {
  for (const { listen, at } of lines) {
    if (!at) continue;
    if (unspoken.length > 0)
      planner.notRun(at, `${unspoken.join(' and ')} ${isOrAre(unspoken)} not run: nothing listens at ${key}`);
    else if (listen.parameters.includes('http2')) planner.notRun(at, 'http2 is not run: HTTP/1 alone is spoken there');
  }
}

function isOrAre({ length }: readonly string[]): string {
  return length > 1 ? 'are' : 'is';
}
