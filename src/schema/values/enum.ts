import type { Reading } from '../directive.ts';

/** A reader of one word out of `names`, in any case (ngx_conf_set_enum_slot). */
export function oneOf<const N extends string>(...names: readonly N[]) {
  return ([word = '']: readonly string[], at: Reading): N | undefined =>
    names.find((name) => name === word.toLowerCase()) ?? at.fail(`invalid value "${word}"`, 0);
}

/** A reader of any number of words out of `names`, in any case (ngx_conf_set_bitmask_slot). */
export function someOf<const N extends string>(...names: readonly N[]) {
  return (words: readonly string[], at: Reading): readonly N[] | undefined => {
    const found: N[] = [];
    for (const [index, word] of words.entries()) {
      const name = names.find((known) => known === word.toLowerCase());
      if (name === undefined) return at.fail(`invalid value "${word}"`, index);
      found.push(name);
    }
    return found;
  };
}

/** A reader of one word as it is. */
export function readWord([word = '']: readonly string[]): string {
  return word;
}

/** A reader of any number of words as they are. */
export function readWords(words: readonly string[]): readonly string[] {
  return words;
}

/** A reader for directives whose presence is all they say. */
export function present(): true {
  return true;
}
