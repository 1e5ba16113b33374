import type { Files } from '../../../host/host.ts';
import { handle, type Verdict } from '../../../runtime/hooks.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { namedFile, sendFile } from '../../../runtime/http/send-file.ts';
import { argument } from '../../../runtime/http/variables.ts';
import type { ValuesOf } from '../../../schema/module.ts';
import { cutFile } from './cut-file.ts';
import { httpMp4 } from './directives.ts';
import type { Section } from './times.ts';

type Mp4Settings = ValuesOf<(typeof httpMp4)['settings']>;

const nothing = Buffer.alloc(0);

/** `mp4`: a film, or the section of it from `start` to `end`, in seconds. */
export const mp4Handler = handle(httpMp4, {
  handler: (settings, at) => (settings.enabled ? (r) => sendMp4(r as RequestState, settings, at.host.files) : undefined),
});

// ngx_http_mp4_handler
function sendMp4(r: RequestState, settings: Mp4Settings, files: Files): Verdict {
  const film = namedFile(r, files);
  if (typeof film !== 'object') return film;
  const section = sectionOf(r.args);
  if (!section) return sendFile(r, files, { ...film, start: 0, before: nothing });
  r.singleRange = true;
  const cut = cutFile(files, film.path, film.stat.size, section, settings);
  if (cut === null) return sendFile(r, files, { ...film, start: 0, before: nothing });
  if (!('problem' in cut)) return sendFile(r, files, { ...film, ...cut });
  r.log('error', cut.problem);
  return 500;
}

/** What `start` and `end` say; null when the whole film is asked for. */
function sectionOf(args: string): Section | null {
  const start = milliseconds(argument(args, 'start'));
  const end = milliseconds(argument(args, 'end'));
  if (start < 0 && end <= 0) return null;
  const from = Math.max(0, start);
  return { start: from, length: end > from ? end - from : 0 };
}

/** Seconds with any number of digits behind a dot; -1 for anything else (ngx_http_mp4_atofp). */
function milliseconds(text = ''): number {
  const [whole, seconds = '', fraction = ''] = /^(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (!whole) return -1;
  const value = Number(seconds + fraction.slice(0, 3).padEnd(3, '0'));
  return value <= Number.MAX_SAFE_INTEGER ? value : -1;
}
