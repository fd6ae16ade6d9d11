/**
 * The payroll policy once more, written from its text alone and fed with what the API answers: employees, attendance
 * records, the report's own list of holidays. Exact fractions throughout.
 */

export type Row = Record<string, unknown>;

export const DAY = 86_400_000;
export const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
export const midnight = (date: string) => Date.parse(`${date}T00:00:00Z`);
const datesBetween = (first: string, last: string) => {
  const dates: string[] = [];
  for (let at = midnight(first); at <= midnight(last); at += DAY) dates.push(iso(at));
  return dates;
};

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** A fraction to the nearest whole number, halves up. */
function round(numerator: bigint, denominator: bigint): bigint {
  const doubled = 2n * numerator + denominator;
  const by = 2n * denominator;
  const quotient = doubled / by;
  return doubled % by < 0n ? quotient - 1n : quotient;
}

export const cents = (money: unknown) => BigInt(Math.round(Number(money) * 100));
export const hoursOf = (minutes: bigint) => Number(round(minutes * 100n, 60n)) / 100;

const formats = new Map<string, Intl.DateTimeFormat>();
const instants = new Map<string, number>();

/** Local date and minute of the day of an instant, by Intl. */
function wall(instant: number, timeZone: string): { date: string; minute: number } {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(timeZone, format);
  const [date = '', time = ''] = format.format(instant).split(' ');
  return { date, minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) };
}

/** The instant at which a wall clock shows a time, found by asking it. */
function instantOf(date: string, minute: number, timeZone: string): number {
  const key = `${date} ${minute} ${timeZone}`;
  const known = instants.get(key);
  if (known !== undefined) return known;
  const guess = midnight(date) + minute * 60_000;
  for (let off = -15 * 60; off <= 15 * 60; off += 15) {
    const at = guess + off * 60_000;
    const shown = wall(at, timeZone);
    if (shown.date !== date || shown.minute !== minute) continue;
    instants.set(key, at);
    return at;
  }
  throw new Error(`no ${date} ${minute} in ${timeZone}`);
}

interface Expected {
  scheduled: number;
  worked: number;
  absent: number;
  minutes: bigint;
  overtime: bigint;
  late: bigint;
  early: bigint;
  base: bigint;
  overtimePay: bigint;
  absence: bigint;
  latePenalty: bigint;
  earlyPenalty: bigint;
  missing: number;
  raw: { late: bigint; early: bigint; lates: number; earlies: number };
}

/** What an employee is owed for a period, in cents and minutes, by `records` of theirs and as of `now`. */
export function expectedPay(
  employee: Row,
  records: Row[],
  holidays: string[],
  period: [string, string],
  zone: string,
  now: number,
): Expected {
  const salary = cents(employee['salary']);
  const from = String(employee['start_date']);
  const to = String(employee['end_date'] ?? '9999-12-31');
  const scheduled = (date: string) =>
    ![0, 6].includes(new Date(midnight(date)).getUTCDay()) && !holidays.includes(date);
  const byDate = new Map(records.map((record) => [String(record['date']), record]));
  const sum: Expected = {
    scheduled: 0,
    worked: 0,
    absent: 0,
    minutes: 0n,
    overtime: 0n,
    late: 0n,
    early: 0n,
    base: 0n,
    overtimePay: 0n,
    absence: 0n,
    latePenalty: 0n,
    earlyPenalty: 0n,
    missing: 0,
    raw: { late: 0n, early: 0n, lates: 0, earlies: 0 },
  };
  const months = groupBy(datesBetween(...period), (date) => date.slice(0, 7));
  for (const [month, dates] of months) {
    const first = `${month}-01`;
    const last = iso(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0));
    const inMonth = datesBetween(first, last).filter(scheduled).length;
    const employed = dates.filter((date) => scheduled(date) && from <= date && date <= to);
    const base = round(round(salary, 12n) * BigInt(employed.length), BigInt(inMonth || 1));
    const absent = employed.filter(
      (date) => !byDate.has(date) && instantOf(date, 17 * 60 + 30, zone) <= now,
    ).length;
    sum.base += base;
    sum.scheduled += employed.length;
    sum.absent += absent;
    if (employed.length > 0) sum.absence += round(base * BigInt(absent), BigInt(employed.length));
    for (const date of dates) {
      const record = byDate.get(date);
      if (record) addRecord(sum, record, date, salary, scheduled(date), zone);
    }
  }
  return sum;
}

function addRecord(sum: Expected, record: Row, date: string, salary: bigint, due: boolean, zone: string) {
  const minutes = (ms: number) => BigInt(Math.max(0, Math.floor(ms / 60_000)));
  const pay = (count: bigint, times: bigint, per: bigint) => round(salary * count * times, 2210n * 60n * per);
  sum.worked += 1;
  const came = Date.parse(String(record['clock_in']));
  const late = due ? minutes(came - instantOf(date, 9 * 60, zone)) : 0n;
  if (late > 0n) sum.raw.lates += 1;
  sum.raw.late += late;
  if (late > 5n) {
    sum.late += late;
    sum.latePenalty += pay(late, 1n, 1n);
  }
  if (record['clock_out'] === null) {
    sum.missing += 1;
    return;
  }
  const went = Date.parse(String(record['clock_out']));
  const worked = minutes(went - came);
  sum.minutes += worked;
  if (worked - 510n >= 15n) {
    sum.overtime += worked - 510n;
    sum.overtimePay += pay(worked - 510n, 3n, 2n);
  }
  const early = due ? minutes(instantOf(date, 17 * 60 + 30, zone) - went) : 0n;
  if (early > 0n) sum.raw.earlies += 1;
  sum.raw.early += early;
  if (early > 5n) {
    sum.early += early;
    sum.earlyPenalty += pay(early, 1n, 1n);
  }
}
