import { type SourceText, sourceText } from '../../base/source-text.ts';
import { baseName } from '../paths.ts';
import { koiUtf, koiWin, winUtf } from './charset-maps.ts';
import { fastcgiConf, fastcgiParams, proxyParams, scgiParams, uwsgiParams } from './gateway-params.ts';
import { mimeTypes } from './mime-types.ts';

const texts: ReadonlyMap<string, () => string> = new Map([
  ['mime.types', mimeTypes],
  ['fastcgi_params', fastcgiParams],
  ['fastcgi.conf', fastcgiConf],
  ['uwsgi_params', uwsgiParams],
  ['scgi_params', scgiParams],
  ['proxy_params', proxyParams],
  ['koi-utf', koiUtf],
  ['koi-win', koiWin],
  ['win-utf', winUtf],
]);

const sources = new Map<string, SourceText>();

/** Our own copy of a file that comes with nginx, known by its last name; undefined for all others. */
export function bundledSource(path: string): SourceText | undefined {
  const name = baseName(path);
  const text = texts.get(name);
  if (!text) return undefined;
  let source = sources.get(name);
  if (!source) sources.set(name, (source = sourceText(`<nginxlint>/${name}`, text())));
  return source;
}

/** True for a copy of ours: nobody can edit it, so nothing is reported in it. */
export function isBundled(source: SourceText): boolean {
  return sources.get(baseName(source.name)) === source;
}
