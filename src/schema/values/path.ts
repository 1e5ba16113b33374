/** Where temporary files are. */
export interface TempPath {
  readonly path: string;
  /** How many digits of a file's number name each directory below the path. */
  readonly levels: readonly number[];
}

/** Reads `client_body_temp_path`, `proxy_temp_path` and their like (ngx_conf_set_path_slot). */
export function readTempPath([path = '', ...levels]: readonly string[]): TempPath {
  return { path, levels: levels.map(Number) };
}
