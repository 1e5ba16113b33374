import type { Address } from '../../model/address.ts';
import { isUnix } from '../../model/address.ts';
import type { Pass } from '../../model/references.ts';
import type { Route } from '../../model/routes/sites.ts';
import { type Around, textOf } from './expression.ts';
import { cookieLines, redirectLines, requestHeaders } from './headers.ts';
import type { Job } from './job.ts';
import { escapeRegex, literal, word } from './words.ts';

/** What the protocol of a pass brings into its backend. */
export interface PassLines {
  /** Settings before the rules. */
  readonly settings: readonly string[];
  readonly rules: readonly string[];
  /** For server lines: ` proto fcgi`. */
  readonly protocol: string;
}

/** `proxy_pass` and `grpc_pass`: the request as nginx would send it. */
export function proxyLines(
  job: Job,
  { pass, route, around }: { readonly pass: Pass; readonly route: Route | null; readonly around: Around },
  target: Address,
): PassLines {
  const [url = ''] = pass.use.directive.args;
  if (pass.protocol === 'grpc') {
    job.ledger.approximated(pass.use.directive, "proto h2 to the servers; header fields are the client's");
    return { settings: [], rules: [], protocol: ' proto h2' };
  }
  const proxyHost = proxyHostOf(target);
  const inside = { ...around, proxyHost };
  job.ledger.mapped(pass.use.directive, 'a backend');
  job.ledger.approximated(
    pass.use.directive,
    'HAProxy answers 503 when no server can be reached, nginx 502 or 504',
    'unreachable',
  );
  const location = route?.kind === 'prefix' || route?.kind === 'exact' ? route.name : undefined;
  const headers = requestHeaders(job, pass.scope, inside, proxyHost);
  return {
    settings: headers.filter((line) => !line.startsWith('http-')),
    rules: [
      ...headers.filter((line) => line.startsWith('http-')),
      ...pathRules(job, pass, location, inside),
      ...redirectLines(job, pass.scope, inside, { url, location }),
      ...cookieLines(job, pass.scope),
    ],
    protocol: '',
  };
}

/** `$proxy_host`: the port is left out when it is the scheme's own (ngx_http_proxy_set_vars). */
export function proxyHostOf({ host, port, scheme }: Address): string {
  if (isUnix(host)) return 'localhost';
  const own = scheme === 'https' ? '443' : '80';
  return `${host.includes(':') ? `[${host}]` : host}${port === '' || port === own ? '' : `:${port}`}`;
}

/** The URI of `proxy_pass` in place of what the location matched. */
function pathRules(job: Job, { use, scope }: Pass, location: string | undefined, around: Around): readonly string[] {
  const { directive } = use;
  const uri = /^https?:\/\/(?:unix:[^:]*:|[^/]*)(\/.*)?$/is.exec(directive.args[0] ?? '')?.[1];
  const rewrites = scope.uses.some(({ directive: { name } }) => name === 'rewrite');
  if (uri === undefined || /^\$\{?request_uri\}?$/.test(uri)) return [];
  if (uri.includes('$')) return variablePath(job, directive, uri, around);
  if (location === undefined) return [];
  job.ledger.approximated(directive, 'the path is normalised; escapes stay as the client wrote them', 'uri');
  const from = rewrites ? [] : ['http-request set-path %[var(txn.path)]'];
  if (uri === location) return from;
  return [
    ...from,
    `http-request replace-path ${word(`^${escapeRegex(location)}(.*)$`)} ${word(`${literal(uri.replaceAll('\\', '\\\\'))}\\1`)}`,
  ];
}

/** A path with variables is sent as it is, and the arguments only when it names them (ngx_http_proxy_create_request). */
function variablePath({ ledger }: Job, directive: Pass['use']['directive'], uri: string, around: Around): readonly string[] {
  const [, path = '', query] = /^([^?]*?)((?:\$is_args|\?).*)?$/s.exec(uri) ?? [];
  const text = textOf(path, around);
  const args =
    query === undefined
      ? { format: '' }
      : /^(?:\$is_args|\?)\$(?:args|query_string)$/.test(query)
        ? undefined
        : textOf(query.replace(/^\?|^\$is_args/, ''), around);
  if ('lost' in text || (args && 'lost' in args)) {
    ledger.dropped(directive, 'its path has a variable that HAProxy does not know: the path is passed on as it came', 'uri');
    return [];
  }
  ledger.approximated(directive, 'the path is made of parts of the path as the client escaped it', 'uri');
  const sent = text.format.replaceAll('var(txn.uri)', 'var(txn.path)');
  if (!args) return [`http-request set-path ${word(sent)}`];
  return [`http-request set-uri ${word(`${sent}${args.format === '' ? '' : `?${args.format}`}`)}`];
}
