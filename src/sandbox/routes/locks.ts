import { lockHistory } from '../doors.ts';
import { DOORS, lockRow } from '../seed/locks.ts';
import { asksForPages, knownLock, paging } from '../validate.ts';
import { listed } from './listed.ts';
import type { Route } from './route.ts';

export const lockRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/locks',
    scope: 'read',
    answer: ({ world }) => ({ data: DOORS.map((door) => lockRow(world.config, door, world.now())) }),
  },
  {
    method: 'GET',
    path: '/locks/:id/history',
    scope: 'read',
    answer({ world, id, query }) {
      const pages = asksForPages(query) ? paging(query) : undefined;
      return listed(lockHistory(world, knownLock(id)), pages);
    },
  },
];
