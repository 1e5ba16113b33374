import { bytesOf } from '../../base/source-text.ts';
import { fullName } from '../../config/paths.ts';
import type { NginxOptions } from './nginx-options.ts';

const debianPrefix = '/etc/nginx/';

/** Where relative paths start, with its slash (ngx_process_options). Without `-p` it is where packages have nginx's files. */
export function prefixOf({ prefix = debianPrefix }: Pick<NginxOptions, 'prefix'>): string {
  const bytes = bytesOf(prefix);
  return bytes.endsWith('/') ? bytes : `${bytes}/`;
}

/** The configuration file's full path; without a prefix a relative one starts in the current directory. */
export function configurationOf(options: Pick<NginxOptions, 'prefix' | 'file'>, directory: string): string {
  const { file, prefix } = options;
  const start = `${bytesOf(directory)}/`;
  const around = prefix === undefined ? start : fullName(start, prefixOf(options));
  if (file === undefined) return prefix === undefined ? `${debianPrefix}nginx.conf` : `${around}conf/nginx.conf`;
  return fullName(around, bytesOf(file));
}
