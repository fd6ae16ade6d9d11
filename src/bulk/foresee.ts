/** What would become of a plan now: for a dry run, which reads as the work would, and sends nothing. */

import { type Employee, getEmployee } from '../api/employees.ts';
import { RefusedError } from '../errors.ts';
import type { Session } from '../session.ts';
import { CONCURRENCY, type Hold } from './conduct.ts';
import { bulkOptions, scanEmployees } from './existing.ts';
import { checkUnchanged } from './perform.ts';
import { reasonOf } from './reason.ts';
import type { Action, DeleteAction, UpdateAction } from './types.ts';

/** So many are asked for one by one, however small the organization is. */
const FEW = 10;
/** Employees on a page. */
const PAGE = 100;

type Change = UpdateAction | DeleteAction;

/**
 * The plan with what the work would leave alone as refusals: changed since, or gone. Of many records the list is read
 * first, and by its ID alone who differs there. Those that `unclear` has stay: the work looks them up in another way.
 */
export async function foresee(
  session: Session,
  held: Hold,
  actions: readonly Action[],
  unclear: ReadonlySet<Action>,
): Promise<Action[]> {
  const { calls, organization } = held;
  const changes = [...actions.entries()].filter(
    (entry): entry is [number, Change] =>
      (entry[1].op === 'update' || entry[1].op === 'delete') && !unclear.has(entry[1]),
  );
  const found = [...actions];
  const listed = new Map<string, Employee>();
  if (changes.length > FEW + organization.employees_count / PAGE) {
    for (const one of (await scanEmployees(calls)).rows) listed.set(one.id, one);
  }
  let done = 0;
  const look = async ([i, action]: [number, Change]) => {
    const known = listed.get(action.id);
    if (!known || isRefusal(await judged(action, known))) {
      const read = async () =>
        (await calls.client.call(getEmployee, { id: action.id }, bulkOptions(calls))).data;
      found[i] = await judged(action, read);
    }
    done += 1;
    session.report.progress({ done, total: changes.length, unit: 'employees' });
  };
  const queue = [...changes];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await look(next);
  };
  await Promise.all(
    Array.from({ length: CONCURRENCY }, () =>
      work().catch((error: unknown) => {
        queue.length = 0;
        throw error;
      }),
    ),
  ).finally(() => session.report.progress(undefined));
  return found;
}

const isRefusal = ({ op }: Action) => op === 'refuse';

/** The action, or why it would not be done. Throws what reading throws, but for what the API refuses. */
async function judged(action: Change, now: Employee | (() => Promise<Employee>)): Promise<Action> {
  try {
    checkUnchanged(action, typeof now === 'function' ? await now() : now);
    return action;
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const { row, key } = action;
    return { op: 'refuse', row, key, reason: reasonOf(error) };
  }
}
