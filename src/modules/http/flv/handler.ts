import type { Files } from '../../../host/host.ts';
import { handle, type Verdict } from '../../../runtime/hooks.ts';
import type { RequestState } from '../../../runtime/http/request-state.ts';
import { namedFile, sendFile } from '../../../runtime/http/send-file.ts';
import { argument } from '../../../runtime/http/variables.ts';
import { httpFlv } from './directives.ts';

/** What stands at the beginning of each FLV file: signature, version, sound and pictures, its own length, no tag before. */
const head = Buffer.from('FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00', 'latin1');
const nothing = Buffer.alloc(0);

/** `flv`: a film from the byte that `start` names, made whole with a head of its own. */
export const flvHandler = handle(httpFlv, {
  handler({ enabled }, at) {
    return enabled ? (r) => sendFilm(r as RequestState, at.host.files) : undefined;
  },
});

// ngx_http_flv_handler
function sendFilm(r: RequestState, files: Files): Verdict {
  const film = namedFile(r, files);
  if (typeof film !== 'object') return film;
  const text = argument(r.args, 'start') ?? '';
  const asked = /^[0-9]+$/.test(text) ? Number(text) : 0;
  const start = asked < film.stat.size ? asked : 0;
  return sendFile(r, files, { ...film, start, before: start > 0 ? head : nothing });
}
