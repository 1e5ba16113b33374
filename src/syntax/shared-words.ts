/** Words this short come again and again: names of directives, `on`, `$host`. */
const longest = 32;
const most = 20_000;

const words = new Map<string, string>();

/**
 * The word itself, or the equal one that was seen before, so that a large configuration holds each once. V8 compares those it gives
 * by their addresses, since they have been names of properties.
 */
export function shared(word: string): string {
  if (word.length > longest) return word;
  const known = words.get(word);
  if (known !== undefined) return known;
  if (words.size >= most) return word;
  const [name = word] = Object.keys({ [word]: true });
  words.set(name, name);
  return name;
}
