import { type Files, failed, type SystemError } from '../../host/host.ts';

/** A path for a name in directories that are named by its last characters (ngx_create_hashed_filename). */
export function hashedName(base: string, levels: readonly number[], name: string): string {
  let end = name.length;
  let path = base;
  for (const level of levels) {
    path += `/${name.slice(end - level, end)}`;
    end -= level;
  }
  return `${path}/${name}`;
}

/** The path of a numbered temporary file: ten digits. */
export function temporaryName(base: string, levels: readonly number[], number: number): string {
  return hashedName(base, levels, String(number).padStart(10, '0'));
}

/** Makes the directories from `base` on when they are missing (ngx_create_path). */
export function belowBase<T>(files: Files, base: string, path: string, make: () => T | SystemError): T | SystemError {
  const made = make();
  if (!failed(made) || made.errno !== 'ENOENT') return made;
  for (let end = base.length; end > 0; end = path.indexOf('/', end + 1)) {
    const error = files.makeDirectory(path.slice(0, end), 0o700);
    if (error && error.errno !== 'EEXIST') return error;
  }
  return make();
}

/** A name beside another one, for a file that is not complete yet. */
export function besideOf(place: string, number: number): string {
  return `${place}.${String(number).padStart(10, '0')}`;
}
