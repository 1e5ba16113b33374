import type { Reading } from '../../../schema/directive.ts';

/** A browser that is modern from a version on: where its name stands in a User-Agent, and its version behind it. */
export interface ModernBrowser {
  /** The name is searched from here on. */
  readonly from: number;
  readonly name: string;
  /** How far behind the beginning of the name the version begins. */
  readonly add: number;
  readonly version: number;
  /** Its place among the browsers that are asked one after another. */
  readonly rank: number;
}

interface Mask {
  readonly browser: string;
  readonly before: string;
  readonly name: string;
  readonly add: number;
}

/** Opera comes first: it may call itself MSIE (ngx_http_modern_browser_masks). */
const masks: readonly Mask[] = [
  { browser: 'opera', before: '', name: 'Opera', add: 6 },
  { browser: 'msie', before: 'Mozilla/4.0 (compatible; ', name: 'MSIE ', add: 5 },
  { browser: 'gecko', before: 'Mozilla/5.0 (', name: 'rv:', add: 3 },
  { browser: 'safari', before: 'Mozilla/5.0 (', name: 'Safari/', add: 7 },
  { browser: 'konqueror', before: 'Mozilla/5.0 (compatible; ', name: 'Konqueror/', add: 10 },
];

/** `modern_browser`: a browser and a version, or `unlisted` (ngx_http_modern_browser). */
export function readModern([name = '', version]: readonly string[], at: Reading): ModernBrowser | 'unlisted' | undefined {
  if (version === undefined) return name === 'unlisted' ? name : at.fail('"modern_browser" directive is invalid', 0);
  const rank = masks.findIndex(({ browser }) => browser === name.toLowerCase());
  if (rank < 0) return at.fail(`unknown browser name "${name}"`, 0);
  if (!/^[0-9.]*$/.test(version)) return at.fail(`invalid browser version "${version}"`, 1);
  return browserOf(rank, versionOf(version));
}

/** Opera with a version that none has, for lists without it (ngx_http_browser_merge_conf). */
export const noOpera = browserOf(0, 4_001_000_000);

/** `1.8.0.5` as a number to compare: each part has two digits (ngx_http_browser). Text behind the digits is left alone. */
export function versionOf(text: string): number {
  let scale = 1_000_000;
  let version = 0;
  for (const part of (/^[0-9.]*/.exec(text)?.[0] ?? '').split('.')) {
    version += Number(part) * scale;
    scale = Math.floor(scale / 100);
  }
  return version;
}

function browserOf(rank: number, version: number): ModernBrowser {
  const { before, name, add } = masks[rank] as Mask;
  return { from: before.length, name, add, version, rank };
}
