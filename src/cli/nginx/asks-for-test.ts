/** True when the arguments ask for what `nginx -t` does. */
export function asksForTest(argv: readonly string[]): boolean {
  return argv.some((word) => /^-[qtT]*[tT][qtT]*$/.test(word));
}
