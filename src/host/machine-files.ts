import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import * as certificates from './certificates.ts';
import { type DiskFailure, failureOf, largestFile, onDisk } from './files.ts';

/** What can be asked of this machine's files and users without changing any. Paths are byte strings. */
export interface MachineFiles {
  read(path: string): string | DiskFailure;
  append(path: string): DiskFailure | undefined;
  makeDirectory(path: string): DiskFailure | undefined;
  readonly isSuperuser: boolean;
  hasUser(name: string): boolean;
  hasGroup(name: string): boolean;
  readonly certificates: typeof certificates;
}

/** The machine's files; relative paths start from `directory`. Users are those of /etc/passwd, no directory service is asked. */
export function machineFiles(directory: string): MachineFiles {
  const users = new Map<string, ReadonlySet<string>>();
  /** Directories that would be there once those before them were made. */
  const made = new Set<string>();
  const named = (file: string, name: string): boolean => {
    let names = users.get(file);
    if (!names) users.set(file, (names = namesIn(file)));
    return names.has(name);
  };
  return {
    read: (path) => read(onDisk(directory, path)),
    append: (path) => {
      const parent = attempt(() => accessSync(onDisk(directory, path), constants.W_OK));
      if (parent?.errno !== 2) return parent ?? refusesDirectory(onDisk(directory, path));
      return made.has(parentOf(path)) ? undefined : mayWriteInto(onDisk(directory, parentOf(path)));
    },
    makeDirectory: (path) => {
      const exists = attempt(() => statSync(onDisk(directory, path)));
      if (exists && exists.errno !== 2) return exists;
      const failure = exists && !made.has(parentOf(path)) ? mayWriteInto(onDisk(directory, parentOf(path))) : undefined;
      if (!failure) made.add(path.replace(/\/+$/, ''));
      return failure;
    },
    isSuperuser: process.geteuid?.() === 0,
    hasUser: (name) => named('/etc/passwd', name),
    hasGroup: (name) => named('/etc/group', name),
    certificates,
  };
}

function parentOf(path: string): string {
  const short = path.replace(/\/+$/, '');
  const slash = short.lastIndexOf('/');
  return slash < 0 ? '.' : short.slice(0, slash) || '/';
}

function attempt(act: () => void): DiskFailure | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return failureOf(error as NodeJS.ErrnoException);
  }
}

function refusesDirectory(path: Buffer): DiskFailure | undefined {
  return statSync(path).isDirectory() ? { error: 'Is a directory', errno: 21 } : undefined;
}

/** Why nothing can be made in a directory. */
function mayWriteInto(path: Buffer): DiskFailure | undefined {
  return attempt(() => accessSync(Buffer.concat([path, Buffer.from('/')]), constants.W_OK | constants.X_OK));
}

function read(path: Buffer): string | DiskFailure {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return { error: 'Is a directory', errno: 21 };
    // What is no file (a pipe, a device) may never end; what is this large is no certificate.
    if (!stat.isFile() || stat.size > largestFile) return '';
    return readFileSync(path, 'latin1');
  } catch (error) {
    return failureOf(error as NodeJS.ErrnoException);
  }
}

/** First columns of a file like /etc/passwd. */
function namesIn(file: string): ReadonlySet<string> {
  try {
    return new Set(
      readFileSync(file, 'latin1')
        .split('\n')
        .map((line) => line.slice(0, Math.max(0, line.indexOf(':')))),
    );
  } catch {
    return new Set();
  }
}
