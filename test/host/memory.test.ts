import { cachedDataVersionTag } from 'node:v8';
import { expect, it } from 'vitest';
import { spareMemory } from '../../src/host/memory.ts';

it('leaves the flags of V8 as they were, for compiled code is only taken back under equal ones', () => {
  const before = cachedDataVersionTag();
  const undo = spareMemory();
  expect(cachedDataVersionTag()).not.toBe(before);
  undo();
  expect(cachedDataVersionTag()).toBe(before);
});
