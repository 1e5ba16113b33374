import { lookup } from 'node:dns/promises';

/** So long names are waited for, in milliseconds; what has not answered then is not judged. */
const patience = 10_000;

/** Asks this machine's resolver for all names at once; gives those that nobody knows. */
export async function unknownNames(names: Iterable<string>): Promise<ReadonlySet<string>> {
  const unknown = new Set<string>();
  const asked = [...names].map(async (name) => {
    await lookup(Buffer.from(name, 'latin1').toString('utf8')).catch(() => unknown.add(name));
  });
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([Promise.all(asked), over]);
  clearTimeout(timer);
  return new Set(unknown);
}
