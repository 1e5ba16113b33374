import type { HostQuestions } from '../model/check/host-questions.ts';
import type { Streams } from './streams.ts';

/** Which parts of the machine a check may look at. */
export interface HostOptions {
  readonly checkFiles: boolean;
  readonly checkDns: boolean;
}

/**
 * What the machine answers. Names are asked for all at once: `judge` runs a first time to find out which there are, and what it
 * finds then is of no use.
 */
export async function hostAnswers(
  { checkFiles, checkDns }: HostOptions,
  { cwd }: Streams,
  judge: (host: HostQuestions) => void,
): Promise<HostQuestions> {
  const files = checkFiles ? { files: (await import('../host/machine-files.ts')).machineFiles(cwd()) } : {};
  if (!checkDns) return files;
  const names = new Set<string>();
  judge({
    ...files,
    knowsName(name) {
      names.add(name);
      return true;
    },
  });
  const { unknownNames } = await import('../host/names.ts');
  const unknown = await unknownNames(names);
  return { ...files, knowsName: (name) => !unknown.has(name) };
}
