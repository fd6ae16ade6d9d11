import { UsageError } from '../errors.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `500ms`, `30s`, `5m`, `2h`, `1d`, `1h30m` as ms; a bare `0` is 0. Throws UsageError. */
export function parseDuration(text: string, name = 'duration'): number {
  if (text === '0') return 0;
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d{1,3})?)(ms|[smhdw])/gy)];
  const length = parts.reduce((sum, part) => sum + part[0].length, 0);
  if (parts.length === 0 || length !== text.length) {
    throw new UsageError(`${name}: "${text}" is not a duration`, {
      code: 'invalid_duration',
      next: 'write a number with its unit, such as 500ms, 30s, 5m, 2h or 1d',
    });
  }
  return parts.reduce(
    (sum, [, count, unit]) => sum + Math.round(Number(count) * (UNITS[unit ?? ''] ?? 0)),
    0,
  );
}

/** ms for a person: `450 ms`, `4 s`, `2 min`, `1 h 5 min`, `3 d 2 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const two = (high: number, highUnit: string, low: number, lowUnit: string) =>
    low === 0 ? `${high} ${highUnit}` : `${high} ${highUnit} ${low} ${lowUnit}`;
  if (minutes < 48 * 60) return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}
