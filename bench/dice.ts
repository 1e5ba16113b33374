/** A number below a bound; always the same numbers for one seed. */
export type Random = (below: number) => number;

/** Throws dice that fall the same way in every run, so that a benchmark measures one configuration. */
export function dice(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}
