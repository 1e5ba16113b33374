import { sourceText } from '../src/base/source-text.ts';
import { rememberingParser } from '../src/check.ts';
import { print } from '../src/format/print.ts';
import { realisticConfig } from './realistic-config.ts';

/** How fast `nginxc fmt` is: reading and writing, and writing alone, in MB/s; the median of several runs. */
const megabytes = 1;
const runs = 31;

const text = realisticConfig(megabytes * 1_000_000);
const both: number[] = [];
const writing: number[] = [];
for (let run = 0; run < runs; run++) {
  const start = performance.now();
  const { value } = rememberingParser()(sourceText('nginx.conf', text));
  const read = performance.now();
  print(value);
  const end = performance.now();
  both.push(text.length / 1000 / (end - start));
  writing.push(text.length / 1000 / (end - read));
}

const median = (rates: number[]): string => (rates.sort((a, b) => a - b)[runs >> 1] ?? 0).toFixed(1);
console.log(`${(text.length / 1e6).toFixed(1)} MB: read and written ${median(both)} MB/s, written ${median(writing)} MB/s`);
