import type { DiskFiles } from '../host/files.ts';

/** Directories whose files are nginx's whatever they are called. */
const nginxDirectories = /(?:^|\/)(?:sites-enabled|sites-available|streams-enabled|streams-available|snippets|conf\.d|vhosts?(?:\.d)?)\/$/;

/** Leftovers of editors and package managers. */
const leftover = /(?:~|\.(?:bak|old|orig|save|swp|tmp|disabled|rpmsave|rpmnew|rpmorig|dpkg-[a-z]+|ucf-[a-z]+|md|txt|sh|py|pem|key|crt|html))$/;

const deepest = 32;

/** The files at or below a directory that may be nginx's, by name; hidden ones and packages of others are left out. */
export function configFilesIn(directory: string, disk: DiskFiles, depth = 0): string[] {
  const found: string[] = [];
  for (const name of disk.list(directory) ?? []) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = directory === '.' ? name : directory.endsWith('/') ? directory + name : `${directory}/${name}`;
    const kind = disk.kindOf(path);
    if (kind === 'directory' && depth < deepest) found.push(...configFilesIn(path, disk, depth + 1));
    if (kind === 'file' && mayBeNginx(path, name)) found.push(path);
  }
  return found;
}

function mayBeNginx(path: string, name: string): boolean {
  if (/\.(?:conf|nginx|vhost)$/.test(name)) return true;
  return nginxDirectories.test(path.slice(0, -name.length)) && !leftover.test(name);
}
