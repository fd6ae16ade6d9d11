import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { formatDuration, parseDuration } from '../../src/time/duration.ts';

it.each([
  ['500ms', 500],
  ['30s', 30_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['1h30m', 5_400_000],
  ['1.5s', 1500],
  ['0', 0],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(['', '5', '-5s', 's', '5 s', '5x', '1e3s', '5s!'])('%j is refused', (text) => {
  expect(() => parseDuration(text)).toThrow(UsageError);
});

it('is a number of milliseconds that is not negative, or refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(parseDuration(text)).toBeGreaterThanOrEqual(0);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
  );
});

it.each([
  [450, '450 ms'],
  [4000, '4 s'],
  [119_000, '119 s'],
  [600_000, '10 min'],
  [3_900_000, '1 h 5 min'],
  [7_200_000, '2 h'],
  [266_400_000, '3 d 2 h'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
