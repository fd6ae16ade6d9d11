import { ORGANIZATION_ID } from '../config.ts';
import { countOf } from '../people.ts';
import { FOUNDED } from '../seed/people.ts';
import type { Route } from './route.ts';

export const organizationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/organization',
    scope: 'read',
    answer: ({ world }) => ({
      data: {
        id: ORGANIZATION_ID,
        name: 'Acme Corporation',
        employees_count: countOf(world) - deletedCount(world),
        created_at: FOUNDED,
        timezone: world.config.timezone,
        currency: 'USD',
      },
    }),
  },
];

/** A deleted record can be restored but is not counted. Only changed ones can be deleted. */
function deletedCount({ state }: Parameters<Route['answer']>[0]['world']): number {
  let count = 0;
  for (const person of state.people.values()) if (person.deleted !== null) count += 1;
  return count;
}
