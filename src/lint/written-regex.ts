/** True for the name of a location in which someone has written a regular expression without `~`. */
export function looksLikeRegex(name: string): boolean {
  return /^\^|\$$|\.[*+]|\\[./dwsDWS-]|\([^()]*[|*+?.\\][^()]*\)|\[[^\]]*-[^\]]*\]|\*/.test(name);
}
