/*
 * A list of fields is flat: name, value, name, value … Names count without regard to case; `lower` is in lower case.
 */

/** The value of the first field of a name. */
export function fieldOf(list: readonly string[], lower: string): string | undefined {
  for (let at = 0; at < list.length; at += 2) if (list[at]?.toLowerCase() === lower) return list[at + 1];
  return undefined;
}

/** The values of all fields of a name, joined as nginx's variables show them. */
export function joinedFields(list: readonly string[], lower: string): string | undefined {
  let joined: string | undefined;
  for (let at = 0; at < list.length; at += 2) {
    if (list[at]?.toLowerCase() === lower) joined = joined === undefined ? list[at + 1] : `${joined}, ${list[at + 1]}`;
  }
  return joined;
}

/** Takes every field of a name out. */
export function removeField(list: string[], lower: string): void {
  for (let at = list.length - 2; at >= 0; at -= 2) {
    if (list[at]?.toLowerCase() === lower) list.splice(at, 2);
  }
}

/** Gives a field its value where it stands, or adds it; further fields of the name go. */
export function putField(list: string[], name: string, value: string): void {
  const lower = name.toLowerCase();
  let at = 0;
  while (at < list.length && list[at]?.toLowerCase() !== lower) at += 2;
  const rest = list.splice(at);
  removeField(rest, lower);
  list.push(name, value, ...rest);
}
