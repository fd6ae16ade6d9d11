import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestsOf, KnownSet } from '../../src/follow/known.ts';

describe('the set of known records', () => {
  it('knows what was added and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (added, asked) => {
        const known = new KnownSet();
        for (const key of added) known.add(key);
        for (const key of [...added, ...asked]) expect(known.offered(key)).toBe(added.includes(key));
        expect(known.size).toBe(new Set(added).size);
      }),
    );
  });

  it('takes a million IDs that differ in a digit for a million records, in less than 40 MB', () => {
    const known = new KnownSet();
    for (let number = 0; number < 1_000_000; number += 1) known.add(`id event_${number}`);
    expect(known.size).toBe(1_000_000);
    expect(known.bytes).toBeLessThan(40e6);
    expect(known.offered('id event_1000000')).toBe(false);
  });

  it('comes back whole from its digests, and a torn one is left out', () => {
    const keys = ['a', 'b', 'c'];
    const known = new KnownSet();
    known.addDigests(digestsOf(keys));
    expect(keys.every((key) => known.offered(key))).toBe(true);
    const copy = new KnownSet();
    copy.addDigests(known.digests().subarray(0, 20));
    expect(copy.size).toBe(2);
  });

  it('forgets only beyond its cap, and only what the API has not offered for a week of answers', () => {
    const known = new KnownSet(5000);
    for (let number = 0; number < 5000; number += 1) known.add(`old ${number}`);
    for (let hour = 0; hour < 10_000; hour += 1) known.tick();
    for (let number = 0; number < 2500; number += 1) known.offered(`old ${number}`);
    for (let number = 0; number < 20_000; number += 1) known.add(`new ${number}`);
    for (let number = 0; number < 2500; number += 1) expect(known.offered(`old ${number}`)).toBe(true);
    for (let number = 0; number < 20_000; number += 1) expect(known.offered(`new ${number}`)).toBe(true);
    expect(known.offered('old 4999')).toBe(false);

    const within = new KnownSet(50_000);
    for (let number = 0; number < 5000; number += 1) within.add(`old ${number}`);
    for (let hour = 0; hour < 10_000; hour += 1) within.tick();
    for (let number = 0; number < 20_000; number += 1) within.add(`new ${number}`);
    expect(within.offered('old 4999')).toBe(true);
  });

  it('stays the size it needs while records come and go', () => {
    const known = new KnownSet(20_000);
    let largest = 0;
    for (let week = 0; week < 50; week += 1) {
      for (let number = 0; number < 10_000; number += 1) known.add(`${week} ${number}`);
      for (let hour = 0; hour < 24 * 8; hour += 1) known.tick();
      largest = Math.max(largest, known.bytes);
    }
    expect(largest).toBeLessThan(2e6);
  });
});
