/**
 * Which records have been seen, at 12 bytes a slot however long their keys: a 64-bit digest of the key, and when the
 * API last offered the record. A million records have a chance of 3 in 10^8 that any two share a digest.
 */

/** Bytes of a digest as it is stored. */
export const DIGEST_BYTES = 8;

/** Forgetting starts beyond this many records (100,000 a week for 40 weeks); below it nothing is ever forgotten. */
const DEFAULT_CAP = 4_000_000;

/** Ticks without an offer after which a record beyond the cap may be forgotten: answers that flap must not matter. */
const FORGET_AFTER = 7 * 24;

const FIRST_CAPACITY = 1 << 12;

// The digest under work: two lanes instead of an object, for ten thousand known records are looked up in a millisecond.
let high = 0;
let low = 0;

/** Each step maps the two lanes one to one, so that keys of equal length that differ in one place never meet. */
function digest(key: string): void {
  let a = 0x9e3779b9 ^ key.length;
  let b = 0x85ebca6b;
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    a = Math.imul(a ^ unit, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = (Math.imul(b ^ unit, 0x1b873593) + a) | 0;
    b = (b << 13) | (b >>> 19);
    a = (a + b) | 0;
  }
  a ^= a >>> 16;
  a = Math.imul(a, 0x85ebca6b);
  b = (b + a) | 0;
  b ^= b >>> 15;
  b = Math.imul(b, 0xc2b2ae35);
  a = (a + b) | 0;
  a ^= a >>> 13;
  high = a >>> 0;
  low = (b ^ (b >>> 16)) >>> 0;
}

/** The digests of keys, one after the other. */
export function digestsOf(keys: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(keys.length * DIGEST_BYTES);
  const view = new DataView(bytes.buffer);
  keys.forEach((key, index) => {
    digest(key);
    view.setUint32(index * DIGEST_BYTES, high);
    view.setUint32(index * DIGEST_BYTES + 4, low);
  });
  return bytes;
}

export class KnownSet {
  #high = new Uint32Array(FIRST_CAPACITY);
  #low = new Uint32Array(FIRST_CAPACITY);
  /** The tick of the last offer; 0 marks an empty slot. */
  #offered = new Uint32Array(FIRST_CAPACITY);
  #size = 0;
  #tick = 1;
  readonly #cap: number;

  constructor(cap: number = DEFAULT_CAP) {
    this.#cap = cap;
  }

  get size(): number {
    return this.#size;
  }

  /** What it takes in memory. */
  get bytes(): number {
    return this.#offered.byteLength * 3;
  }

  /** Whether the record is known. To ask is to say that the API offers it still. */
  offered(key: string): boolean {
    digest(key);
    const slot = this.#slot();
    if (this.#offered[slot] === 0) return false;
    this.#offered[slot] = this.#tick;
    return true;
  }

  add(key: string): void {
    digest(key);
    this.#insert();
  }

  /** Adds digests as `digestsOf` and `digests` give them. A torn one at the end is left out. */
  addDigests(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + DIGEST_BYTES <= bytes.length; at += DIGEST_BYTES) {
      high = view.getUint32(at);
      low = view.getUint32(at + 4);
      this.#insert();
    }
  }

  /** Every digest, in no order. */
  digests(): Uint8Array {
    const bytes = new Uint8Array(this.#size * DIGEST_BYTES);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (let slot = 0; slot < this.#offered.length; slot += 1) {
      if (this.#offered[slot] === 0) continue;
      view.setUint32(at, this.#high[slot] ?? 0);
      view.setUint32(at + 4, this.#low[slot] ?? 0);
      at += DIGEST_BYTES;
    }
    return bytes;
  }

  /** An hour of whole answers has passed. Hours in which nothing could be read must not count as absence. */
  tick(): void {
    this.#tick += 1;
  }

  /** The slot of the digest under work, or the empty one where it would go. */
  #slot(): number {
    const mask = this.#offered.length - 1;
    let slot = low & mask;
    while (this.#offered[slot] !== 0 && (this.#low[slot] !== low || this.#high[slot] !== high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #insert(): void {
    const slot = this.#slot();
    const isNew = this.#offered[slot] === 0;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#offered[slot] = this.#tick;
    if (!isNew) return;
    this.#size += 1;
    if (this.#size * 5 > this.#offered.length * 3) this.#rebuild();
  }

  /** Makes room: forgets what may be forgotten once there is more than the cap, and grows where that is not enough. */
  #rebuild(): void {
    const [highs, lows, offers] = [this.#high, this.#low, this.#offered];
    const oldest = this.#size > this.#cap ? this.#tick - FORGET_AFTER : 0;
    let kept = 0;
    for (const offer of offers) if (offer !== 0 && offer >= oldest) kept += 1;
    const capacity = kept * 5 > offers.length * 2 ? offers.length * 2 : offers.length;
    this.#high = new Uint32Array(capacity);
    this.#low = new Uint32Array(capacity);
    this.#offered = new Uint32Array(capacity);
    this.#size = kept;
    for (let from = 0; from < offers.length; from += 1) {
      const offer = offers[from] ?? 0;
      if (offer === 0 || offer < oldest) continue;
      high = highs[from] ?? 0;
      low = lows[from] ?? 0;
      const slot = this.#slot();
      this.#high[slot] = high;
      this.#low[slot] = low;
      this.#offered[slot] = offer;
    }
  }
}
