import type { ByteSet } from '../../regex/byte-set.ts';
import { languageOf } from '../../regex/language.ts';
import { Matcher, type Situation } from '../../regex/matcher.ts';

/** What tells paths apart. */
export interface Distinctions {
  readonly patterns: readonly Matcher[];
  /** The pattern that paths must match; null where every path counts. */
  readonly own: Matcher | null;
  /** Names that a path may be, or begin with. */
  readonly names: readonly string[];
  /** Paths may have `//`. */
  readonly slashes: boolean;
}

interface Place {
  readonly path: string;
  readonly own: Situation | undefined;
  readonly situations: readonly Situation[];
}

const matchers = new WeakMap<object, Matcher>();

/** A machine that follows a pattern byte by byte; null for a pattern that no machine says exactly. */
export function followerOf(pattern: string, caseless: boolean): Matcher | null {
  const automaton = languageOf(pattern, caseless)?.automaton;
  if (!automaton?.exact) return null;
  let matcher = matchers.get(automaton);
  if (!matcher) matchers.set(automaton, (matcher = new Matcher(automaton)));
  return matcher;
}

/**
 * Goes through normalised paths that begin with `from`, shortest first, one for each way in which they differ, until `see` has seen
 * enough (`some`), there are no more (`all`), or there were too many (`spent`).
 */
export function walkPaths(
  from: string,
  { patterns, own, names, slashes }: Distinctions,
  budget: number,
  see: (path: string) => boolean,
): 'all' | 'some' | 'spent' {
  const alphabet = new Alphabet(own ? [...patterns, own] : patterns);
  const beginnings = new Beginnings(names);
  const step = (place: Place, byte: number): Place => ({
    path: place.path + String.fromCharCode(byte),
    own: place.own && own?.step(place.own, byte),
    situations: patterns.map((one, index) => one.step(place.situations[index] as Situation, byte)),
  });
  let first: Place = { path: '', own: own?.start, situations: patterns.map(({ start }) => start) };
  for (const char of from) first = step(first, char.charCodeAt(0));
  const queue = isNormal(from, slashes) ? [first] : [];
  const seen = new Set<string>();
  // An array takes additions while it is walked.
  for (const place of queue) {
    const { path } = place;
    if (seen.size > budget) return 'spent';
    if ((place.own?.matchesAtEnd ?? true) && !/\/\.\.?$/.test(path) && !see(path)) return 'some';
    for (const byte of alphabet.bytes(beginnings.after(path))) {
      const next = step(place, byte);
      if (isHopeless(next.own) || !isNormal(next.path.slice(-4), slashes)) continue;
      const key = `${[next.own, ...next.situations].map((at) => at?.key).join(' ')} ${/\/\.{0,2}$/.exec(next.path)?.[0]} ${beginnings.keyOf(next.path)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return 'all';
}

/** True when no text that begins so can match. */
function isHopeless(own: Situation | undefined): boolean {
  return own !== undefined && !own.matched && own.waiting.length === 0;
}

/** False for what normalisation leaves in no path: `//`, `/./`, `/../`. */
function isNormal(path: string, slashes: boolean): boolean {
  return !/\/\.{1,2}\//.test(path) && (slashes || !path.includes('//'));
}

const slash = 0x2f;
const dot = 0x2e;
/** Bytes as people like to read them; line feeds and zeros are in no path. */
const readable = [...'abcdefghijklmnopqrstuvwxyz0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZ~!,;=+@$&()*:'].map((char) =>
  char.charCodeAt(0),
);
const everyByte = [...new Set([...readable, ...Array.from({ length: 255 }, (_, index) => index + 1)])].filter(
  (byte) => byte !== 10,
);

/** Bytes by what the patterns make of them. */
class Alphabet {
  private readonly classes: readonly (readonly number[])[];

  constructor(matchers: readonly Matcher[]) {
    const sets = [
      ...new Set(
        matchers.flatMap(({ automaton }) =>
          automaton.states.flatMap((state): readonly ByteSet[] => (state.kind === 'read' ? [state.bytes] : [])),
        ),
      ),
    ];
    const classes = new Map<string, number[]>();
    for (const byte of everyByte) {
      const key = sets.map((set) => set[byte]).join('');
      const same = classes.get(key);
      if (same) same.push(byte);
      else classes.set(key, [byte]);
    }
    this.classes = [...classes.values()];
  }

  /** Those given, slash and dot, and one of each other class. */
  bytes(wanted: readonly number[]): Iterable<number> {
    const chosen = new Set([...wanted, slash, dot]);
    const others = this.classes.map((bytes) => bytes.find((byte) => !chosen.has(byte)));
    return [...others.filter((byte) => byte !== undefined), ...chosen];
  }
}

interface Branch {
  readonly next: Map<number, Branch>;
  name: string | undefined;
}

/** Names by their beginnings. */
class Beginnings {
  private readonly root: Branch = { next: new Map(), name: undefined };

  constructor(names: readonly string[]) {
    for (const name of names) {
      let at = this.root;
      for (const char of name) {
        const byte = char.charCodeAt(0);
        let next = at.next.get(byte);
        if (!next) at.next.set(byte, (next = { next: new Map(), name: undefined }));
        at = next;
      }
      at.name = name;
    }
  }

  /** The bytes with which names go on after a path. */
  after(path: string): readonly number[] {
    const { branch } = this.follow(path);
    return branch ? [...branch.next.keys()] : [];
  }

  /** Equal for paths that have the same names before them, and ahead. */
  keyOf(path: string): string {
    const { branch, longest } = this.follow(path);
    return branch ? `=${path}` : longest;
  }

  private follow(path: string): { branch: Branch | undefined; longest: string } {
    let at: Branch | undefined = this.root;
    let longest = '';
    for (let index = 0; at && index < path.length; index++) {
      at = at.next.get(path.charCodeAt(index));
      if (at?.name !== undefined) longest = at.name;
    }
    return { branch: at, longest };
  }
}
