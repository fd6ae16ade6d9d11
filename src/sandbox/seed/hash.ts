/** Chance without a generator: any value of the seeded world is a pure function of the seed and of what it belongs to. */

function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const mixed = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** 32 well-mixed bits (MurmurHash3) of four whole numbers. */
export function hash(seed: number, a: number, b = 0, c = 0): number {
  let h = mix(mix(mix(mix(0x2f0b4c47, seed), a), b), c);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** What a hash decides, so that no two decisions share their bits. */
export const ABOUT = {
  given: 1,
  family: 2,
  culture: 3,
  position: 4,
  salary: 5,
  start: 6,
  leave: 7,
  absent: 8,
  failed: 9,
  day: 10,
  arrive: 11,
  depart: 12,
  method: 13,
} as const;
