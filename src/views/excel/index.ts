/** Workbooks: a list as one sheet, a report as several. */

import type { OutputSpec } from '../../command.ts';
import { UsageError } from '../../errors.ts';
import { isRecord, lateFields, resolveColumns, type ViewColumn, words } from '../columns.ts';
import { factsOf, hasRows, splitReport } from '../report.ts';
import { createTotals } from '../totals.ts';
import type { Answer, Page, Sheet, Stage, Writer } from '../view.ts';
import { createBook } from './book.ts';
import type { Faults } from './cells.ts';
import { type RowsSheet, startRows } from './sheet.ts';
import { departmentRows, exceptionRows, writeSummary } from './summary.ts';

const EXCEPTIONS = ['employee_id', 'employee_name', 'exception'];

/** `attendance-report` → `Attendance report`. */
function titleOf(spec: OutputSpec): string {
  return words(spec.name.replaceAll('-', '_'));
}

/** Rows go to one sheet as they come (a further one past Excel's last row); a report goes to Summary, its rows, By department and Exceptions. */
export function open({ spec, options, context, report, sink }: Stage): Writer {
  if (sink.isTTY) {
    throw new UsageError('a workbook cannot be shown on a terminal', { next: 'give a file: -o FILE.xlsx' });
  }
  const book = createBook(sink, context.now());
  const faults: Faults = { cut: 0, missing: new Map() };
  const sheetOptions = { timeZone: options.timeZone, faults };
  const missed: string[] = [];
  let columns: readonly ViewColumn[] | undefined;
  let late: ((rows: readonly unknown[]) => string[]) | undefined;
  let sheet: RowsSheet | undefined;
  let any = false;

  const rows = async (page: Page) => {
    any = true;
    if (!columns) {
      columns = resolveColumns(page, spec, options);
      if (!Array.isArray(options.fields)) late = lateFields(columns);
    } else if (late) missed.push(...late(page.rows));
    sheet ??= startRows(book, titleOf(spec), columns, page.rows, { ...sheetOptions, bars: true });
    await sheet.add(page.rows);
  };

  const whole = async (
    wish: string,
    sheetRows: readonly unknown[],
    sheetColumns: readonly ViewColumn[],
    extra: { readonly bars?: boolean; readonly known?: Readonly<Record<string, unknown>> } = {},
  ) => {
    const one = startRows(book, wish, sheetColumns, sheetRows, {
      ...sheetOptions,
      bars: extra.bars ?? false,
    });
    await one.add(sheetRows);
    one.finish(extra.known);
  };

  const reportSheets = async ({ data, about, projected }: Answer) => {
    const split = splitReport(data, spec);
    const reportRows = split.rows ?? [];
    const { totals: known, facts } = factsOf(split.rest, spec.columns ?? []);
    const found = resolveColumns({ rows: reportRows, ...(projected ? { projected } : {}) }, spec, options);
    const totals = createTotals(found);
    for (const row of reportRows) totals.add(row);
    const sums = totals.values();
    if (known) totals.check(known, report);
    const input = { spec, facts, about: about ?? {}, known, columns: found, rows: reportRows, sums };
    const rowsSheet = titleOf(spec);
    writeSummary(book, { ...input, ...sheetOptions, rowsSheet, now: context.now() });
    await whole(rowsSheet, reportRows, found, { bars: true, ...(known ? { known } : {}) });
    const departments = departmentRows(reportRows, found);
    if (departments) {
      const paths = [
        'department',
        'employees',
        ...found.filter((column) => column.total).map(({ path }) => path),
      ];
      await whole('By department', departments, byDepartment(paths, found), { bars: true });
    }
    await whole('Exceptions', exceptionRows(input), plainColumns(EXCEPTIONS));
  };

  return {
    rows,
    data(answer) {
      any = true;
      if (hasRows(spec) && splitReport(answer.data, spec).rows) return reportSheets(answer);
      return spec.kind === 'report' && isRecord(answer.data)
        ? reportSheets(answer)
        : rows({ rows: [answer.data] });
    },
    async sheet({ name, rows: further, columns: known }: Sheet) {
      const { columns: _, ...other } = spec;
      const own = resolveColumns(
        { rows: further },
        { ...other, kind: 'rows', ...(known ? { columns: known } : {}) },
        {
          ...options,
          fields: undefined,
        },
      );
      await whole(name, further, own);
    },
    async end() {
      if (!any) await rows({ rows: [] });
      sheet?.finish();
      await book.commit();
      tell();
    },
  };

  function tell(): void {
    const numbers = [...faults.missing].map(([path, count]) => `${path} (${count})`);
    if (numbers.length > 0)
      report.warn(`the API gave no number for ${numbers.join(', ')}: those cells are left empty, not 0`);
    if (faults.cut > 0) {
      report.warn(
        `${faults.cut} text${faults.cut === 1 ? '' : 's'} over 32,767 characters ${faults.cut === 1 ? 'was' : 'were'} cut: Excel keeps no more`,
      );
    }
    if (missed.length > 0) {
      report.warn(
        `fields that only later rows have were left out: ${missed.join(', ')} (name them with --fields)`,
      );
    }
  }
}

function plainColumns(paths: readonly string[]): readonly ViewColumn[] {
  const columns = paths.map((path) => ({
    path,
    kind: path.endsWith('id') ? ('id' as const) : ('text' as const),
  }));
  return resolveColumns({ rows: [] }, { kind: 'rows', name: '', columns }, BARE);
}

/** The sums of departments have the kinds of the columns that they sum. */
function byDepartment(paths: readonly string[], found: readonly ViewColumn[]): readonly ViewColumn[] {
  const columns = paths.map((path) => {
    if (path === 'employees') return { path, kind: 'integer' as const, total: true };
    const known = found.find((column) => column.path === path);
    return { path, kind: known?.kind ?? ('text' as const), total: known?.total ?? false };
  });
  return resolveColumns({ rows: [] }, { kind: 'rows', name: '', columns }, BARE);
}

const BARE = { format: 'excel', force: false, header: true, quiet: false, timeZone: 'UTC' } as const;
