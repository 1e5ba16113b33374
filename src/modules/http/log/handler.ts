import { handle, type PhaseHandler, type PlanContext, type Script } from '../../../runtime/hooks.ts';
import { escapeJson } from '../../../runtime/http/escape.ts';
import type { Request } from '../../../runtime/http/request.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { partsOf } from '../../../schema/values/script.ts';
import { httpLog } from './directives.ts';
import { type AccessLog, combined, type LogFormat } from './settings.ts';

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

function planLog(
  { path, format: name, condition }: AccessLog,
  formats: readonly LogFormat[],
  at: PlanContext,
): Writer | undefined {
  if (path.startsWith('syslog:') || path.includes('$')) {
    const use = at.scope.uses.find(({ directive }) => directive.name === 'access_log' && directive.args[0] === path);
    if (use)
      at.notRun(use.directive, path.includes('$') ? 'variables in the name of a log file are not run' : 'syslog is not spoken');
    return undefined;
  }
  const format = formats.find((known) => known.name === name) ?? combined;
  const line = planLine(format, at);
  const wanted = condition === '' ? null : at.script(condition);
  return (r) => {
    if (wanted && isFalse(wanted(r))) return;
    r.connection.engine.logs.access(path, `${line(r)}\n`);
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
