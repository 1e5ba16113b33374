import { olderNames, type Suite, suites } from './suites.ts';

type Test = (suite: Suite) => boolean;

/**
 * The suites that a cipher string (`HIGH:!aNULL`) leaves, as ssl_create_cipher_list of OpenSSL reads it, in the table's order: what
 * only changes the order (`+X`, `@STRENGTH`) is passed over. OpenSSL is taken to have been built with everything, and without `@SECLEVEL=`
 * to refuse nothing by itself; suites that OpenSSL 1.1.0 has thrown out are only there when they are named.
 */
export function suitesOf(text: string): readonly Suite[] {
  const chosen = new Set<Suite>();
  const killed = new Set<Suite>();
  let level = 0;
  for (const element of elementsOf(text)) {
    const [, operator = '', rest = ''] = /^([-!+@]?)(.*)$/s.exec(element) ?? [];
    if (operator === '@') level = Number(/^SECLEVEL=([0-5])$/.exec(rest)?.[1] ?? level);
    if (operator === '@' || operator === '+') continue;
    const isMeant = testFor(rest);
    if (!isMeant) continue;
    for (const suite of suites()) {
      if (!isMeant(suite) || killed.has(suite)) continue;
      if (operator === '') chosen.add(suite);
      else chosen.delete(suite);
      if (operator === '!') killed.add(suite);
    }
  }
  return [...chosen].filter((suite) => isAllowed(suite, level));
}

/** True for the suites of TLS 1.2 that keep what was sent secret when the server's key is lost later. */
export function isForwardSecret({ exchange }: Suite): boolean {
  return exchange !== 'RSA';
}

/** True for the suites whose cipher is in CBC mode. */
export function isCbc({ mac, cipher }: Suite): boolean {
  return mac !== 'AEAD' && cipher !== 'RC4' && cipher !== 'NULL';
}

/** `DEFAULT` is a macro, and only in front. */
function elementsOf(text: string): readonly string[] {
  const expanded = text.startsWith('DEFAULT') ? `ALL:!COMPLEMENTOFDEFAULT:!eNULL${text.slice('DEFAULT'.length)}` : text;
  return expanded.split(/[: ;,]+/).flatMap((element) => /^(.+)(@.+)$/.exec(element)?.slice(1) ?? element);
}

/** What `ECDHE+AESGCM` or a suite's name selects; undefined where OpenSSL passes over a word it does not know. */
function testFor(element: string): Test | undefined {
  const words = element.split('+');
  const tests: Test[] = [];
  for (const word of words) {
    const test = keywords.get(word) ?? named(word);
    if (!test) return undefined;
    tests.push(test);
  }
  const takesThrownOut = words.some((word) => wordsForThrownOut.has(word) || !keywords.has(word));
  return (suite) => (takesThrownOut || !isThrownOut(suite)) && tests.every((test) => test(suite));
}

function isThrownOut({ strength }: Suite): boolean {
  return strength === 'LOW' || strength === 'EXPORT';
}

function named(word: string): Test | undefined {
  const name = olderNames.get(word) ?? word;
  return suites().some((suite) => suite.name === name) ? (suite) => suite.name === name : undefined;
}

/** ssl_security_default_callback: bits, proof, MD5, RC4 and forward secrecy. */
function isAllowed(suite: Suite, level: number): boolean {
  if (level > 0 && (suite.proof === 'NULL' || suite.mac === 'MD5')) return false;
  if (level > 1 && suite.cipher === 'RC4') return false;
  if (level > 2 && !isForwardSecret(suite)) return false;
  if (level > 3 && suite.mac === 'SHA1') return false;
  return bitsOf(suite) >= ([0, 80, 112, 128, 192, 256][level] ?? 0);
}

/** The strength of a suite's cipher, in bits. */
function bitsOf({ cipher, strength }: Suite): number {
  if (strength === 'EXPORT') return 40;
  if (cipher === 'CHACHA20') return 256;
  const other: Readonly<Record<string, number>> = { NULL: 0, DES: 56, '3DES': 112 };
  return other[cipher] ?? Number(/(?:128|256)/.exec(cipher)?.[0] ?? 128);
}

const isNull: Test = ({ proof }) => proof === 'NULL';
const dhe: Test = ({ exchange }) => exchange === 'DHE';
const ecdhe: Test = ({ exchange }) => exchange === 'ECDHE';
const rsaExchange: Test = ({ exchange }) => exchange === 'RSA';
const noCipher: Test = ({ cipher }) => cipher === 'NULL';
const proofBy =
  (proof: string): Test =>
  (suite) =>
    suite.proof === proof;
const macOf =
  (mac: string): Test =>
  (suite) =>
    suite.mac === mac;
const cipherIs =
  (pattern: RegExp): Test =>
  ({ cipher }) =>
    pattern.test(cipher);
const sinceVersion =
  (version: string): Test =>
  (suite) =>
    suite.since === version;
const strengthIs =
  (strength: string): Test =>
  (suite) =>
    suite.strength === strength;

/** Words that select what OpenSSL 1.1.0 has thrown out. */
const wordsForThrownOut: ReadonlySet<string> = new Set(['LOW', 'EXP', 'EXPORT', 'EXPORT40', 'DES', 'RC2']);

/** cipher_aliases of OpenSSL (ssl/ssl_ciph.c), those of 1.0.2 included. */
const keywords: ReadonlyMap<string, Test> = new Map(
  Object.entries({
    ALL: (suite) => !noCipher(suite),
    COMPLEMENTOFALL: noCipher,
    COMPLEMENTOFDEFAULT: (suite) => !suite.isDefault && !noCipher(suite),
    kRSA: rsaExchange,
    RSA: rsaExchange,
    kEDH: dhe,
    kDHE: dhe,
    DH: dhe,
    EDH: (suite) => dhe(suite) && !isNull(suite),
    DHE: (suite) => dhe(suite) && !isNull(suite),
    ADH: (suite) => dhe(suite) && isNull(suite),
    kEECDH: ecdhe,
    kECDHE: ecdhe,
    ECDH: ecdhe,
    EECDH: (suite) => ecdhe(suite) && !isNull(suite),
    ECDHE: (suite) => ecdhe(suite) && !isNull(suite),
    AECDH: (suite) => ecdhe(suite) && isNull(suite),
    aRSA: proofBy('RSA'),
    aDSS: proofBy('DSS'),
    DSS: proofBy('DSS'),
    aECDSA: proofBy('ECDSA'),
    ECDSA: proofBy('ECDSA'),
    aNULL: isNull,
    eNULL: noCipher,
    NULL: noCipher,
    AES: cipherIs(/^AES/),
    AES128: cipherIs(/^AES128/),
    AES256: cipherIs(/^AES256/),
    AESGCM: cipherIs(/^AES\d+GCM$/),
    AESCCM: cipherIs(/^AES\d+CCM/),
    AESCCM8: cipherIs(/CCM8$/),
    CHACHA20: cipherIs(/^CHACHA20$/),
    CAMELLIA: cipherIs(/^CAMELLIA/),
    CAMELLIA128: cipherIs(/^CAMELLIA128/),
    CAMELLIA256: cipherIs(/^CAMELLIA256/),
    ARIA: cipherIs(/^ARIA/),
    ARIAGCM: cipherIs(/^ARIA/),
    ARIA128: cipherIs(/^ARIA128/),
    ARIA256: cipherIs(/^ARIA256/),
    CBC: isCbc,
    SEED: cipherIs(/^SEED$/),
    IDEA: cipherIs(/^IDEA$/),
    '3DES': cipherIs(/^3DES$/),
    DES: cipherIs(/^DES$/),
    RC4: cipherIs(/^RC4$/),
    RC2: cipherIs(/^RC2$/),
    MD5: macOf('MD5'),
    SHA: macOf('SHA1'),
    SHA1: macOf('SHA1'),
    SHA256: macOf('SHA256'),
    SHA384: macOf('SHA384'),
    SSLv3: sinceVersion('SSLv3'),
    TLSv1: sinceVersion('TLSv1'),
    'TLSv1.0': sinceVersion('TLSv1'),
    'TLSv1.2': sinceVersion('TLSv1.2'),
    HIGH: strengthIs('HIGH'),
    MEDIUM: strengthIs('MEDIUM'),
    LOW: strengthIs('LOW'),
    EXP: strengthIs('EXPORT'),
    EXPORT: strengthIs('EXPORT'),
    EXPORT40: strengthIs('EXPORT'),
    FIPS: cipherIs(/^(?:AES\d+(?:GCM)?|3DES)$/),
  } satisfies Record<string, Test>),
);
