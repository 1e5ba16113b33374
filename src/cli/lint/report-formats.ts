import { InvalidArgumentError } from 'commander';
import { type FormatName, formats, isFormat } from '../../diagnostics/render/formats.ts';
import { type Streams, UsageError } from '../streams.ts';

/** A format, and the file it is written to; standard output without one. */
export interface FormatChoice {
  readonly name: FormatName;
  readonly file?: string;
}

/** The formats that may share standard output: GitHub picks its commands out of whatever else is printed. */
const mixes: ReadonlySet<FormatName> = new Set(['github']);

/** Reads `NAME` or `NAME=FILE` and adds it to those before. */
export function readFormat(text: string, before: readonly FormatChoice[] = []): readonly FormatChoice[] {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!isFormat(name)) throw new InvalidArgumentError(`Allowed choices are ${Object.keys(formats).join(', ')}.`);
  if (file === '') throw new InvalidArgumentError(`Write ${name}=FILE, or ${name} alone for standard output.`);
  return [...before, { name, ...(file === undefined ? {} : { file }) }];
}

/** The formats that are written: those given; without any, `pretty`, and what the CI we run in makes annotations of. */
export function chosenFormats(given: readonly FormatChoice[], { env }: Streams): readonly FormatChoice[] {
  if (given.length === 0) return env.GITHUB_ACTIONS === 'true' ? [{ name: 'pretty' }, { name: 'github' }] : [{ name: 'pretty' }];
  const [first, second] = given.filter(({ name, file }) => file === undefined && !mixes.has(name));
  if (first && second)
    throw new UsageError(
      `${first.name} and ${second.name} would mix on standard output; give one a file: --format ${second.name}=FILE`,
    );
  return given;
}
