import { failed } from '../../../host/host.ts';
import { handle, type PhaseHandler, type PlanContext, type Script } from '../../../runtime/hooks.ts';
import { escapeJson } from '../../../runtime/http/escape.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { isDynamic, partsOf } from '../../../schema/values/script.ts';
import { readSyslog, whyNoSyslog } from '../../../schema/values/syslog.ts';
import { httpLog } from './directives.ts';
import { LineBuffer } from './line-buffer.ts';
import { type AccessLog, combined, type LogBuffering, type LogFormat } from './settings.ts';

/** Writes one line for a request. */
type Writer = (r: RequestState) => void;

/** `access_log` and `log_format`. */
export const logHandler = handle(httpLog, {
  log({ logs, formats }, at) {
    if (logs.some(({ path }) => path === '')) return undefined;
    const writers = logs.map((log) => planLog(log, formats, at)).filter((writer) => writer !== undefined);
    return writers.length === 0 ? undefined : logWith(writers);
  },
});

function logWith(writers: readonly Writer[]): PhaseHandler {
  return (r) => {
    for (const write of writers) write(r as RequestState);
    return 'ok';
  };
}

function planLog(log: AccessLog, formats: readonly LogFormat[], at: PlanContext): Writer | undefined {
  const write = planTarget(log, at);
  if (!write) return undefined;
  const format = formats.find((known) => known.name === log.format) ?? combined;
  const line = planLine(format, at);
  const wanted = log.condition === '' ? null : at.script(log.condition);
  return (r) => {
    if (wanted && isFalse(wanted(r))) return;
    write(r, line(r));
  };
}

/** Takes a line, without its end, to where it belongs; undefined when that cannot be done. */
function planTarget({ path, buffer }: AccessLog, at: PlanContext): ((r: RequestState, line: string) => void) | undefined {
  const syslog = readSyslog(path);
  if (syslog) {
    const why = whyNoSyslog(syslog, at.sendsSyslog);
    const use = at.scope.uses.find(({ directive }) => directive.name === 'access_log' && directive.args[0] === path);
    if (why && use) at.notRun(use.directive, why);
    return why ? undefined : (r, line) => r.connection.engine.logs.message(syslog, line);
  }
  if (isDynamic(path)) return planDynamic(path, at);
  if (!buffer) return (r, line) => r.connection.engine.logs.access(path, `${line}\n`);
  const lines = bufferOf(path, buffer, at);
  return (r, line) => lines.add(`${line}\n`, r.connection.engine.logs);
}

/** The same file has one buffer in the whole configuration. */
function bufferOf(path: string, how: LogBuffering, { model, host }: PlanContext): LineBuffer {
  let known = buffers.get(model);
  if (!known) buffers.set(model, (known = new Map()));
  let lines = known.get(path);
  if (!lines) known.set(path, (lines = new LineBuffer(path, how, host.clock)));
  return lines;
}

const buffers = new WeakMap<PlanContext['model'], Map<string, LineBuffer>>();

// ngx_http_log_script_write
function planDynamic(path: string, at: PlanContext): (r: RequestState, line: string) => void {
  const name = at.script(path);
  const { files } = at.host;
  return (r, line) => {
    const root = r.location.documentRoot(r);
    const stat = files.stat(root === '' ? '/' : root);
    if (failed(stat)) {
      r.log('error', `testing "${root}" existence failed (${systemErrorText(stat)})`);
      return;
    }
    if (stat.kind !== 'directory') {
      r.log('error', `testing "${root}" existence failed (${systemErrorText({ errno: 'ENOTDIR' })})`);
      return;
    }
    const file = at.fullName(name(r));
    const error = files.append(file, `${line}\n`);
    if (error) r.log('crit', `open() "${file}" failed (${systemErrorText(error)})`);
  };
}

function isFalse(value: string): boolean {
  return value === '' || value === '0';
}

/** A line as closures; a missing value shows as `-`, with escape=json and none as nothing. */
function planLine({ text, escape }: LogFormat, at: PlanContext): Script {
  const parts = partsOf(text);
  if (typeof parts === 'string') return at.script(text);
  const pieces = parts.map((part): Script => {
    if (part.kind === 'literal') return () => part.text;
    if (part.kind === 'capture') return at.script(`$${part.index}`);
    const value = at.variable(part.name);
    const { missing, write } = escapes[escape];
    return (r: Request) => {
      const found = value(r);
      return found === undefined ? missing : write(found);
    };
  });
  return (r) => {
    let line = '';
    for (const piece of pieces) line += piece(r);
    return line;
  };
}

// ngx_http_log_escape
const escapes: Readonly<Record<LogFormat['escape'], { readonly missing: string; readonly write: (value: string) => string }>> = {
  default: { missing: '-', write: (value) => (plain.test(value) ? value : value.replace(special, hex)) },
  json: { missing: '', write: escapeJson },
  none: { missing: '', write: (value) => value },
};

const plain = /^[^\x00-\x1f"\\\x7f-\xff]*$/;
const special = /[\x00-\x1f"\\\x7f-\xff]/g;

function hex(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
