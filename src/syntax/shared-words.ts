/** Words this short come again and again: names of directives, `on`, `$host`. */
const longest = 32;
const most = 20_000;

/** What stands for a word that was seen once; no word is empty. */
const once = '';
const words = new Map<string, string>();

/** The word itself, or the equal one that was seen before, so that a large configuration holds each once. */
export function shared(word: string): string {
  if (word.length > longest) return word;
  const known = words.get(word);
  if (known) return known;
  if (known === undefined) {
    if (words.size < most) words.set(word, once);
    return word;
  }
  const name = asName(word);
  words.set(name, name);
  return name;
}

/** An equal string that V8 compares with others by its address, since it has been the name of a property. */
export function asName(word: string): string {
  const [name = word] = Object.keys({ [word]: true });
  return name;
}
