import type { SystemError } from '../../host/host.ts';

const texts: Readonly<Record<string, string>> = {
  ENOENT: '2: No such file or directory',
  EACCES: '13: Permission denied',
  EEXIST: '17: File exists',
  EXDEV: '18: Invalid cross-device link',
  ENOTDIR: '20: Not a directory',
  EISDIR: '21: Is a directory',
  EPIPE: '32: Broken pipe',
  ENOSPC: '28: No space left on device',
  EROFS: '30: Read-only file system',
  ENAMETOOLONG: '36: File name too long',
  ENOTEMPTY: '39: Directory not empty',
  ELOOP: '40: Too many levels of symbolic links',
  EADDRINUSE: '98: Address already in use',
  EADDRNOTAVAIL: '99: Cannot assign requested address',
  ENETUNREACH: '101: Network is unreachable',
  ECONNABORTED: '103: Software caused connection abort',
  ECONNRESET: '104: Connection reset by peer',
  ETIMEDOUT: '110: Connection timed out',
  ECONNREFUSED: '111: Connection refused',
  EHOSTUNREACH: '113: No route to host',
};

/** An error as nginx logs it on Linux: `111: Connection refused`. */
export function systemErrorText(error: SystemError | null): string {
  return texts[error?.errno ?? 'ECONNRESET'] ?? error?.errno ?? '';
}
