import type { DiskFiles } from '../../host/files.ts';

/** Directories whose files are nginx's whatever they are called. */
const nginxDirectories =
  /(?:^|\/)(?:sites-enabled|sites-available|streams-enabled|streams-available|snippets|conf\.d|vhosts?(?:\.d)?)\/[^/]*$/;

/** Leftovers of editors and package managers. */
const leftover =
  /(?:~|\.(?:bak|old|orig|save|swp|tmp|disabled|rpmsave|rpmnew|rpmorig|dpkg-[a-z]+|ucf-[a-z]+|md|txt|sh|py|pem|key|crt|html))$/;

const deepest = 32;

/** The files at or below a directory that may be nginx's, by name; hidden ones and packages of others are left out. */
export function configFilesIn(directory: string, disk: DiskFiles, depth = 0): string[] {
  const found: string[] = [];
  for (const name of disk.list(directory) ?? []) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = directory === '.' ? name : directory.endsWith('/') ? directory + name : `${directory}/${name}`;
    const kind = disk.kindOf(path);
    if (kind === 'directory' && depth < deepest) for (const file of configFilesIn(path, disk, depth + 1)) found.push(file);
    if (kind === 'file' && mayBeNginx(path, name)) found.push(path);
  }
  return found;
}

/** True for a file in a directory where nginx's files lie. */
export function isAmongNginxFiles(path: string): boolean {
  return nginxDirectories.test(path);
}

function mayBeNginx(path: string, name: string): boolean {
  return /\.(?:conf|nginx|vhost)$/.test(name) || (isAmongNginxFiles(path) && !leftover.test(name));
}
