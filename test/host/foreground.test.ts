import { expect, test } from 'vitest';
import { inForeground, isForeground } from '../../src/host/foreground.ts';

const stat = (group: number, listening: number) =>
  `4711 (a) S (b) S 4000 ${group} 4000 34816 ${listening} 4194304 0 0`;

test('a job to which the terminal listens may ask, one behind it may not', () => {
  expect(isForeground(stat(4711, 4711))).toBe(true);
  expect(isForeground(stat(4711, 4000))).toBe(false);
});

test('without a terminal in control nothing would stop it', () => {
  expect(isForeground(stat(4711, -1))).toBe(true);
  expect(typeof inForeground()).toBe('boolean');
});
