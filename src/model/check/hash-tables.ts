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

/** True when some number of buckets holds every name in its bucket; tried from the largest down, which is the likeliest to do. */
function fits(keys: readonly string[], sizes: readonly number[], maxSize: number, room: number): boolean {
  const hashes = hashesOf(keys);
  let start = Math.max(1, Math.floor(keys.length / Math.floor(room / (2 * pointer))));
  if (maxSize > 10_000 && maxSize / keys.length < 100) start = maxSize - 1000;
  const filled = new Uint32Array(maxSize);
  for (let count = maxSize; count >= start; count--) {
    filled.fill(0, 0, count);
    if (isRoomIn(filled, count, hashes, sizes, room)) return true;
  }
  return false;
}

function isRoomIn(filled: Uint32Array, count: number, hashes: Float64Array, sizes: readonly number[], room: number): boolean {
  const wrap = 4_294_967_296 % count;
  for (let index = 0; index < sizes.length; index++) {
    const high = hashes[2 * index] ?? 0;
    const low = hashes[2 * index + 1] ?? 0;
    const bucket = ((((high % count) * wrap) % count) + (low % count)) % count;
    const used = (filled[bucket] ?? 0) + (sizes[index] ?? 0);
    if (used > room) return false;
    filled[bucket] = used;
  }
  return true;
}

/** ngx_hash_key_lc of each key: 64 bits, as two halves one after the other. */
function hashesOf(keys: readonly string[]): Float64Array {
  const hashes = new Float64Array(2 * keys.length);
  for (const [index, key] of keys.entries()) {
    const lower = key.toLowerCase();
    let [high, low] = [0, 0];
    for (let at = 0; at < lower.length; at++) {
      const product = low * 31 + lower.charCodeAt(at);
      low = product >>> 0;
      high = (Math.imul(high, 31) + (product - low) / 4_294_967_296) >>> 0;
    }
    hashes[2 * index] = high;
    hashes[2 * index + 1] = low;
  }
  return hashes;
}
