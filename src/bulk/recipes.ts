/** The three kinds of files. */

import type { Session } from '../session.ts';
import { departmentsOf, unaskedDepartments } from './departments.ts';
import { scanEmployees } from './existing.ts';
import type { Recipe } from './import.ts';
import { planPunches } from './plan-attendance.ts';
import { type OnConflict, planImport, planSync } from './plan-employees.ts';
import { attendanceRules, importRules, syncRules } from './rules.ts';

/** New employees; those who are there already are skipped, changed, or faults. */
export function employeesRecipe(session: Session, onConflict: OnConflict): Recipe {
  return {
    kind: 'employees.import',
    rules: importRules,
    unit: 'employees',
    flags: [onConflict],
    // Where those who are there are no faults, the organization is what counts, and not an earlier run.
    repeatable: onConflict !== 'fail',
    needsZone: () => false,
    plan: async (rows, { calls }) => {
      const { rows: employees } = await scanEmployees(calls);
      return planImport(rows, employees, departmentsOf(session, calls, employees), onConflict);
    },
    asks: 'which departments there are, and who is there already',
    unasked: (rows) => planImport(rows, [], unaskedDepartments(session), onConflict),
  };
}

/** The employees that there shall be. */
export function syncRecipe(session: Session, prune: boolean): Recipe {
  return {
    kind: 'employees.sync',
    rules: syncRules,
    unit: 'employees',
    flags: [prune],
    repeatable: true,
    needsZone: () => false,
    plan: async (rows, { calls }) => {
      const { rows: employees } = await scanEmployees(calls);
      return planSync(rows, employees, departmentsOf(session, calls, employees), prune);
    },
    asks: 'which departments there are, and what differs from the file',
  };
}

/** Clock events. */
export function attendanceRecipe({ context }: Session, onConflict: 'skip' | 'fail'): Recipe {
  return {
    kind: 'attendance.import',
    rules: attendanceRules,
    unit: 'punches',
    flags: [onConflict],
    repeatable: false,
    // A cell that is no text, or a text without an offset, is a wall-clock time.
    needsZone: ({ rows }) =>
      rows.some(({ cells }) =>
        Object.values(cells).some(
          (cell) =>
            cell instanceof Date ||
            (typeof cell === 'string' &&
              /\d:\d{2}(:\d{2}(\.\d+)?)?\s*$/.test(cell) &&
              !/\d *[+-]\d{2}:\d{2}\s*$/.test(cell)),
        ),
      ),
    plan: (rows, { calls }) => planPunches(rows, calls, onConflict, context.now()),
    asks: 'which punches are recorded already, and which employees and locks there are',
    unasked: (rows) => planPunches(rows, undefined, onConflict, context.now()),
  };
}
