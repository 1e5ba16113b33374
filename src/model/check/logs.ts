import * as say from '../../diagnostics/nginx-messages.ts';
import { parseUrl } from '../../schema/values/grammar/url.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseSize } from '../../schema/values/size.ts';
import { facilities, severities } from '../../schema/values/syslog.ts';
import { parseTime } from '../../schema/values/time.ts';
import { resolved, ruleForError } from './host-names.ts';
import { openLater } from './host-paths.ts';
import { likely } from './likely.ts';
import type { Call, Run } from './run.ts';
import { subsystemOf, useVariable, variablesIn } from './variables.ts';

/** Names in a log_format that are no variables of nginx's (ngx_http_log_vars). */
const ofLog = new Set([
  'pipe',
  'time_local',
  'time_iso8601',
  'msec',
  'request_time',
  'status',
  'bytes_sent',
  'body_bytes_sent',
  'request_length',
]);

function formatsOf(run: Run, subsystem: 'http' | 'stream'): Set<string> {
  return run.share(`${subsystem} log formats`, () => new Set(subsystem === 'http' ? ['combined'] : []));
}

/** ngx_http_log_set_format, ngx_stream_log_set_format */
export function logFormat(call: Call): void {
  const [name = '', ...rest] = call.args;
  const subsystem = subsystemOf(call);
  const formats = formatsOf(call.run, subsystem);
  if (formats.has(name)) return call.fail(say.duplicateLogFormat(name), 0, 'duplicate-directive');
  formats.add(name);
  for (const [index, part] of rest.entries()) {
    if (index === 0 && part.startsWith('escape=')) {
      if (!['json', 'none', 'default'].includes(part.slice(7))) return call.fail(say.unknownEscaping(part.slice(7)), 1);
    } else if (!formatPart(call, part, index + 1, subsystem)) return;
  }
}

/** ngx_http_log_compile_format */
function formatPart(call: Call, part: string, arg: number, subsystem: 'http' | 'stream'): boolean {
  for (let at = part.indexOf('$'); at >= 0; at = part.indexOf('$', at)) {
    const start = at++;
    const bracket = part.charAt(at) === '{';
    if (bracket) at++;
    const name = /^\w*/.exec(part.slice(at))?.[0] ?? '';
    const isCut = at >= part.length;
    at += name.length;
    if (!isCut && bracket && part.charAt(at) !== '}') {
      call.fail(say.missingClosingBracket(name), arg, 'undefined-variable');
      return false;
    }
    if (bracket) at++;
    if (isCut || name === '') {
      call.fail(say.invalidParameter(part.slice(start)), arg, 'undefined-variable');
      return false;
    }
    if (subsystem === 'stream' || !ofLog.has(name)) useVariable(call, name, arg);
  }
  return true;
}

/** ngx_http_log_set_log, ngx_stream_log_set_log */
export function accessLog(call: Call): void {
  const [path = '', named, ...words] = call.args;
  if (path === 'off') {
    if (named !== undefined) call.fail(say.invalidParameter(named), 1);
    return;
  }
  const isSyslog = path.startsWith('syslog:');
  if (isSyslog ? !syslog(call, path) : !variablesIn(call, path, 0)) return;
  if (!isSyslog && !path.includes('$')) openLater(call, path);
  const subsystem = subsystemOf(call);
  if (subsystem === 'stream' && named === undefined)
    return call.fail(say.logFormatNotSpecified, undefined, 'undefined-log-format');
  const format = named ?? 'combined';
  if (![...formatsOf(call.run, subsystem)].some((known) => known.toLowerCase() === format.toLowerCase())) {
    const near = likely(format, [...formatsOf(call.run, subsystem)]);
    return call.log('emerg', say.unknownLogFormat(format), {
      arg: named === undefined ? undefined : 1,
      rule: 'undefined-log-format',
      help: near === undefined ? 'define it with log_format, before this line' : `did you mean "${near}"?`,
    });
  }
  const options = logOptions(call, words);
  if (options) buffering(call, path, isSyslog, options);
}

interface LogOptions {
  size: number;
  flush: number;
  gzip: number;
}

function logOptions(call: Call, words: readonly string[]): LogOptions | undefined {
  const options: LogOptions = { size: 0, flush: 0, gzip: 0 };
  for (const [index, word] of words.entries()) {
    const error = logOption(call, word, index + 2, options);
    if (error === null) return undefined;
    if (error === undefined) continue;
    call.fail(error, index + 2);
    return undefined;
  }
  return options;
}

/** What is wrong with an option; undefined when nothing is, null when it has been said. */
function logOption(call: Call, word: string, arg: number, options: LogOptions): string | undefined | null {
  const [, name = '', value] = /^(buffer|flush|gzip|if)(?:=(.*))?$/s.exec(word) ?? [];
  if (name === 'gzip') {
    options.size ||= 65536;
    options.gzip = value === undefined ? 1 : (parseNumber(value) ?? 0);
    return options.gzip < 1 || options.gzip > 9 ? say.invalidCompressionLevel(value ?? '') : undefined;
  }
  if (name === '' || value === undefined) return say.invalidParameter(word);
  if (name === 'if') return variablesIn(call, value, arg) ? undefined : null;
  if (name === 'buffer') {
    options.size = parseSize(value) ?? 0;
    return options.size ? undefined : say.invalidBufferSize(value);
  }
  options.flush = parseTime(value) ?? 0;
  return options.flush ? undefined : say.invalidFlushTime(value);
}

function buffering(call: Call, path: string, isSyslog: boolean, { size, flush, gzip }: LogOptions): void {
  if (flush && !size) return call.fail(say.noBufferForLog(path));
  if (!size) return;
  if (path.includes('$')) return call.fail(say.bufferedLogVariables);
  if (isSyslog) return call.fail(say.syslogNotBuffered);
  const known = call.run.share('buffered logs', () => new Map<string, string>());
  const options = `${size} ${flush} ${gzip}`;
  const before = known.get(path);
  if (before !== undefined && before !== options) return call.fail(say.conflictingLog(path), 0, 'duplicate-directive');
  known.set(path, options);
}

/** ngx_syslog_process_conf */
export function syslog(call: Call, word: string): boolean {
  const seen = new Set<string>();
  for (const part of word.slice('syslog:'.length).split(',')) {
    const error = syslogPart(call.run, part, seen);
    if (error === undefined) continue;
    call.fail(error, 0, ruleForError(error));
    return false;
  }
  if (seen.has('server')) return true;
  call.fail(say.noSyslogServer, 0);
  return false;
}

function syslogPart(run: Run, part: string, seen: Set<string>): string | undefined {
  if (part === 'nohostname') return undefined;
  const [, name = '', value = ''] = /^(server|facility|severity|tag)=(.*)$/s.exec(part) ?? [];
  if (name === '') return say.unknownSyslogParameter(part);
  if (seen.has(name)) return say.duplicateSyslog(name);
  seen.add(name);
  if (name === 'server') {
    const { err } = resolved(run, parseUrl(value, { defaultPort: 514 }));
    return err === undefined ? undefined : say.inSyslogServer(err, value);
  }
  if (name === 'facility') return facilities.includes(value) ? undefined : say.unknownSyslogFacility(value);
  if (name === 'severity') return severities.includes(value) ? undefined : say.unknownSyslogSeverity(value);
  if (value.length > 32) return say.syslogTagTooLong;
  return /^\w*$/.test(value) ? undefined : say.syslogTagSymbols;
}

const debugLevels = ['debug_core', 'debug_alloc', 'debug_mutex', 'debug_event', 'debug_http', 'debug_mail', 'debug_stream'];

/** ngx_log_set_log */
export function errorLog(call: Call): void {
  const [path = '', ...words] = call.args;
  if (path.startsWith('syslog:') && !syslog(call, path)) return;
  if (path.startsWith('memory:')) {
    const size = parseSize(path.slice(7));
    if (size === undefined || size < 2200) return call.fail(say.invalidBufferSize(path.slice(7)), 0);
  }
  if (!/^(?:stderr$|syslog:|memory:)/.test(path)) openLater(call, path);
  let level = '';
  for (const [index, word] of words.entries()) {
    if (severities.includes(word)) {
      if (level !== '') return call.fail(say.duplicateLogLevel(word), index + 1);
      level = word;
    } else if (debugLevels.includes(word)) {
      if (severities.includes(level)) return call.fail(say.invalidLogLevel(word), index + 1);
      level = word;
    } else return call.fail(say.invalidLogLevel(word), index + 1);
  }
}
