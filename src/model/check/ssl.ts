import type { ConfigDirective } from '../../config/config-tree.ts';
import * as say from '../../diagnostics/nginx-messages.ts';
import { parseNumber } from '../../schema/values/number.ts';
import { parseSize } from '../../schema/values/size.ts';
import { parseTime } from '../../schema/values/time.ts';
import type { Frame } from './frame.ts';
import { checkServerFiles, checkUpstreamFiles } from './host-certificates.ts';
import type { Call, Run } from './run.ts';
import { add, flag } from './slots.ts';
import { addZone } from './zones.ts';

/** ngx_http_ssl_session_cache, ngx_stream_ssl_session_cache, ngx_mail_ssl_session_cache */
export function sessionCache(call: Call): void {
  for (const [arg, word] of call.args.entries()) {
    if (['off', 'none', 'builtin'].includes(word)) continue;
    if (/^builtin:./s.test(word) && parseNumber(word.slice(8)) !== undefined) continue;
    if (!sharedCache(call, word, arg, say.invalidSessionCache, say.sessionCacheTooSmall)) return;
  }
}

function sharedCache(
  call: Call,
  word: string,
  arg: number,
  invalid: (word: string) => string,
  small: (word: string) => string,
  tag = '',
): boolean {
  const [, name = '', sizeText = ''] = /^shared:([^:]+)(?::(.*))?$/s.exec(word) ?? [];
  const size = parseSize(sizeText);
  if (name === '' || size === undefined) {
    call.fail(invalid(word), arg);
    return false;
  }
  if (size < 8 * 4096) {
    call.fail(small(word), arg, 'zone-too-small');
    return false;
  }
  return addZone(call, name, size, call.entry.module.name + tag, arg) !== undefined;
}

/** ngx_http_ssl_ocsp_cache */
export function ocspCache(call: Call): void {
  if (!call.set(call.arg(0)) || call.arg(0) === 'off') return;
  sharedCache(call, call.arg(0), 0, say.invalidOcspCache, say.ocspCacheTooSmall, ' ocsp');
}

/** ngx_conf_set_str_array_slot */
export function listed(call: Call): void {
  add(call, call.arg(0));
}

/** ngx_http_ssl_enable; the file and line are named later. */
export function enable(call: Call): void {
  if (call.since('1.15.0') && !call.frame.fields.has('ssl')) {
    flag(call);
    if (call.frame.fields.has('ssl')) call.warn(say.deprecatedUse('ssl', 'listen ... ssl'), undefined, 'deprecated-ssl-on');
  } else flag(call);
  call.frame.fields.set('ssl place', { file: call.directive.source.name, line: call.line, directive: call.directive });
}

/** ngx_http_ssl_certificate_cache and its like */
export function certificateCache(call: Call): void {
  if (call.frame.fields.has(call.name)) return call.duplicate();
  let [max, isOff] = [0, false];
  for (const [arg, word] of call.args.entries()) {
    const [, key = '', value = ''] = /^(max|inactive|valid)=(.*)$/s.exec(word) ?? [];
    if (key === 'max') max = parseNumber(value) ?? 0;
    const isGood = key === 'max' ? max > 0 : key === '' ? word === 'off' : parseTime(value, 's') !== undefined;
    if (!isGood) return call.fail(say.invalidParameter(word), arg);
    isOff ||= word === 'off';
  }
  call.set(call.args);
  if (!isOff && max === 0) call.fail(say.mustHaveMax(call.name));
}

/** ngx_http_ssl_merge_srv_conf */
export function checkServerSsl(run: Run, server: Frame): void {
  const certificates = server.inherited<string[]>('ssl_certificate');
  const keys = server.inherited<string[]>('ssl_certificate_key') ?? [];
  const rejects = server.inherited<boolean>('ssl_reject_handshake') ?? false;
  const place = server.inherited<{ file: string; line: number; directive: ConfigDirective }>('ssl place');
  const isOn = server.inherited<boolean>('ssl') === true && place !== undefined;
  const rule = 'ssl-certificate-missing';
  const log = (nginx: string, directive?: ConfigDirective): void =>
    run.log('emerg', nginx, { directive: directive ?? server.directive ?? undefined, nowhere: true, rule });
  if (isOn && certificates) {
    if (keys.length === 0) return log(say.noKeyForSsl(place.file, place.line), place.directive);
    if (keys.length < certificates.length)
      return log(say.noKeyForCertificateAndSsl(certificates.at(-1) ?? '', place.file, place.line), place.directive);
  } else if (isOn && !rejects) return log(say.noCertificateForSsl(place.file, place.line), place.directive);
  else if (certificates && keys.length < certificates.length) return log(say.noKeyForCertificate(certificates.at(-1) ?? ''));
  if (!certificates && !rejects && !isOn) return;
  checkServerFiles(run, server);
  checkVerification(run, server);
  if (server.inherited<boolean>('ssl_stapling') === true && server.inherited<boolean>('ssl_certificate_compression') === true) {
    run.log('emerg', say.staplingIncompatible, { directive: server.directive ?? undefined, nowhere: true });
  }
}

function checkVerification(run: Run, server: Frame): void {
  const verify = server.inherited<string>('ssl_verify_client') ?? 'off';
  const hasTrusted = server.inherited('ssl_client_certificate') !== undefined;
  const accepts = hasTrusted || (server.inherited('ssl_trusted_certificate') !== undefined && run.since('1.25.4'));
  if (verify !== 'off' && verify !== 'optional_no_ca' && !accepts) {
    const nginx = run.since('1.25.4') ? say.noClientCertificateOrTrusted : say.noClientCertificate;
    return run.log('emerg', nginx, {
      directive: server.directive ?? undefined,
      nowhere: true,
      rule: 'ssl-verify-client-without-ca',
    });
  }
  if ((server.inherited<string>('ssl_ocsp') ?? 'off') !== 'off' && verify === 'optional_no_ca') {
    run.log('emerg', say.ocspIncompatible, { directive: server.directive ?? undefined, nowhere: true });
  }
}

/** ngx_http_proxy_set_ssl: what an https upstream needs. */
export function proxySslVerify(run: Run, prefix: string, frame: Frame): void {
  const certificate = frame.inherited<string>(`${prefix}_ssl_certificate`);
  if (certificate && frame.inherited(`${prefix}_ssl_certificate_key`) === undefined) {
    run.log('emerg', say.noProxyKey(prefix, certificate), {
      directive: frame.directive ?? undefined,
      nowhere: true,
      rule: 'ssl-certificate-missing',
    });
  } else checkUpstreamFiles(run, frame, prefix);
  if (
    frame.inherited<boolean>(`${prefix}_ssl_verify`) !== true ||
    frame.inherited(`${prefix}_ssl_trusted_certificate`) !== undefined
  )
    return;
  run.log('emerg', say.noTrustedCertificate(prefix), {
    directive: frame.directive ?? undefined,
    nowhere: true,
    rule: 'ssl-verify-client-without-ca',
  });
}
