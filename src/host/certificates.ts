import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

interface Block {
  readonly label: string;
  /** With its first and last line. */
  readonly text: string;
  readonly isBase64: boolean;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[ \t]*\r?\n([\s\S]*?)-----END \1-----/g;

function* blocksIn(pem: string): Generator<Block> {
  for (const [text, label = '', content = ''] of pem.matchAll(block)) {
    const data = content.replace(/^(?:[\w-]+:.*\r?\n)+\r?\n/, '');
    yield { label, text: `${text}\n`, isBase64: /^[A-Za-z0-9+/=\s]+$/.test(data) && /\w/.test(data) };
  }
}

/** Labels under which OpenSSL reads a certificate (PEM_read_bio_X509_AUX). */
const ofCertificates: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);

function certificate({ label, text }: Block): X509Certificate | undefined {
  try {
    return new X509Certificate(label === 'TRUSTED CERTIFICATE' ? text : text.replaceAll(label, 'CERTIFICATE'));
  } catch {
    return undefined;
  }
}

function key(pem: string, passwords: readonly string[]): KeyObject | undefined {
  for (const { label, text } of blocksIn(pem)) {
    if (!label.endsWith('PRIVATE KEY')) continue;
    for (const password of passwords.length === 0 ? [undefined] : passwords) {
      try {
        return createPrivateKey({
          key: text,
          ...(password === undefined ? {} : { passphrase: Buffer.from(password, 'latin1') }),
        });
      } catch {
        // the next password may be the one
      }
    }
    return undefined;
  }
  return undefined;
}

/** How many certificates a text holds, up to the first that can't be read. */
export function certificatesIn(pem: string): { readonly count: number; readonly isBroken: boolean } {
  let count = 0;
  for (const found of blocksIn(pem)) {
    if (!ofCertificates.has(found.label)) continue;
    if (!certificate(found)) return { count, isBroken: true };
    count++;
  }
  return { count, isBroken: false };
}

/** True when the text's first private key can be read with one of the passwords (none: it is not encrypted). */
export function hasKey(pem: string, passwords: readonly string[]): boolean {
  return key(pem, passwords) !== undefined;
}

/** True when the first private key of one text belongs to the first certificate of the other. */
export function fits(certificatePem: string, keyPem: string, passwords: readonly string[]): boolean {
  const first = [...blocksIn(certificatePem)].find(({ label }) => ofCertificates.has(label));
  const own = key(keyPem, passwords);
  return first !== undefined && own !== undefined && certificate(first)?.checkPrivateKey(own) === true;
}

/** True when the text has a block of this label with anything in base64 in it. */
export function hasBlock(pem: string, label: string): boolean {
  return [...blocksIn(pem)].some((found) => found.label === label && found.isBase64);
}
