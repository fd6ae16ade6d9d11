/** Instants in a time zone, fast: UTC needs no Intl at all, other zones ask it once for each hour that occurs. */

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const HALF_HOUR = 1_800_000;

/** Minutes that a zone is ahead of UTC at an instant in ms. */
type Offset = (ms: number) => number;

const offsets = new Map<string, Offset>();

function offsetOf(timeZone: string): Offset {
  const known = offsets.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const seen = new Map<number, number>();
  const offset: Offset = (ms) => {
    const slot = Math.floor(ms / HALF_HOUR);
    const cached = seen.get(slot);
    if (cached !== undefined) return cached;
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(slot * HALF_HOUR)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    const minutes = (Date.UTC(year, month - 1, day, hour, minute) - slot * HALF_HOUR) / 60_000;
    if (seen.size > 100_000) seen.clear();
    seen.set(slot, minutes);
    return minutes;
  };
  offsets.set(timeZone, offset);
  return offset;
}

/**
 * The local wall-clock time of an RFC 3339 instant as ms since the epoch **as if the zone were UTC**, which is what
 * calendars and spreadsheets count in. Undefined for a text that is no instant.
 */
export function localTime(text: string, timeZone: string): number | undefined {
  if (!INSTANT.test(text)) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return undefined;
  return timeZone === 'UTC' ? ms : ms + offsetOf(timeZone)(ms) * 60_000;
}

/** `2024-11-18 09:00` in the zone, with seconds where there are any; a text that is no instant stays as it is. */
export function formatInstant(text: string, timeZone: string): string {
  const parts = INSTANT.exec(text);
  if (!parts) return text;
  if (timeZone === 'UTC' && parts[7] === 'Z') {
    const seconds = parts[6] === undefined || parts[6] === '00' ? '' : `:${parts[6]}`;
    return `${parts[1]}-${parts[2]}-${parts[3]} ${parts[4]}:${parts[5]}${seconds}`;
  }
  const local = localTime(text, timeZone);
  if (local === undefined) return text;
  const iso = new Date(local).toISOString();
  const seconds = iso.slice(17, 19);
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}${seconds === '00' ? '' : `:${seconds}`}`;
}
