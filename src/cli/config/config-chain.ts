import { createRequire } from 'node:module';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Part } from '../../lint/configuration/combine.ts';
import { isRecord, type Path, type Problem } from '../../lint/configuration/validate.ts';
import { diagnosticOf } from '../../lint/rule.ts';
import { invalidConfigFile } from '../../lint/rules/meta/invalid-config-file.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';

/** So long is the way to an object in `extends` that is still believed to end. */
const deepest = 40;

/** A part of a chain, with its file. */
export interface FilePart extends Part {
  readonly file: ConfigFile;
}

/** A configuration file after all that it extends, and what could not be read. */
export interface Chain {
  readonly parts: readonly FilePart[];
  readonly problems: readonly Diagnostic[];
}

/** Reads a configuration file and, before it, what it extends. */
export async function readChain(file: ConfigFile, cwd: string): Promise<Chain> {
  const parts: FilePart[] = [];
  const problems: Diagnostic[] = [];

  const refuse = ({ file }: FilePart, path: Path, message: string) =>
    problems.push(configFinding(file, { path, message, severity: 'error' }));

  const readFile = async (file: ConfigFile, open: readonly string[]): Promise<void> => {
    if (file.broken) problems.push(configFinding(file, file.broken));
    else await readPart({ value: file.value, path: [], file }, [...open, file.path]);
  };

  const readPart = async (part: FilePart, open: readonly string[]): Promise<void> => {
    const base = isRecord(part.value) ? part.value.extends : undefined;
    const isList = Array.isArray(base);
    for (const [index, one] of (isList ? base : base === undefined ? [] : [base]).entries()) {
      const at = [...part.path, 'extends', ...(isList ? [index] : [])];
      if (at.length > deepest) refuse(part, at, 'this extends itself');
      else if (isRecord(one)) await readPart({ value: one, path: at, file: part.file }, open);
      else if (typeof one === 'string') await readExtended(one, { part, at, open });
    }
    parts.push(part);
  };

  const readExtended = async (name: string, { part, at, open }: Extending): Promise<void> => {
    const found = pathOf(name, part.file.path);
    if (found === undefined) refuse(part, at, `there is no package "${name}"`);
    else if (open.includes(found)) refuse(part, at, `"${name}" extends itself`);
    else {
      const file = await readConfigFile(found, cwd);
      if (file.broken) refuse(part, at, `"${name}": ${file.broken.message}`);
      else await readFile(file, open);
    }
  };

  await readFile(file, []);
  return { parts, problems };
}

interface Extending {
  readonly part: FilePart;
  readonly at: Path;
  readonly open: readonly string[];
}

/** Paths start from the file that extends; other names are packages. */
function pathOf(name: string, from: string): string | undefined {
  if (name.startsWith('.') || isAbsolute(name)) return resolve(dirname(from), name);
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

/** A problem as a finding, at its place in the file. */
export function configFinding(file: ConfigFile, { path, atKey = false, message, help, severity }: Problem): Diagnostic {
  const { start, end } = file.places(path, atKey);
  return diagnosticOf(invalidConfigFile, {
    span: { source: file.source, start, end },
    message,
    why: severity === 'error' ? 'nginxlint does not run on a configuration that it misunderstands.' : 'It does nothing.',
    help,
    severity,
  });
}
