import { type Files, failed } from '../../../host/host.ts';
import { useIn } from '../../../model/scope.ts';
import { handle, type PlanContext, type Script, type Verdict } from '../../../runtime/hooks.ts';
import { listenerOf } from '../../../runtime/http/reporting.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { statFile } from '../../../runtime/http/stat-file.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { httpTryFiles } from './directives.ts';

interface Candidate {
  readonly name: Script;
  readonly directory: boolean;
}

/** Is told which paths are looked at. */
type Tell = (path: string, found: boolean) => void;

/** `try_files` */
export const tryFilesHandler = handle(httpTryFiles, {
  precontent({ files: lines }, at) {
    const [words] = lines;
    if (!words) return undefined;
    const candidates = words.slice(0, -1).map((word) => plan(word, at));
    const last = words.at(-1) ?? '';
    const code = /^=([0-9]+)$/.exec(last)?.[1];
    const fallback = at.script(last);
    const { files } = at.host;
    const line = useIn(at.scope, 'try_files')?.directive ?? null;
    return (request) => {
      const r = request as RequestState;
      const listener = listenerOf(r);
      const tell =
        listener && ((path: string, found: boolean) => listener({ type: 'try-file', id: r.id, at: line, path, found }));
      if (candidates.some((candidate) => take(r, candidate, files, tell))) return 'declined';
      if (tell) tell(code === undefined ? fallback(r) : last, true);
      return code === undefined ? leave(r, fallback(r)) : Number(code);
    };
  },
});

function plan(word: string, at: PlanContext): Candidate {
  const directory = word.endsWith('/');
  return { name: at.script(directory ? word.slice(0, -1) : word), directory };
}

/** True when the file is there; the URI becomes its name (ngx_http_try_files_handler). */
function take(r: RequestState, { name, directory }: Candidate, files: Files, tell: Tell | null): boolean {
  const { location } = r;
  const { alias } = location;
  const root = location.documentRoot(r);
  const text = name(r);
  const rest = alias > 0 && alias !== Infinity && text.startsWith(r.uri.slice(0, alias)) ? text.slice(alias) : text;
  const path = root + rest;
  const stat = statFile(r, files, path);
  if (failed(stat)) {
    if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(stat.errno))
      r.log('crit', `stat() "${path}" failed (${systemErrorText(stat)})`);
    if (tell) tell(path, false);
    return false;
  }
  const found = (stat.kind === 'directory') === directory;
  if (tell) tell(path, found);
  if (!found) return false;
  if (alias < 0) r.uri = rest;
  else if (alias !== Infinity) r.uri = r.uri.slice(0, alias) + rest;
  else if (!directory) {
    r.uri = rest;
    r.addUriToAlias = true;
  }
  return true;
}

function leave(r: RequestState, target: string): Verdict {
  const question = target.startsWith('@') ? -1 : target.indexOf('?');
  r.redirect(question < 0 ? target : target.slice(0, question), question < 0 ? '' : target.slice(question + 1));
  return 'done';
}
