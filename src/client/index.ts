/** The client of the WorkTime One API: the command line's and the library's, one and the same. */

import {
  type AttendanceRecord,
  type Clock as ClockEvent,
  clockAttendance,
  type ListAttendance,
  listAttendance,
} from '../api/attendance.ts';
import {
  type CreateEmployee,
  createEmployee,
  deleteEmployee,
  type Employee,
  getEmployee,
  type ListEmployees,
  listEmployees,
  type UpdateEmployee,
  updateEmployee,
} from '../api/employees.ts';
import { type AccessEvent, type Lock, type LockHistory, listLocks, lockHistory } from '../api/locks.ts';
import { getOrganization, type Organization } from '../api/organization.ts';
import {
  type AttendanceReport,
  type AttendanceReportInput,
  attendanceReport,
  type PayrollInput,
  type PayrollReport,
  payrollReport,
} from '../api/reports.ts';
import type { Endpoint } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { Core } from './core.ts';
import { fieldsOf } from './input.ts';
import { ListCall } from './list-call.ts';
import type {
  Answered,
  CallOptions,
  ClientOptions,
  Page,
  PreparedRequest,
  RateLimit,
  RawAnswer,
  RawRequest,
} from './options.ts';
import { checkId } from './url.ts';

export { ListCall, type ListPage } from './list-call.ts';
export type * from './options.ts';

/** The organization that the key belongs to. */
export class OrganizationResource {
  readonly #core: Core;
  /** @internal */
  constructor(core: Core) {
    this.#core = core;
  }
  /** GET /organization. */
  async get(options?: CallOptions): Promise<Organization> {
    return (await this.#core.call(getOrganization, {}, options)).data;
  }
}

/** The organization's employees. */
export class EmployeesResource {
  readonly #core: Core;
  /** @internal */
  constructor(core: Core) {
    this.#core = core;
  }
  /** GET /employees: one page when awaited, every employee when iterated. `department` is a department's ID. */
  list(input: ListEmployees = {}, options?: CallOptions): ListCall<Employee> {
    return list<ListEmployees, Employee>(this.#core, listEmployees, () => input, options);
  }
  /** GET /employees/:id. A deleted employee can still be read. Throws RefusedError (404) when there is none. */
  async get(id: string, options?: CallOptions): Promise<Employee> {
    return (await this.#core.call(getEmployee, { id }, options)).data;
  }
  /** POST /employees. Sent once; a lost answer is settled by looking the e-mail up. Throws UnknownOutcomeError when that cannot tell. */
  async create(input: CreateEmployee, options?: CallOptions): Promise<Employee> {
    return (await this.#core.call(createEmployee, input, options)).data;
  }
  /** PUT /employees/:id with the fields to change. */
  async update(id: string, changes: Omit<UpdateEmployee, 'id'>, options?: CallOptions): Promise<Employee> {
    checkId(id, 'id');
    // Before the spread, which makes an object of anything.
    const fields = fieldsOf(updateEmployee, changes);
    if (Object.values(fields).every((value) => value === undefined)) {
      const next = 'give a field, such as { salary: 65_000 }';
      throw new UsageError('there is nothing to change', { code: 'missing_value', next });
    }
    return (await this.#core.call(updateEmployee, { ...fields, id }, options)).data;
  }
  /** DELETE /employees/:id, softly: `restore` undoes it. What the API answers is not documented, so any field may be absent. */
  async delete(id: string, options?: CallOptions): Promise<Partial<Employee>> {
    return (await this.#core.call(deleteEmployee, { id }, options)).data;
  }
  /** PUT /employees/:id with `{"status":"active"}`. */
  async restore(id: string, options?: CallOptions): Promise<Employee> {
    return (await this.#core.call(updateEmployee, { id, status: 'active' }, options)).data;
  }
}

/** Who was present, and when. */
export class AttendanceResource {
  readonly #core: Core;
  /** @internal */
  constructor(core: Core) {
    this.#core = core;
  }
  /** GET /attendance. */
  list(input: ListAttendance = {}, options?: CallOptions): ListCall<AttendanceRecord> {
    return list<ListAttendance, AttendanceRecord>(this.#core, listAttendance, () => input, options);
  }
  /** POST /attendance/clock. Sent once; a lost answer is settled by employee, type and time. */
  async clock(input: ClockEvent, options?: CallOptions): Promise<AttendanceRecord> {
    return (await this.#core.call(clockAttendance, input, options)).data;
  }
}

/** Reports that the API calculates. Their shape is not documented: a field may be absent, others may be there. */
export class ReportsResource {
  readonly #core: Core;
  /** @internal */
  constructor(core: Core) {
    this.#core = core;
  }
  /** GET /reports/payroll. With `format: 'excel'` the bytes of the API's own workbook. */
  payroll(
    input: PayrollInput & { format?: 'json' | undefined },
    options?: CallOptions,
  ): Promise<PayrollReport>;
  payroll(input: PayrollInput, options?: CallOptions): Promise<Uint8Array | PayrollReport>;
  async payroll(input: PayrollInput, options?: CallOptions): Promise<Uint8Array | PayrollReport> {
    const answer = await this.#core.call(payrollReport, input, options);
    return answer.bytes ?? (answer.data as PayrollReport);
  }
  /** GET /reports/attendance. */
  async attendance(input: AttendanceReportInput, options?: CallOptions): Promise<AttendanceReport> {
    return (await this.#core.call(attendanceReport, input, options)).data as AttendanceReport;
  }
}

/** The connected smart locks. */
export class LocksResource {
  readonly #core: Core;
  /** @internal */
  constructor(core: Core) {
    this.#core = core;
  }
  /** GET /locks. */
  list(options?: CallOptions): ListCall<Lock> {
    return list<Record<never, never>, Lock>(this.#core, listLocks, () => ({}), options);
  }
  /** GET /locks/:id/history. Locks without a gateway upload late, so old events may still appear. */
  history(id: string, input: Omit<LockHistory, 'id'> = {}, options?: CallOptions): ListCall<AccessEvent> {
    return list<LockHistory, AccessEvent>(
      this.#core,
      lockHistory,
      () => ({ ...fieldsOf(lockHistory, input), id }),
      options,
    );
  }
}

/** `input` is made where it is needed: what it throws is a rejection, as of every other call. */
function list<I, O>(
  core: Core,
  endpoint: Endpoint<I, O>,
  input: () => I,
  options?: CallOptions,
): ListCall<O> {
  return new ListCall<O>(
    async () => {
      const { data, pagination } = await core.call(endpoint, input(), options);
      return { data: data as O[], ...(pagination ? { pagination } : {}) };
    },
    () => core.pages(endpoint, input(), options),
  );
}

/**
 * A client for one key at one base URL.
 *
 * Every method throws the classes of `errors.ts` and nothing else: UsageError before anything is sent, AuthError (401,
 * 403), RefusedError (400, 404 …), InvalidAnswerError, RateLimitError, TemporaryError, UnknownOutcomeError; or the reason of
 * the signal that ended it while nothing but reads had left.
 */
export class Client {
  readonly organization: OrganizationResource;
  readonly employees: EmployeesResource;
  readonly attendance: AttendanceResource;
  readonly reports: ReportsResource;
  readonly locks: LocksResource;
  readonly #core: Core;

  constructor(options: ClientOptions) {
    this.#core = new Core(options);
    this.organization = new OrganizationResource(this.#core);
    this.employees = new EmployeesResource(this.#core);
    this.attendance = new AttendanceResource(this.#core);
    this.reports = new ReportsResource(this.#core);
    this.locks = new LocksResource(this.#core);
  }

  /** Without a trailing slash. */
  get baseUrl(): string {
    return this.#core.baseUrl;
  }

  /** The rate limit as the last answer told it. */
  get rate(): RateLimit | undefined {
    return this.#core.rate;
  }

  /**
   * Calls any endpoint of `api/`. For a list `data` is the array, for a report whatever came, for a workbook `bytes`.
   * @internal
   */
  call<I, O>(endpoint: Endpoint<I, O>, input: I, options?: CallOptions): Promise<Answered<O>> {
    return this.#core.call(endpoint, input, options);
  }

  /**
   * Reads a list to its end, a page or two ahead of its reader. See `readPages` for what it does when the list changes.
   * @internal
   */
  pages<I, O>(endpoint: Endpoint<I, O>, input: I, options?: CallOptions): AsyncIterable<Page<O>> {
    return this.#core.pages(endpoint, input, options);
  }

  /** Sends any request below the base URL. An error status throws; a success need not be an envelope. */
  request(raw: RawRequest, options?: CallOptions): Promise<RawAnswer> {
    return this.#core.request(raw, options);
  }

  /**
   * The request of a call as it would be sent, without its key. Sends nothing. Throws UsageError.
   * @internal
   */
  prepare<I, O>(endpoint: Endpoint<I, O>, input: I): PreparedRequest {
    return this.#core.prepare(endpoint, input);
  }
}
