import type { Payload, Statement } from './payload.ts';

/** Files that include each other put no more statements than this into one. */
const most = 1_000_000;

/** One file out of all: the statements of included files in place of their `include`; a file that includes itself stops there. */
export function combined({ status, errors, config }: Payload): Payload {
  let left = most;
  const spliced = (block: readonly Statement[], around: ReadonlySet<number>): readonly Statement[] =>
    block.flatMap(({ includes, block: inner, ...statement }): readonly Statement[] => {
      if (left-- <= 0) return [];
      if (!includes) return [inner ? { ...statement, block: spliced(inner, around) } : statement];
      return includes
        .filter((place) => !around.has(place))
        .flatMap((place) => spliced(config[place]?.parsed ?? [], new Set([...around, place])));
    });
  const [first] = config;
  if (!first) return { status, errors, config };
  const parsed = spliced(first.parsed, new Set([0]));
  const own = errors.map(({ error, line }) => ({ error, line }));
  return { status, errors, config: [{ file: first.file, status, errors: own, parsed }] };
}
