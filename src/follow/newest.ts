import { eventTime } from './identity.ts';

/** Records beyond the number wanted, before the oldest of them are let go. */
const SPARE = 1000;

/** Keeps the newest `count` events of however many are added. */
export function keepNewest(count: number) {
  let kept: { readonly record: unknown; readonly time: number }[] = [];
  const trim = () => {
    kept.sort((a, b) => a.time - b.time);
    kept = kept.slice(Math.max(0, kept.length - count));
  };
  return {
    add(records: readonly unknown[]): void {
      for (const record of records) kept.push({ record, time: eventTime(record) || 0 });
      if (kept.length > count * 2 + SPARE) trim();
    },
    /** Oldest first. */
    rows(): readonly unknown[] {
      trim();
      return kept.map(({ record }) => record);
    },
  };
}
