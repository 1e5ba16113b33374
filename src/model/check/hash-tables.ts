import * as say from '../../diagnostics/nginx-messages.ts';
import type { Place, Run } from './run.ts';

/** A hash of names that nginx builds once and for all, with the sizes that directives give it. */
export interface HashTable {
  /** As messages name it: `server_names_hash`. */
  readonly name: string;
  readonly maxSize: number;
  readonly bucketSize: number;
}

const cacheLine = 64;
const pointer = 8;

/** Names whose tables would take too long to try; nobody has that many by hand. */
const mostTrials = 50_000_000;

/** Builds the table as ngx_hash_init does, and says what nginx says; false when nginx stops. */
export function buildHash(run: Run, keys: readonly string[], table: HashTable, place: Place): boolean {
  const { name, maxSize } = table;
  const bucketSize = Math.ceil(table.bucketSize / cacheLine) * cacheLine;
  if (keys.length === 0) return true;
  const sizes = keys.map((key) => pointer + Math.ceil((key.length + 2) / pointer) * pointer);
  if (sizes.some((size) => bucketSize < size + pointer)) {
    run.log('emerg', say.couldNotBuildHash(name, bucketSize), { ...place, nowhere: true });
    return false;
  }
  if (keys.length * maxSize <= mostTrials && !fits(keys, sizes, maxSize, bucketSize - pointer)) {
    run.log('warn', say.couldNotBuildOptimalHash(name, maxSize, bucketSize), { ...place, nowhere: true });
  }
  return true;
}

/** True when some number of buckets holds every name in its bucket. */
function fits(keys: readonly string[], sizes: readonly number[], maxSize: number, room: number): boolean {
  const hashes = keys.map(hashOf);
  let start = Math.max(1, Math.floor(keys.length / Math.floor(room / (2 * pointer))));
  if (maxSize > 10_000 && maxSize / keys.length < 100) start = maxSize - 1000;
  const filled = new Uint32Array(maxSize);
  for (let count = start; count <= maxSize; count++) {
    filled.fill(0, 0, count);
    const wrap = 4_294_967_296 % count;
    const isFull = hashes.some(([high, low], index) => {
      const bucket = ((((high % count) * wrap) % count) + (low % count)) % count;
      const used = (filled[bucket] ?? 0) + (sizes[index] ?? 0);
      filled[bucket] = used;
      return used > room;
    });
    if (!isFull) return true;
  }
  return false;
}

/** ngx_hash_key_lc: 64 bits, as two halves. */
function hashOf(key: string): readonly [number, number] {
  let [high, low] = [0, 0];
  for (const char of key.toLowerCase()) {
    const product = low * 31 + char.charCodeAt(0);
    high = (Math.imul(high, 31) + Math.floor(product / 4_294_967_296)) >>> 0;
    low = product % 4_294_967_296;
  }
  return [high, low];
}
