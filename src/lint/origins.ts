import type { Node } from '../regex/ast.ts';
import { automatonOf } from '../regex/automaton.ts';
import { type ByteSet, named, setOf } from '../regex/byte-set.ts';
import { findText } from '../regex/find-text.ts';
import { type Language, languageOf, textBetween } from '../regex/language.ts';

/** A text that a pattern for origins lets through, and how bad that is. */
export interface Weakness {
  readonly text: string;
  /** `foreign`: another's site; `near`: a host that is none of the Internet; `plain`: not encrypted. */
  readonly kind: 'foreign' | 'near' | 'plain';
}

/** What the header holds: only scheme and host, or a whole URL. */
export type OriginHeader = 'http_origin' | 'http_referer';

export interface OriginOptions {
  /** Names, with those below them, that are allowed; none: what the pattern spells out. */
  readonly domains: readonly string[];
  readonly httpsOnly: boolean;
}

const publicSuffix = '((co|com|org|net|ac|gov|edu)\\.)?[a-z]{2,}';
const anyHost = '^https?://[a-z0-9.-]+(:[0-9]+)?';
/** Names that nobody can register. */
const inside = '\\.(local|localdomain|internal|intranet|lan|home|corp|test|localhost|invalid)(:[0-9]+)?(/|\\z)';

/** The worst thing that a pattern lets through; undefined when it lets through only what it spells out. */
export function weaknessOf(pattern: Language, header: OriginHeader, { domains, httpsOnly }: OriginOptions): Weakness | undefined {
  if (isAnyText(pattern)) return undefined;
  const end = endFor(pattern, header);
  const foreign = domains.length > 0 ? beyond(pattern, domains, end) : evil(pattern, end);
  if (foreign !== undefined) return { text: foreign, kind: 'foreign' };
  const loose = looseDot(pattern, end);
  if (loose) return loose;
  const plain = httpsOnly ? between(pattern, '^http://[a-z0-9.-]+', end) : undefined;
  return plain === undefined ? undefined : { text: plain, kind: 'plain' };
}

/** `.` and `.+` ask whether there is an origin, not which. */
function isAnyText(pattern: Language): boolean {
  return between(pattern, '^x://x', '\\z') !== undefined;
}

/** What may follow the host; a pattern for origins that wants a slash, which none has, is read as it was meant. */
function endFor(pattern: Language, header: OriginHeader): string {
  const ofOrigin = '\\z';
  const fits = header === 'http_origin' && between(pattern, anyHost, ofOrigin) !== undefined;
  return fits ? ofOrigin : '(/.*)?\\z';
}

/** An origin whose registrable name is the attacker's. */
function evil(pattern: Language, end: string): string | undefined {
  return between(pattern, `^https?://([a-z0-9-]+\\.)*evil[a-z0-9-]*\\.${publicSuffix}(:[0-9]+)?`, end, [inside]);
}

function beyond(pattern: Language, domains: readonly string[], end: string): string | undefined {
  const allowed = domains.map((domain) => domain.toLowerCase().replace(/[^a-z0-9-]/g, '\\$&')).join('|');
  return between(pattern, anyHost, end, [`^https?://([a-z0-9-]+\\.)*(${allowed})(:[0-9]+)?(/|\\z)`]);
}

function between(pattern: Language, shape: string, end: string, never: readonly string[] = []): string | undefined {
  const found = textBetween([pattern, read(`${shape}${end}`)], never.map(read));
  return typeof found === 'object' ? found.text : undefined;
}

function read(pattern: string): Language {
  const language = languageOf(pattern);
  if (!language) throw new Error(pattern);
  return language;
}

/** A dot that stands for any byte, written where a dot of a name was meant. */
function looseDot({ node }: Language, end: string): Weakness | undefined {
  let near: Weakness | undefined;
  for (let index = 0; index < mostDots; index++) {
    const meant = withDots(node, -1);
    const loose = withDots(node, index);
    if (!loose) return near;
    const shape = read(`${anyHost}${end}`).automaton;
    const [one, other] = [findText({ in: [automatonOf(loose), shape] }), findText({ in: [automatonOf(meant ?? node), shape] })];
    if (typeof one !== 'object' || typeof other !== 'object') continue;
    if (registrable(one.text) === registrable(other.text)) continue;
    if (isRegistrable(one.text)) return { text: one.text, kind: 'foreign' };
    near ??= { text: one.text, kind: 'near' };
  }
  return near;
}

const mostDots = 8;

/** The pattern with its lone `.` number `index` an `x`, the others a `.`; undefined when it has fewer. */
function withDots(node: Node, index: number): Node | undefined {
  let count = 0;
  const result = change(node, false);
  return index < count ? result : undefined;

  function change(at: Node, repeated: boolean): Node {
    switch (at.kind) {
      case 'set':
        return !repeated && isDot(at.bytes) ? { kind: 'set', bytes: setOf(count++ === index ? 'x' : '.') } : at;
      case 'sequence':
      case 'choice':
        return { ...at, parts: at.parts.map((part) => change(part, repeated)) };
      case 'group':
        return { ...at, body: change(at.body, repeated) };
      case 'repeat':
        return { ...at, body: change(at.body, true) };
      default:
        return at;
    }
  }
}

function isDot(bytes: ByteSet): boolean {
  return bytes.every((bit, byte) => bit === named.notNewline[byte]);
}

function hostOf(origin: string): string {
  return /^https?:\/\/([^/:]*)/.exec(origin)?.[1] ?? '';
}

/** The part of a host that someone has to buy. */
function registrable(origin: string): string {
  return /[^.]+\.(?:(?:co|com|org|net|ac|gov|edu)\.)?[^.]+$/.exec(hostOf(origin))?.[0] ?? hostOf(origin);
}

/** False for top-level names that do not exist: nobody can buy `shopxexample`. */
function isRegistrable(origin: string): boolean {
  return /\.(?:[a-z]{2,3}|info|online|shop|store|site|tech|cloud|name|mobi|asia|example)$/.test(hostOf(origin));
}
