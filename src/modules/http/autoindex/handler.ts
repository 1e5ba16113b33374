import { type Files, failed } from '../../../host/host.ts';
import { handle, type Verdict } from '../../../runtime/hooks.ts';
import { filePath } from '../../../runtime/http/file-path.ts';
import { openDirectoryFailed } from '../../../runtime/http/open-failed.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { systemErrorText } from '../../../runtime/http/system-error-text.ts';
import { argument } from '../../../runtime/http/variables.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { httpAutoindex } from './directives.ts';
import { byKindAndName, type Entry, htmlOf, jsonOf, xmlOf } from './listing.ts';

type Settings = ValuesOf<typeof httpAutoindex.settings>;

const types = {
  html: 'text/html',
  json: 'application/json',
  jsonp: 'application/javascript',
  xml: 'text/xml; charset=utf-8',
} as const;

/** `autoindex`: what a directory without an index holds. */
export const autoindexHandler = handle(httpAutoindex, {
  content(settings, at) {
    if (!settings.enabled) return undefined;
    const { files } = at.host;
    return (r) => listDirectory(r as RequestState, settings, files);
  },
});

// ngx_http_autoindex_handler
function listDirectory(r: RequestState, settings: Settings, files: Files): Verdict {
  if (!r.uri.endsWith('/') || (r.method !== 'GET' && r.method !== 'HEAD')) return 'declined';
  const path = filePath(r).replace(/(.)\/$/, '$1');
  const callback = settings.format === 'jsonp' ? (argument(r.args, 'callback') ?? '') : '';
  if (!isCallback(r, callback)) return 400;
  const format = settings.format === 'jsonp' && callback === '' ? 'json' : settings.format;
  const names = files.list(path);
  if (failed(names)) return openDirectoryFailed(r, path, names);
  r.status = 200;
  r.headersOut.contentType = types[format];
  if (!r.sendHeader() || r.done || r.finished) return 'done';
  if (r.headerOnly) return 'ok';
  const entries = entriesOf(r, files, path, names);
  if (!entries) return -1;
  entries.sort(byKindAndName);
  r.write(Buffer.from(printed(r, entries, { ...settings, format }, callback), 'latin1'));
  return 'ok';
}

function printed(r: RequestState, entries: readonly Entry[], settings: Settings, callback: string): string {
  if (settings.format === 'xml') return xmlOf(entries);
  if (settings.format !== 'html') return jsonOf(entries, callback);
  const isUtf8 = /; charset=utf-8$/i.test(r.headersOut.contentType);
  // The offset in force now, whenever the file was changed: as nginx has it.
  const offset = settings.localTime ? -60 * new Date(r.connection.engine.host.clock.now()).getTimezoneOffset() : 0;
  return htmlOf(r.uri, entries, { exactSize: settings.exactSize, offset, isUtf8 });
}

/** What is there but for hidden names; null when something of it cannot be looked at. */
function entriesOf(r: RequestState, files: Files, path: string, names: readonly string[]): Entry[] | null {
  const entries: Entry[] = [];
  for (const name of names) {
    if (name.startsWith('.')) continue;
    const at = `${path}/${name}`;
    let stat = files.stat(at);
    if (failed(stat) && (stat.errno === 'ENOENT' || stat.errno === 'ELOOP')) stat = files.statLink(at);
    if (!failed(stat)) {
      entries.push({ name, ...stat });
      continue;
    }
    r.log('crit', `stat() "${at}" failed (${systemErrorText(stat)})`);
    if (stat.errno !== 'EACCES') return null;
  }
  return entries;
}

// ngx_http_autoindex_jsonp_callback
function isCallback(r: RequestState, callback: string): boolean {
  if (callback.length > 128) r.log('info', `client sent too long callback name: "${callback}"`);
  else if (/^[A-Za-z0-9_.]*$/.test(callback)) return true;
  else r.log('info', `client sent invalid callback name: "${callback}"`);
  return false;
}
