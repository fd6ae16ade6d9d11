import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import type { Twice } from '../../src/time/wall.ts';
import { parseDate, parseMonth, parseTime, timeNeedsZone } from '../../src/time/words.ts';
import { addDays, instantOf, localDate } from '../../src/time/zone.ts';
import { formatInstant } from '../../src/views/instant.ts';

// A Monday, half past eleven at night in Berlin: already Tuesday nowhere, still Monday in UTC.
const now = Date.parse('2024-11-18T22:30:00Z');
const utc = { now, timeZone: 'UTC' };
const auckland = { now, timeZone: 'Pacific/Auckland' };

describe('dates', () => {
  it.each([
    ['2024-11-18', '2024-11-18'],
    ['2024-02-29', '2024-02-29'],
    ['today', '2024-11-18'],
    ['yesterday', '2024-11-17'],
    ['-7d', '2024-11-11'],
    ['-2w', '2024-11-04'],
    ['last-week', '2024-11-11'],
    ['this-week', '2024-11-18'],
    ['this-month', '2024-11-01'],
    ['last-month', '2024-10-01'],
    ['2024-11', '2024-11-01'],
  ])('%s begins on %s', (word, date) => {
    expect(parseDate(word, utc)).toBe(date);
  });

  it.each([
    ['last-week', '2024-11-17'],
    ['this-month', '2024-11-30'],
    ['last-month', '2024-10-31'],
    ['2024-02', '2024-02-29'],
    ['2023-02', '2023-02-28'],
  ])('%s as the end of a period is %s', (word, date) => {
    expect(parseDate(word, { ...utc, edge: 'end' })).toBe(date);
  });

  it("are the organization's days, not this machine's", () => {
    expect(parseDate('today', auckland)).toBe('2024-11-19');
    expect(parseDate('this-week', auckland)).toBe('2024-11-18');
  });

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-00',
    '9999-01-01',
    '0001-01-01',
    '18.11.2024',
    '',
    'soon',
    '-7',
    '1e9',
  ])('%j is refused', (word) => {
    expect(() => parseDate(word, utc)).toThrow(UsageError);
  });

  it('never answers anything but a day on the calendar, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^[-+]?\d{1,6}[dw]?$/),
          fc.stringMatching(/^\d{4}-\d{2}(-\d{2})?$/),
        ),
        (word) => {
          let date: string;
          try {
            date = parseDate(word, utc);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
            return;
          }
          expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
        },
      ),
    );
  });
});

describe('months', () => {
  it('are their first and last day', () => {
    expect(parseMonth('2024-11')).toEqual({ from: '2024-11-01', to: '2024-11-30' });
    expect(parseMonth('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  });
});

describe('times', () => {
  const berlin = { now, timeZone: 'Europe/Berlin' };
  it.each([
    ['2024-11-18T09:00:00Z', '2024-11-18T09:00:00Z'],
    ['2024-11-18T09:00:00+01:00', '2024-11-18T08:00:00Z'],
    ['2024-11-18T00:30-02:00', '2024-11-18T02:30:00Z'],
    ['2024-11-18 09:00', '2024-11-18T08:00:00Z'],
    ['2024-07-01T09:00', '2024-07-01T07:00:00Z'],
    ['2024-11-18 9:00', '2024-11-18T08:00:00Z'],
    ['2024-11-18 09:05 +02:00', '2024-11-18T07:05:00Z'],
    ['2024-11-18T09:05:00-0330', '2024-11-18T12:35:00Z'],
    ['2024-11-18 09:05 Z', '2024-11-18T09:05:00Z'],
    ['yesterday 09:00', '2024-11-17T08:00:00Z'],
    ['today 9:00', '2024-11-18T08:00:00Z'],
    ['-2d 17:30', '2024-11-16T16:30:00Z'],
    ['09:00', '2024-11-18T08:00:00Z'],
    ['9:05:30', '2024-11-18T08:05:30Z'],
    ['now', '2024-11-18T22:30:00Z'],
    ['-15m', '2024-11-18T22:15:00Z'],
    ['-1h30m', '2024-11-18T21:00:00Z'],
    ['yesterday', '2024-11-16T23:00:00Z'],
    ['2024-11-01', '2024-10-31T23:00:00Z'],
  ])('%s in Berlin is %s', (word, instant) => {
    expect(parseTime(word, berlin)).toBe(instant);
  });

  it.each([
    '25:00',
    '09:60',
    '+10000000d',
    '0000-01-01T00:00+10:00',
    '2024-02-30T09:00:00Z',
    'T09:00',
    'last-week 09:00',
    'yesterday 09:00 +02:00',
    '2024-11 09:00',
    '2024-11-18 09:00 +25:00',
    '2024-11-18T09:00:00+02',
    '18.11.24 09:00',
    '9:00 PM',
    '-15',
    '9',
    '',
    'noon',
  ])('%j is refused', (word) => {
    expect(() => parseTime(word, berlin)).toThrow(UsageError);
  });

  it.each([
    ['now', false],
    ['-15m', false],
    ['-7d', false],
    ['2024-11-18T09:00:00Z', false],
    ['2024-11-18T09:00:00+01:00', false],
    ['2024-11-18 09:00 +0100', false],
    ['yesterday 09:00', true],
    ['-1d 09:00', true],
    ['09:00', true],
    ['2024-11-18', true],
    ['2024-11-18T09:00', true],
    ['yesterday', true],
  ])('%s: that a zone is needed is %s', (word, needed) => {
    expect(timeNeedsZone(word)).toBe(needed);
  });

  it('skipped by a change of clocks is refused, with both ways to write what may be meant', () => {
    const skipped = (word: string, timeZone = 'Europe/Berlin') => {
      try {
        return parseTime(word, { now, timeZone });
      } catch (error) {
        const { message, next } = error as UsageError;
        return [message, next];
      }
    };
    expect(skipped('2026-03-29 02:30')).toEqual([
      'time: there is no 02:30:00 on 2026-03-29 in Europe/Berlin: the clocks go forward over it',
      'write it with its offset: 2026-03-29T02:30:00+01:00 or 2026-03-29T02:30:00+02:00',
    ]);
    expect(skipped('2026-03-29 01:59:59')).toBe('2026-03-29T00:59:59Z');
    expect(skipped('2026-03-29 03:00')).toBe('2026-03-29T01:00:00Z');
    // A whole day, and half an hour.
    expect(skipped('2011-12-30 09:00', 'Pacific/Apia')).toBeInstanceOf(Array);
    expect(skipped('2026-10-04 02:15', 'Australia/Lord_Howe')).toBeInstanceOf(Array);
    expect(skipped('2026-10-04 02:30', 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00Z');
    // A day begins where its clocks begin.
    expect(skipped('2024-04-26', 'Africa/Cairo')).toBe('2024-04-25T22:00:00Z');
  });

  it('repeated by a change of clocks is taken at its first pass, and that is said with the way to write the second', () => {
    const told: unknown[] = [];
    const twice = (both: Twice) => told.push(both);
    expect(parseTime('2026-10-25 02:30', { ...berlin, twice })).toBe('2026-10-25T00:30:00Z');
    const [one, other] = ['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00'];
    expect(told).toEqual([{ taken: one, other, timeZone: 'Europe/Berlin' }]);
    for (const word of ['2026-10-25 01:59', '2026-10-25 03:00', one, other]) {
      parseTime(word, { ...berlin, twice });
    }
    expect(told).toHaveLength(1);
    expect(parseTime(other, berlin)).toBe('2026-10-25T01:30:00Z');
  });
});

describe('zones', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ];
  it('a wall-clock time that exists comes back from its instant', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) }),
        (zone, instant) => {
          const minute = Math.floor(instant / 60_000) * 60_000;
          const shown = formatInstant(new Date(minute).toISOString(), zone);
          const [date = '', time = ''] = shown.split(' ');
          const [hours = 0, minutes = 0] = time.split(':').map(Number);
          const back = instantOf(date, (hours * 60 + minutes) * 60_000, zone);
          // A repeated hour has two instants with one name.
          expect(formatInstant(new Date(back).toISOString(), zone)).toBe(shown);
          expect(localDate(minute, zone)).toBe(date);
        },
      ),
    );
  });

  it('shows what is not a time as it is', () => {
    expect(formatInstant('soon', 'UTC')).toBe('soon');
    expect(formatInstant('2024-11-18T09:00:05Z', 'UTC')).toBe('2024-11-18 09:00:05');
  });

  it('counts days across a change of clocks', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
  });
});
