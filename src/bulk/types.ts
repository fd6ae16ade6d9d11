/** What bulk work is made of: rows that were read, actions that are planned, events that the journal keeps. */

import type { Clock } from '../api/attendance.ts';
import type { CreateEmployee, Employee, UpdateEmployee } from '../api/employees.ts';

/** A cell as a file gave it. A Date is a wall-clock time, its fields in UTC (Excel knows no time zones). */
export type Cell = string | number | boolean | Date | null;

/** One row of a file. `number` is what a spreadsheet shows beside it: the header of a CSV is row 1. */
export interface Row {
  readonly number: number;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** A file that was read whole. */
export interface Table {
  /** As a person calls it: its path, or `standard input`. */
  readonly name: string;
  /** SHA-256 of its bytes, in hex. */
  readonly hash: string;
  readonly format: 'csv' | 'xlsx' | 'json' | 'ndjson';
  /** The column names in their order, as the file has them. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What is wrong with the file itself, each as `row 4: …`. */
  readonly faults: readonly string[];
  /** What is taken, but may not be meant. */
  readonly warnings?: readonly string[];
}

export type RunKind =
  | 'employees.import'
  | 'employees.sync'
  | 'attendance.import'
  | 'employees.create'
  | 'employees.update'
  | 'employees.delete'
  | 'employees.restore'
  | 'attendance.clock'
  | 'undo';

/** Fields of an employee that a PUT can change. */
export type EmployeeChange = Omit<UpdateEmployee, 'id'>;

interface Planned {
  /** The row of the file; 0: none. */
  readonly row: number;
  /** For an undo: the index in the run that is undone. */
  readonly of?: number;
  /** The natural key: an e-mail address in lower case, an ID, or `employee type instant` for a punch. */
  readonly key: string;
}

export interface CreateAction extends Planned {
  readonly op: 'create';
  readonly body: CreateEmployee;
}

export interface UpdateAction extends Planned {
  readonly op: 'update';
  readonly id: string;
  /** Only what changes. */
  readonly body: EmployeeChange;
  /** The record as it was when this was planned. */
  readonly before: Employee;
  /** What must not have changed since: the fields of the body, or the whole row. */
  readonly guard: 'fields' | 'row';
}

export interface DeleteAction extends Planned {
  readonly op: 'delete';
  readonly id: string;
  readonly before: Employee;
  readonly guard: 'row';
}

export interface ClockAction extends Planned {
  readonly op: 'clock';
  readonly body: Clock;
}

/** Nothing is sent: the plan already knows why this cannot be done. */
export interface RefusedAction extends Planned {
  readonly op: 'refuse';
  readonly reason: Reason;
}

export type Action = CreateAction | UpdateAction | DeleteAction | ClockAction | RefusedAction;

/** Why a row was not done. */
export interface Reason {
  readonly code: string;
  readonly message: string;
  readonly field?: string | undefined;
  readonly status?: number | undefined;
}

/** The first line of a journal. */
export interface RunHead {
  readonly id: string;
  readonly kind: RunKind;
  /** What makes a run the same run: kind, organization, file and options, hashed. */
  readonly key: string;
  /** RFC 3339. */
  readonly started_at: string;
  readonly base_url: string;
  /** Absent for a single write where no profile knows it: such a write does not ask for it. */
  readonly organization?: { readonly id: string; readonly name: string };
  /** The name of the file. */
  readonly file?: string;
  /** For an undo: the run that it takes back. */
  readonly of?: string;
  /** How many rows at once. */
  readonly concurrency?: number;
  /** Rows of the file that needed nothing. */
  readonly skipped: number;
  /** How many actions follow. */
  readonly total: number;
}

export type RowState = 'pending' | 'sent' | 'done' | 'refused' | 'unknown';

/**
 * How a run stands. `running`: a live process has it. `stopped`: it ended early and can be resumed. `partial`: some rows
 * were refused. `refused`: every row was.
 */
export type RunStatus = 'running' | 'stopped' | 'done' | 'partial' | 'refused' | 'unknown' | 'undone';

export interface Counts {
  readonly total: number;
  readonly done: number;
  readonly refused: number;
  /** Sent, and not looked up yet. A journal of an earlier version counts them as pending. */
  readonly unclear: number;
  /** Sent and looked up, and nobody can say. */
  readonly unknown: number;
  /** Never sent. */
  readonly pending: number;
  readonly skipped: number;
}

/** A line of the journal after the plan. `i` is the action's index. */
export type JournalEvent =
  /** The plan is whole and a process works on it. */
  | { readonly t: 'begin'; readonly at: string; readonly pid: number }
  /** On the disk before a request leaves. `hash`: of the body; `before`: the record at that moment. */
  | { readonly t: 'sent'; readonly i: number; readonly hash?: string; readonly before?: Employee }
  /** `settled`: found by reading back. `after`: the record as the API gave it. */
  | {
      readonly t: 'done';
      readonly i: number;
      readonly id?: string;
      readonly after?: unknown;
      readonly settled?: true;
    }
  /** Proven not to have been applied: it may be sent again. */
  | { readonly t: 'absent'; readonly i: number }
  | { readonly t: 'refused'; readonly i: number; readonly reason: Reason }
  | { readonly t: 'unknown'; readonly i: number; readonly reason: Reason }
  | {
      readonly t: 'end';
      readonly at: string;
      readonly status: RunStatus;
      readonly counts: Counts;
      readonly why?: string;
    }
  | { readonly t: 'undone'; readonly at: string; readonly by: string };
