import { nearest, similarTo } from '../../base/nearest.ts';

/** The one name that is nearest to what is written; undefined when none is near, or several are. */
export function likely(name: string, candidates: Iterable<string>): string | undefined {
  const [guess, ...others] = nearest(similarTo(name, candidates));
  return others.length === 0 ? guess : undefined;
}
