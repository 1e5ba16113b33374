/** A mistake of ours. The only thing this project throws; never caused by a user's configuration. */
export class Bug extends Error {
  override name = 'Bug';
}

/** Reports a state that the code rules out. */
export function bug(message: string): never {
  throw new Bug(`internal error: ${message}; please report it`);
}
