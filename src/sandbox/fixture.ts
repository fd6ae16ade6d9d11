/** A fixture's attendance as the first change of its state. */

import { dayOf, zoneOf } from './calendar.ts';
import type { SandboxConfig } from './config.ts';
import { fixtureDays } from './seed/fixtures.ts';
import type { Change, Operation } from './state.ts';

const seconds = (clock: string) => Number(clock.slice(0, 2)) * 3600 + Number(clock.slice(3)) * 60;
const LOCK = 'lock_789';
const METHOD = 'fingerprint';

export function fixtureChange(config: SandboxConfig): Change {
  const zone = zoneOf(config.timezone);
  const ops: Operation[] = [];
  for (const one of config.fixture ? fixtureDays(config.fixture) : []) {
    const day = dayOf(one.date);
    const record = {
      in: zone.instant(day, seconds(one.in)),
      out: zone.instant(day, seconds(one.out)),
      lock: LOCK,
    };
    const { index } = one;
    const clock = { op: 'clock', index, day, lock: LOCK, method: METHOD, record, seeded: true } as const;
    ops.push({ ...clock, type: 'clock_out', at: record.out });
    for (const [nth, at] of [record.in, record.out].entries()) {
      const id = `event_${day}${String(index).padStart(7, '0')}${nth}`;
      const event = { id, lock: LOCK, index, method: METHOD, at, received: at + 1000, ok: true };
      ops.push({ op: 'access', event, seeded: true });
    }
  }
  return { at: config.epoch, ops };
}
