import { punch } from '../clock.ts';
import { notFound } from '../http.ts';
import { findIndex } from '../people.ts';
import { assess } from '../policy/day.ts';
import { attendanceRow, listAttendance } from '../presence.ts';
import {
  asInstant,
  asksForPages,
  asText,
  knownLock,
  oneOf,
  paging,
  queryDay,
  queryText,
  required,
} from '../validate.ts';
import { listed } from './listed.ts';
import type { Route } from './route.ts';

const TYPES = ['clock_in', 'clock_out'] as const;

export const attendanceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/attendance',
    scope: 'read',
    answer({ world, query }) {
      const employee = queryText(query, 'employee_id');
      const index = employee === undefined ? undefined : (findIndex(world, employee) ?? -1);
      const [first, last] = [queryDay(query, 'start_date'), queryDay(query, 'end_date')];
      const lock = queryText(query, 'lock_id');
      const pages = asksForPages(query) ? paging(query) : undefined;
      if (index === -1) return listed({ count: 0, slice: () => [] }, pages);
      return listed(listAttendance(world, { index, first, last, lock }), pages);
    },
  },
  {
    method: 'POST',
    path: '/attendance/clock',
    scope: 'write',
    async answer({ store, body }) {
      const fields = body();
      const employee = asText(required(fields.employee_id, 'employee_id'), 'employee_id');
      const type = oneOf(required(fields.type, 'type'), TYPES, 'type');
      const at = asInstant(fields.timestamp, 'timestamp');
      const lock = fields.lock_id ?? null;
      const lockId = lock === null ? null : knownLock(asText(lock, 'lock_id'), 'lock_id');
      const notes = fields.notes == null ? undefined : asText(fields.notes, 'notes');
      const data = await store.write((world) => {
        const index = findIndex(world, employee);
        if (index === undefined)
          throw notFound(`There is no employee ${JSON.stringify(employee)}`, 'employee_id');
        const { op, day, record } = punch(world, { type, at, lock: lockId, method: 'manual', notes, index });
        const figures = assess(world.policy, world.zone, day, record);
        const presence = { in: record.in, out: record.out, lock: record.lock, figures };
        return { ops: [op], result: attendanceRow(world, index, day, presence) };
      });
      return { status: 201, data };
    },
  },
];
