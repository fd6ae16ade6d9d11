/** The words that the sandbox's flags take beyond the usual ones. */

import { UsageError } from '../../errors.ts';

/** `5%`, `0.05`, or nothing at all, as a share from 0 to 1. `standard`: what the bare flag means. */
export function shareOf(value: string | true | undefined, flag: string, standard = 0.1): number | undefined {
  if (value === undefined) return undefined;
  if (value === true) return standard;
  const match = /^(\d{1,3}(?:\.\d+)?|\.\d+)(%?)$/.exec(value);
  const share = Number(match?.[1]) / (match?.[2] === '%' ? 100 : 1);
  if (!match || share > 1) {
    throw new UsageError(`${flag}: "${value}" is not a share`, {
      code: 'invalid_value',
      next: 'write it as 5% or 0.05',
    });
  }
  return share;
}

const UNITS: Readonly<Record<string, number>> = { s: 60, sec: 60, m: 1, min: 1, h: 1 / 60, hour: 1 / 60 };

/** `30/min`, `5/s`, `100/h` as so many a minute. */
export function perMinute(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{1,6}(?:\.\d+)?)\/(s|sec|m|min|h|hour)$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (!match || unit === undefined) {
    throw new UsageError(`${flag}: "${text}" is not a rate`, {
      code: 'invalid_value',
      next: 'write it as 30/min or 5/s',
    });
  }
  return Number(match[1]) * unit;
}

/** `50ms..2s`, or one duration, as ms from and to. */
export async function rangeOf(text: string | undefined, flag: string): Promise<[number, number] | undefined> {
  if (text === undefined) return undefined;
  const { parseDuration } = await import('../../time/duration.ts');
  const [from = '', to = from] = text.split('..');
  const range: [number, number] = [parseDuration(from, flag), parseDuration(to, flag)];
  if (range[1] < range[0]) {
    throw new UsageError(`${flag}: "${text}" ends before it begins`, {
      next: 'write the shorter duration first',
    });
  }
  return range;
}
