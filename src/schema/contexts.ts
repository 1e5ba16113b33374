/*
 * The places in which a directive may stand, as bits (nginx: NGX_MAIN_CONF, NGX_HTTP_SRV_CONF …). A directive's
 * `in` is a set of them. nginx tells `if` in a server from `if` in a location, and so do we.
 */
export const main = 1 << 0;
export const events = 1 << 1;
export const http = 1 << 2;
export const server = 1 << 3;
export const location = 1 << 4;
export const ifInServer = 1 << 5;
export const ifInLocation = 1 << 6;
export const limitExcept = 1 << 7;
export const upstream = 1 << 8;
export const stream = 1 << 9;
export const streamServer = 1 << 10;
export const streamUpstream = 1 << 11;
export const mail = 1 << 12;
export const mailServer = 1 << 13;
export const mgmt = 1 << 14;
export const oidcProvider = 1 << 15;
export const acmeIssuer = 1 << 16;
export const rtmp = 1 << 18;
export const rtmpServer = 1 << 19;
export const rtmpApplication = 1 << 20;
export const rtmpRecorder = 1 << 21;
export const processes = 1 << 22;
export const process = 1 << 23;

/** One bit of the above, or a set of them. */
export type Context = number;

const names: readonly (readonly [Context, string])[] = [
  [main, 'main'],
  [events, 'events'],
  [http, 'http'],
  [server, 'server'],
  [location, 'location'],
  [ifInServer, 'if in server'],
  [ifInLocation, 'if in location'],
  [limitExcept, 'limit_except'],
  [upstream, 'upstream'],
  [stream, 'stream'],
  [streamServer, 'server in stream'],
  [streamUpstream, 'upstream in stream'],
  [mail, 'mail'],
  [mailServer, 'server in mail'],
  [mgmt, 'mgmt'],
  [oidcProvider, 'oidc_provider'],
  [acmeIssuer, 'acme_issuer'],
  [rtmp, 'rtmp'],
  [rtmpServer, 'server in rtmp'],
  [rtmpApplication, 'application'],
  [rtmpRecorder, 'recorder'],
  [processes, 'processes'],
  [process, 'process'],
];

/** The names of the contexts in a set, outermost first. */
export function contextNames(contexts: Context): string[] {
  return names.filter(([bit]) => contexts & bit).map(([, name]) => name);
}

/** The context of that name, or undefined; `http>server` style paths give their last step. */
export function contextOf(path: string): Context | undefined {
  const steps = path.split('>').map((step) => step.trim());
  const last = steps.at(-1);
  if (last === 'server' || last === 'upstream') {
    const outer = steps.at(-2);
    const name = outer === 'stream' || outer === 'mail' || outer === 'rtmp' ? `${last} in ${outer}` : last;
    return names.find(([, known]) => known === name)?.[0];
  }
  return names.find(([, known]) => known === last)?.[0];
}
