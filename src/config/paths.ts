/** The directory part of a path with its slash: `conf/` of `conf/nginx.conf`, empty where there is none. */
export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The last name of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A file name as nginx completes it (ngx_get_full_name): relative ones are appended to `prefix`, which ends in `/`. */
export function fullName(prefix: string, path: string): string {
  return plain(path.startsWith('/') ? path : prefix + path);
}

/** One spelling for one path: no doubled slashes, no `./`. `..` stays, since symbolic links give it a meaning. */
export function plain(path: string): string {
  const short = path.replace(/\/{2,}/g, '/').replace(/(^|\/)(?:\.\/)+/g, '$1');
  return short === '' ? path : short;
}
