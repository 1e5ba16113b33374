import * as say from '../../diagnostics/nginx-messages.ts';
import { http } from '../../schema/contexts.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseOffset } from '../../schema/values/size.ts';
import { parseTime } from '../../schema/values/time.ts';
import { useThreadPool } from './core-modules.ts';
import type { Frame } from './frame.ts';
import { finishHttp } from './http-finish.ts';
import { locationOf } from './http-location.ts';
import { regex } from './regex.ts';
import type { Call } from './run.ts';
import { measured } from './slots.ts';
import { variablesIn } from './variables.ts';

/** ngx_http_block */
export function httpBlock(call: Call): void {
  if (!call.set(true)) return;
  const inside = call.enter(http);
  finishHttp(call.run, inside);
}

/** ngx_http_core_root */
export function root(call: Call): void {
  const earlier = call.frame.own<string>('root or alias');
  if (earlier === call.name) return call.duplicate();
  if (earlier !== undefined) return call.fail(say.duplicateAfter(call.name, earlier), undefined, 'root-alias-conflict');
  if (call.name === 'alias' && locationOf(call.frame)?.kind === 'named' && call.frame.own('location itself')) {
    return call.fail(say.aliasInNamedLocation, undefined, 'root-alias-conflict');
  }
  const value = call.arg(0);
  for (const variable of ['document_root', 'realpath_root']) {
    if (value.includes(`$${variable}`) || value.includes(`\${${variable}}`))
      return call.fail(say.rootVariableIn(variable, call.name), 0);
  }
  call.frame.fields.set('root or alias', call.name);
  variablesIn(call, value, 0);
}

/** ngx_http_core_error_page */
export function errorPage(call: Call): void {
  const rule = 'error-page-or-return-invalid';
  const { args } = call;
  const before = args.length - 2;
  const response = args[before] ?? '';
  const hasResponse = response.startsWith('=');
  if (hasResponse && (before === 0 || (response.length > 1 && parseNumber(response.slice(1)) === undefined))) {
    return call.fail(say.invalidValue(response), before, rule);
  }
  if (!variablesIn(call, args.at(-1) ?? '', args.length - 1)) return;
  for (const [index, code] of args.slice(0, args.length - (hasResponse ? 2 : 1)).entries()) {
    const status = parseNumber(code);
    if (status === undefined || status === 499) return call.fail(say.invalidValue(code), index, rule);
    if (status < 300 || status > 599) return call.fail(say.statusNotBetween(code), index, rule);
  }
}

/** ngx_http_core_open_file_cache, ngx_http_log_open_file_cache */
export function openFileCache(call: Call): void {
  const { name, args } = call;
  if (call.frame.fields.has(name)) return call.duplicate();
  const isLog = name === 'open_log_file_cache';
  let [max, isOff] = [0, false];
  for (const [index, word] of args.entries()) {
    const [, key = '', value = ''] = /^(max|inactive|min_uses|valid)=(.*)$/s.exec(word) ?? [];
    let isBad = true;
    if (key === 'max') isBad = !((max = parseNumber(value) ?? 0) > 0);
    else if (key === 'inactive' || (isLog && key === 'valid')) isBad = parseTime(value, 's') === undefined;
    else if (isLog && key === 'min_uses') isBad = !parseNumber(value);
    else if (word === 'off') [isOff, isBad] = [true, false];
    if (isBad) return call.fail(say.invalidParameterOf(name, word), index);
  }
  call.set(args);
  if (!isOff && max === 0) call.fail(isLog ? say.logCacheMustHaveMax : say.mustHaveMax(name));
}

/** ngx_http_core_keepalive */
export function keepaliveTimeout(call: Call): void {
  measured(call, (word) => parseTime(word));
  if (call.args.length === 2 && parseTime(call.arg(1), 's') === undefined && parseTime(call.arg(0)) !== undefined)
    call.refuse('invalid value', 1);
}

/** ngx_http_core_directio */
export function directio(call: Call): void {
  measured(call, (word) => (word === 'off' ? 0 : parseOffset(word)));
}

/** ngx_http_core_set_aio */
export function aio(call: Call): void {
  if (call.frame.fields.has('aio')) return call.duplicate();
  const [word = ''] = call.args;
  if (word === 'on' && call.run.target.modules && !call.run.target.modules.has('file-aio')) {
    return call.fail(say.unsupportedHere('aio on'), 0);
  }
  const [, pool] = /^threads(?:=(.*))?$/s.exec(word) ?? [];
  if (word !== 'off' && word !== 'on' && !/^threads(=|$)/.test(word)) return call.refuse('invalid value', 0);
  call.set(word);
  if (pool !== undefined && (!variablesIn(call, pool, 0) || pool.includes('$'))) return;
  if (word.startsWith('threads')) useThreadPool(call, pool ?? 'default');
}

/** ngx_http_gzip_disable */
export function gzipDisable(call: Call): void {
  for (const [index, pattern] of call.args.entries()) {
    if (pattern !== 'msie6' && !regex(call, pattern, index, 'plain')) return;
  }
}

/** ngx_http_disable_symlinks */
export function disableSymlinks(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  let mode: string | undefined;
  let from = false;
  for (const [index, value] of call.args.entries()) {
    if (['off', 'if_not_owner', 'on'].includes(value)) mode = value;
    else if (value.startsWith('from=')) {
      from = true;
      if (!variablesIn(call, value.slice(5), index)) return;
    } else return call.fail(say.invalidParameter(value), index);
  }
  if (mode === undefined) return call.fail(say.symlinksMustHave(call.name));
  call.set(mode);
  if (call.args.length === 1) return;
  if (!from) return call.fail(say.duplicateParameters(call.arg(0), call.arg(1)));
  if (mode === 'off') call.fail(say.fromWithOff);
}

/** ngx_http_core_pool_size */
export function poolSize(call: Call, parse: (text: string) => number | undefined): void {
  measured(call, parse);
  const size = call.frame.own<number>(call.name);
  if (size === undefined) return;
  if (size < 112) return call.fail(say.poolSizeTooSmall(112), 0);
  if (size % 16) call.fail(say.poolSizeNotMultiple(16), 0);
}

/** ngx_http_core_types */
export function types(call: Call): void {
  const known = typesOf(call.frame);
  call.lines(([type = '', ...extensions], at) => {
    if (type === 'include') {
      if (extensions.length !== 1)
        call.run.log('emerg', say.invalidNumberOfArguments('include'), { directive: at, rule: 'invalid-argument-count' });
      return;
    }
    for (const [arg, extension] of extensions.entries()) {
      const lower = extension.toLowerCase();
      const before = known.get(lower);
      if (before !== undefined)
        call.run.log('warn', say.duplicateExtension(extension, type, before), {
          directive: at,
          arg,
          rule: 'duplicate-directive',
        });
      known.set(lower, type);
    }
  });
}

function typesOf(frame: Frame): Map<string, string> {
  const known = frame.own<Map<string, string>>('types') ?? new Map<string, string>();
  frame.fields.set('types', known);
  return known;
}

/** ngx_http_types_slot; every list but `charset_types` and `image` ones begins with text/html. */
export function mimeTypes(call: Call): void {
  const known = call.frame.own<Set<string>>(call.name) ?? new Set(call.name === 'xslt_types' ? ['text/xml'] : ['text/html']);
  if (known.has('*')) return;
  call.frame.fields.set(call.name, known);
  for (const [index, type] of call.args.entries()) {
    if (type === '*') {
      known.add('*');
      return;
    }
    if (known.has(type.toLowerCase())) call.warn(say.duplicateMimeType(type.toLowerCase()), index, 'duplicate-directive');
    known.add(type.toLowerCase());
  }
}
