import * as say from '../../diagnostics/nginx-messages.ts';
import { parseCidr } from '../../schema/values/grammar/cidr.ts';
import { parseUrl } from '../../schema/values/grammar/url.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseSize } from '../../schema/values/size.ts';
import { parseTime } from '../../schema/values/time.ts';
import { knowsHost, resolved, ruleForError } from './host-names.ts';
import { type NameKeys, newNameKeys, takeName } from './name-keys.ts';
import { regex } from './regex.ts';
import type { Call } from './run.ts';
import { keyval } from './slots.ts';
import { addVariable, useVariable, variablesIn } from './variables.ts';

/** ngx_http_headers_expires, ngx_http_parse_expires */
export function expires(call: Call): void {
  const { args } = call;
  if (call.frame.fields.has('expires')) return call.duplicate();
  const isModified = args.length === 2;
  if (isModified && args[0] !== 'modified') return call.refuse('invalid value', 0);
  call.set(args);
  const arg = args.length - 1;
  const value = call.arg(arg);
  if (value.includes('$')) {
    variablesIn(call, value, arg);
    return;
  }
  if (!isModified && ['epoch', 'max', 'off'].includes(value)) return;
  if (isModified && value.startsWith('@')) return call.refuse('daily time cannot be used with "modified" parameter', arg);
  const seconds = parseTime(value.replace(/^[@+-]/, ''), 's');
  if (seconds === undefined) return call.refuse('invalid value', arg);
  if (value.startsWith('@') && seconds > 86_400) call.refuse('daily time value must be less than 24 hours', arg);
}

/** ngx_http_headers_add */
export function addHeader(call: Call): void {
  if (!variablesIn(call, call.arg(1), 1)) return;
  const [, , third] = call.args;
  if (third !== undefined && third !== 'always') call.fail(say.invalidParameter(third), 2);
}

/** ngx_http_access_rule, ngx_stream_access_rule */
export function accessRule(call: Call): void {
  const [word = ''] = call.args;
  if (word === 'all' || word === 'unix:') return;
  const cidr = parseCidr(word);
  if (!cidr) return call.fail(say.invalidParameter(word), 0);
  if (cidr.hasHostBits) call.warn(say.lowBitsMeaningless(word), 0);
}

/** ngx_http_realip_from; a host name is not judged. */
export function realipFrom(call: Call): void {
  const [word = ''] = call.args;
  const cidr = parseCidr(word);
  if (cidr?.hasHostBits) return call.warn(say.lowBitsMeaningless(word), 0);
  if (!cidr && word !== 'unix:') knowsHost(call, word, say.inRealIpFrom);
}

export interface Referers {
  keys: number;
  marked: boolean;
  names: boolean;
  readonly hosts: NameKeys;
}

/** ngx_http_valid_referers */
export function validReferers(call: Call): void {
  const state = call.frame.own<Referers>('referers') ?? { keys: 0, marked: false, names: false, hosts: newNameKeys() };
  call.frame.fields.set('referers', state);
  for (const [index, word] of call.args.entries()) {
    if (word === 'none' || word === 'blocked') state.marked = true;
    else if (word === 'server_names') state.names = true;
    else if (!referer(call, word, index, state)) return;
  }
}

/** ngx_http_add_referer, ngx_http_add_regex_referer */
function referer(call: Call, word: string, arg: number, state: Referers): boolean {
  const before = call.run.findings.length;
  if (word === '') call.fail(say.invalidReferer(word), arg);
  else if (word === '~') call.fail(say.emptyRegexIn(word), arg, 'invalid-regex');
  else if (word.startsWith('~')) return regex(call, word.slice(1), arg, 'plain') !== null;
  else {
    const host = word.split('/', 1)[0] ?? '';
    const taken = takeName(state.hosts, host.toLowerCase(), true);
    if (taken === 'invalid') call.fail(say.invalidHostnameOrWildcard(host), arg);
    if (taken === 'taken') call.fail(say.conflictingParameter(host.toLowerCase()), arg, 'duplicate-directive');
    state.keys++;
  }
  return call.run.findings.length === before;
}

/** ngx_http_try_files */
export function tryFiles(call: Call): void {
  if (!call.set(call.args)) return;
  for (const [index, file] of call.args.entries()) if (!variablesIn(call, file, index)) return;
  const last = call.args.at(-1) ?? '';
  const code = parseNumber(last.slice(1));
  if (last.startsWith('=') && (code === undefined || code > 999)) call.fail(say.invalidCode(last), call.args.length - 1);
}

/** ngx_http_index_set_index */
export function index(call: Call): void {
  for (const [arg, name] of call.args.entries()) {
    if (name.startsWith('/') && arg !== call.args.length - 1) call.warn(say.onlyLastIndexAbsolute, arg);
    if (name === '') return call.fail(say.invalidIndex(call.arg(0)), arg);
    if (!variablesIn(call, name, arg)) return;
  }
}

/** ngx_http_mirror */
export function mirror(call: Call): void {
  const known = call.frame.own<string>('mirror');
  const [uri = ''] = call.args;
  if (known === 'off' || (uri === 'off' && known !== undefined)) return call.duplicate();
  call.frame.fields.set('mirror', uri);
}

/** ngx_http_auth_request_set */
export function authRequestSet(call: Call): void {
  const [name = '', value = ''] = call.args;
  if (!name.startsWith('$')) return call.fail(say.invalidVariable(name), 0, 'undefined-variable');
  if (!addVariable(call, name.slice(1), 0)) return;
  useVariable(call, name.slice(1), 0);
  variablesIn(call, value, 1);
}

/** ngx_http_userid_expires */
export function useridExpires(call: Call): void {
  const [word = ''] = call.args;
  if (!call.set(word)) return;
  if (word !== 'max' && word !== 'off' && parseTime(word, 's') === undefined) call.refuse('invalid value', 0);
}

/** ngx_http_userid_mark */
export function useridMark(call: Call): void {
  if (call.frame.fields.has('userid_mark')) return call.duplicate();
  const [word = ''] = call.args;
  if (word !== 'off' && !/^[0-9A-Za-z=]$/.test(word))
    return call.refuse('value must be "off" or a single letter, digit or "="', 0);
  if (word !== 'off') call.set(word);
  else call.set(word);
}

const browsers = ['msie', 'gecko', 'opera', 'safari', 'konqueror'];

/** ngx_http_modern_browser */
export function modernBrowser(call: Call): void {
  const [name = '', version] = call.args;
  if (version === undefined) return;
  if (!browsers.includes(name.toLowerCase())) return call.fail(say.unknownBrowser(name), 0);
  if (!/^[\d.]*$/.test(version)) call.fail(say.invalidBrowserVersion(version), 1);
}

/** ngx_http_degradation */
export function degradation(call: Call): void {
  const [word = ''] = call.args;
  if (!word.startsWith('sbrk=')) return call.fail(say.invalidParameter(word), 0);
  if (parseSize(word.slice('sbrk='.length)) === undefined) call.fail(say.invalidSbrkSize(word), 0);
}

/** ngx_http_perl */
export function perl(call: Call): void {
  if (!call.frame.fields.has(call.name)) call.set(call.arg(0));
  else call.fail(say.duplicatePerlHandler(call.arg(0)), 0, 'duplicate-directive');
}

/** ngx_http_sub_filter */
export function subFilter(call: Call): void {
  if (call.arg(0) === '') return call.fail(say.emptySearchPattern, 0);
  if (!variablesIn(call, call.arg(0), 0) || !variablesIn(call, call.arg(1), 1)) return;
  const patterns = (call.frame.own<number>(call.name) ?? 0) + 1;
  call.frame.fields.set(call.name, patterns);
  if (patterns > 255) call.fail(say.tooManyPatterns, 0);
}

/** ngx_http_secure_link, ngx_http_secure_link_md5 and ngx_http_secure_link_secret share a block. */
export function charset(call: Call): void {
  if (call.set(call.arg(0)) && call.arg(0).includes('$')) useVariable(call, call.arg(0).slice(1), 0);
}

/** ngx_http_core_resolver, ngx_stream_core_resolver: ngx_resolver_create */
export function resolver(call: Call): void {
  if (!call.set(call.args)) return;
  let servers = 0;
  for (const [arg, word] of call.args.entries()) {
    const error = resolverOption(call, word);
    if (typeof error === 'string') return call.fail(error, arg, ruleForError(error));
    if (error) servers++;
  }
  if (servers === 0) return call.fail(say.noNameServers);
  if (call.args.includes('ipv4=off') && call.args.includes('ipv6=off')) call.fail(say.bothFamiliesOff);
}

/** What is wrong with an argument; true when it is a server's address, false when it is an option. */
function resolverOption(call: Call, word: string): string | boolean {
  if (word.startsWith('valid=')) return parseTime(word.slice(6), 's') === undefined && say.invalidResolverParameter(word);
  if (word.startsWith('ipv6=') || (word.startsWith('ipv4=') && call.since('1.23.1'))) {
    return !/=(on|off)$/.test(word) && say.invalidResolverParameter(word);
  }
  if (word.startsWith('status_zone=') && call.run.target.flavor === 'plus') return false;
  const { err, addresses, host } = resolved(call.run, parseUrl(word, { defaultPort: 53 }));
  if (err !== undefined) return say.inResolver(err, word);
  return addresses === undefined && host.includes('=') ? say.inResolver('host not found', word) : true;
}

/** ngx_http_image_filter */
export function imageFilter(call: Call): void {
  const [kind = '', first, second] = call.args;
  const kinds = [['off', 'test', 'size'], ['rotate'], ['resize', 'crop']][call.args.length - 1] ?? [];
  if (!kinds.includes(kind)) return call.fail(say.invalidParameter(kind), 0);
  for (const [index, value] of [first, second].entries()) {
    if (value === undefined || !variablesIn(call, value, index + 1) || value.includes('$')) continue;
    const number = parseNumber(value) ?? 0;
    const isBad = kind === 'rotate' ? ![90, 180, 270].includes(number) : number === 0 && value !== '-';
    if (isBad) return call.fail(say.invalidParameter(value), index + 1);
  }
}

/** ngx_http_file_cache_valid_set_slot */
export function cacheValid(call: Call): void {
  const { args } = call;
  const last = args.length - 1;
  if (parseTime(call.arg(last), 's') === undefined) return call.fail(say.invalidTimeValue(call.arg(last)), last);
  for (const [arg, word] of args.slice(0, -1).entries()) {
    const status = parseNumber(word) ?? 0;
    if (word !== 'any' && (status < 100 || status > 599)) return call.fail(say.invalidStatus(word), arg);
  }
}

const powers = (from: number, to: number): number[] =>
  Array.from({ length: Math.log2(to / from) + 1 }, (_, power) => from * 2 ** power);

/** ngx_http_gzip_window, ngx_http_gzip_hash */
export function gzipSize(call: Call, parse: (text: string) => number | undefined): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  const size = parse(call.arg(0));
  if (size === undefined) return call.refuse('invalid value', 0);
  call.set(size);
  const isWindow = call.name === 'gzip_window';
  if (powers(512, isWindow ? 32768 : 131072).includes(size)) return;
  call.refuse(isWindow ? 'must be 512, 1k, 2k, 4k, 8k, 16k, or 32k' : 'must be 512, 1k, 2k, 4k, 8k, 16k, 32k, 64k, or 128k', 0);
}

/** ngx_conf_set_access_slot */
export function access(call: Call): void {
  if (!call.set(call.args)) return;
  for (const [arg, word] of call.args.entries()) {
    if (!/^(user|group|all):(r|w|rw)$/.test(word)) return call.fail(say.invalidValue(word), arg);
  }
}

/** ngx_http_upstream_bind_set_slot */
export function bind(call: Call): void {
  if (!call.set(call.args)) return;
  const [address = '', flag] = call.args;
  if (address === 'off' && flag === undefined) return;
  if (!variablesIn(call, address, 0)) return;
  if (!address.includes('$') && !isAddress(address)) return call.fail(say.invalidAddress(address), 0);
  if (flag !== undefined && flag !== 'transparent') call.fail(say.invalidParameter(flag), 1);
}

/** ngx_parse_addr_port */
function isAddress(text: string): boolean {
  if (parseCidr(text) && !text.includes('/')) return true;
  const { addresses, err, host } = parseUrl(text, {});
  return err === undefined && addresses !== undefined && /^(\d+\.){3}\d+$|^\[/.test(host);
}

/** ngx_http_upstream_param_set_slot */
export function param(call: Call): void {
  keyval(call);
  const [, , flag] = call.args;
  if (flag !== undefined && flag !== 'if_not_empty') call.fail(say.invalidParameter(flag), 2);
}
