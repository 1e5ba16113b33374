import { basename, resolve } from 'node:path';
import { type Loader, lilconfig } from 'lilconfig';
import { type ConfigFile, readConfigFile } from './config-file.ts';
import { searchPlaces } from './config-search.ts';

/** The configuration file that lies in a directory, or the one of that name. */
export async function findConfigFile(directory: string, cwd: string): Promise<ConfigFile | undefined> {
  const load: Loader = async (path) => {
    const file = await readConfigFile(resolve(path), cwd);
    return basename(path) === 'package.json' ? { nginxlint: file } : file;
  };
  const extensions = ['.ts', '.mjs', '.js', '.json', '.yaml', '.yml', 'noExt'];
  const loaders = Object.fromEntries(extensions.map((extension) => [extension, load]));
  const options = { searchPlaces: [...searchPlaces], stopDir: directory, loaders, cache: false };
  const result = await lilconfig('nginxlint', options).search(directory);
  return result ? (result.config as ConfigFile) : undefined;
}
