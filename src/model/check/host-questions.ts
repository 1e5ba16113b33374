import type { ReadFailure } from '../../config/source-loader.ts';

/** What a check may ask of the machine. A part that is absent is not judged. Paths and texts are byte strings. */
export interface HostQuestions {
  readonly files?: HostFiles;
  /** False when nobody on the machine's networks knows the name. */
  readonly knowsName?: (name: string) => boolean;
  /** Where relative names of certificates start, with its slash; without it the directory of the first file. */
  readonly confPrefix?: string;
}

/** The machine's files and users, as the process that asks would meet them. Nothing is changed by asking. */
export interface HostFiles {
  /** The file's bytes, or why it can't be read (21 for a directory). */
  read(path: string): string | ReadFailure;
  /** Why the file can't be opened for appending, made where it is absent; undefined when it can. */
  append(path: string): ReadFailure | undefined;
  /** Why the directory can't be made; undefined when it can, or is there. */
  makeDirectory(path: string): ReadFailure | undefined;
  /** True when nginx would run with super-user privileges. */
  readonly isSuperuser: boolean;
  hasUser(name: string): boolean;
  hasGroup(name: string): boolean;
  readonly certificates: Certificates;
}

/** What texts in PEM hold. */
export interface Certificates {
  /** How many certificates can be read, in order, and whether one that cannot follows. */
  certificatesIn(pem: string): { readonly count: number; readonly isBroken: boolean };
  /** True when the first private key can be read with one of the passwords. */
  hasKey(pem: string, passwords: readonly string[]): boolean;
  /** True when the key is that of the first certificate; both can be read. */
  fits(certificate: string, key: string, passwords: readonly string[]): boolean;
  /** True when there is a block with this label whose content is base64. */
  hasBlock(pem: string, label: string): boolean;
}
