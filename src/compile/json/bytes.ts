import { bytesOf, display } from '../../base/source-text.ts';

/** Decodes bytes as UTF-8, but those that are none one by one to U+DC80…U+DCFF, as Python's `surrogateescape` does. */
export function textOfBytes(bytes: string): string {
  const plain = display(bytes);
  if (!plain.includes('\ufffd')) return plain;
  return bytes.replace(sequences, (run) => {
    const text = display(run);
    return text.includes('\ufffd') && run !== '\xef\xbf\xbd' ? escaped(run) : text;
  });
}

/** Encodes what `textOfBytes` or any other program decoded. */
export function bytesOfText(text: string): string {
  if (!/[\udc80-\udcff]/.test(text)) return bytesOf(text);
  const parts = text.match(/[\ud800-\udbff][\udc00-\udfff]|[\udc80-\udcff]|[\s\S]/g) ?? [];
  return parts
    .map((part) => (/^[\udc80-\udcff]$/.test(part) ? String.fromCharCode(part.charCodeAt(0) & 0xff) : bytesOf(part)))
    .join('');
}

/** One character of UTF-8, or one byte. */
const sequences = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\x80-\xff]/g;

function escaped(run: string): string {
  return Array.from(run, (byte) => String.fromCharCode(0xdc00 | byte.charCodeAt(0))).join('');
}
