import { effectiveOne, serverAround } from '../../model/inherited.ts';
import { type Scope, useIn } from '../../model/scope.ts';
import { partsOf } from '../../schema/values/script.ts';
import { argument, literal } from './words.ts';

/** A regular expression whose groups a value may name: `$1` of a location or a rewrite. */
export interface Groups {
  readonly pattern: string;
  readonly caseless: boolean;
  /** The sample it was matched against. */
  readonly subject: string;
}

/** What is around a value. */
export interface Around {
  readonly scope: Scope;
  readonly groups?: Groups | undefined;
  /** `$proxy_host`: what is asked for at the back end by default. */
  readonly proxyHost?: string;
  /** Samples for variables of the configuration's own, by name: `map`, `set`. */
  readonly own?: ReadonlyMap<string, string>;
  /** The value is used for an answer, when what the request was is no longer at hand. */
  readonly inAnswer?: boolean;
}

/** A value as a log-format string, or the variable that HAProxy does not know. */
export type Text =
  | { readonly format: string /** The only sample in it: a value that may be missing. */; readonly lone?: string }
  | { readonly lost: string };

/** Sample fetches for variables that need no more than a name. */
const samples: Readonly<Record<string, string>> = {
  host: 'var(txn.host)',
  http_host: 'req.hdr(host)',
  remote_addr: 'src',
  remote_port: 'src_port',
  server_addr: 'dst',
  server_port: 'dst_port',
  scheme: 'ssl_fc,iif(https,http)',
  https: 'ssl_fc,iif(on,)',
  request_uri: 'pathq',
  uri: 'var(txn.uri)',
  document_uri: 'var(txn.uri)',
  args: 'query',
  query_string: 'query',
  is_args: 'query,regsub(.+,?)',
  request_method: 'method',
  hostname: 'hostname',
  content_type: 'req.hdr(content-type)',
  content_length: 'req.hdr(content-length)',
  ssl_protocol: 'ssl_fc_protocol',
  ssl_cipher: 'ssl_fc_cipher',
  ssl_server_name: 'ssl_fc_sni',
  ssl_client_s_dn: 'ssl_c_s_dn',
  ssl_client_i_dn: 'ssl_c_i_dn',
  ssl_client_serial: 'ssl_c_serial,hex',
  status: 'status',
};

const inAnswers = new Set([
  'host',
  'remote_addr',
  'remote_port',
  'server_addr',
  'server_port',
  'scheme',
  'https',
  'uri',
  'hostname',
  'status',
]);

/** A HAProxy sample for one of nginx's variables; undefined when there is none. */
export function sampleOf(name: string, { inAnswer = false, own }: Pick<Around, 'inAnswer' | 'own'>): string | undefined {
  const given = own?.get(name);
  if (given !== undefined) return given;
  if (Object.hasOwn(samples, name) && (!inAnswer || inAnswers.has(name))) return samples[name];
  if (inAnswer) return undefined;
  const [, family, rest = ''] = /^(http|arg|cookie)_(.+)$/.exec(name) ?? [];
  if (family === 'http') return `req.hdr(${rest.replaceAll('_', '-')})`;
  if (family === 'cookie') return `req.cook(${rest})`;
  return family === 'arg' ? `url_param(${rest})` : undefined;
}

/** True for samples of which a request may have none: nginx then has an empty value. */
function mayBeMissing(name: string): boolean {
  return /^(?:http|arg|cookie)_|^(?:args|query_string|content_type|content_length)$|^ssl_/.test(name);
}

/** nginx's text with variables as a log-format string (not quoted). */
export function textOf(value: string, around: Around): Text {
  const parts = partsOf(value);
  if (typeof parts === 'string') return { lost: value };
  let format = '';
  let lone: string | undefined;
  for (const part of parts) {
    if (part.kind === 'literal') format += literal(part.text);
    else if (part.kind === 'capture') {
      if (!around.groups) return { lost: `$${part.index}` };
      format += `%[${captured(around.groups, part.index)}]`;
    } else {
      const known = variableText(part.name, around);
      if (known === undefined) return { lost: `$${part.name}` };
      format += known;
      if (parts.length === 1 && mayBeMissing(part.name)) lone = sampleOf(part.name, around);
    }
  }
  return lone === undefined ? { format } : { format, lone };
}

function variableText(name: string, around: Around): string | undefined {
  if (name === 'proxy_host') return around.proxyHost === undefined ? undefined : literal(around.proxyHost);
  if (name === 'server_name') return literal(serverName(around.scope));
  if (name === 'server_protocol') return around.inAnswer ? undefined : 'HTTP/%[req.ver]';
  if (name === 'request') return around.inAnswer ? undefined : '%[method] %[pathq] HTTP/%[req.ver]';
  if (name === 'document_root') return rootOf(around.scope);
  const sample = sampleOf(name, around);
  return sample === undefined ? undefined : `%[${sample}]`;
}

/** The part of the subject that group `index` matched. */
export function captured({ pattern, caseless, subject }: Groups, index: number): string {
  return `${subject},regsub(${argument(`^.*?(?:${pattern}).*$`)},${argument(`\\${index}`)}${caseless ? ',i' : ''})`;
}

/** The first name of the server around: `$server_name`. */
export function serverName(scope: Scope): string {
  return useIn(serverAround(scope), 'server_name')?.directive.args[0] ?? '';
}

/** `$document_root`, where it is no variable itself. */
export function rootOf(scope: Scope): string | undefined {
  const root = effectiveOne(scope, 'root')?.directive.args[0] ?? 'html';
  return root.includes('$') ? undefined : literal(root);
}
