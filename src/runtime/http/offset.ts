const largest = 2n ** 63n - 1n;

/** True when a number in decimal digits is more than nginx's off_t holds (NGX_MAX_OFF_T_VALUE). */
export function isPastOffsets(digits: string): boolean {
  return digits.length > 18 && BigInt(digits) > largest;
}
