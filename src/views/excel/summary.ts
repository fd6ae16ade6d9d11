/** The sheets beside a report's rows: what it covers and whether it ties out, its departments, its exceptions. */

import type { Kind } from '../../api/types.ts';
import type { OutputSpec } from '../../command.ts';
import { cents, numberOf, plainText, cellText as shown } from '../cell.ts';
import { guessKind, leaves, type ViewColumn, words } from '../columns.ts';
import { createTotals, differs, type Totals } from '../totals.ts';
import type { Book } from './book.ts';
import { cellMaker, type Faults } from './cells.ts';
import { columnRange } from './names.ts';
import { headLook, lookOf, markedLook } from './styles.ts';

/** What Summary says. */
export interface SummaryInput {
  readonly spec: OutputSpec;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly about: Readonly<Record<string, unknown>>;
  /** The API's own totals, by column. */
  readonly known: Readonly<Record<string, unknown>> | undefined;
  readonly columns: readonly ViewColumn[];
  readonly rows: readonly unknown[];
  readonly sums: readonly (number | undefined)[];
  /** The name that the sheet of rows will have. */
  readonly rowsSheet: string;
  readonly timeZone: string;
  /** ms */
  readonly now: number;
  readonly faults: Faults;
}

const LEFT = { alignment: { horizontal: 'left', indent: 1 } } as const;

/** `Total base pay`; what is called a total already stays as it is. */
function totalName(column: ViewColumn): string {
  const name = words(column.path);
  return /^total\b/i.test(name) ? name : `Total ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

/** Facts first, then one line for each sum: a live formula over the rows, the API's total, and whether they agree. */
export function writeSummary(book: Book, input: SummaryInput): void {
  const sheet = book.addSheet('Summary');
  sheet.columns = [{ width: 34 }, { width: 34 }, { width: 16 }, { width: 22 }];
  let at = 1;
  const head = sheet.getRow(1);
  for (const [index, title] of ['Item', 'Value', "API's total", 'Check'].entries()) {
    const cell = head.getCell(index + 1);
    cell.value = title;
    cell.style = headLook(index === 2);
  }
  head.commit();

  const made = (kind: Kind, path: string) =>
    cellMaker({ kind, path, declared: false }, input.timeZone, input.faults);
  const fact = (path: string, value: unknown) => {
    at += 1;
    const kind = guessKind(path, value);
    const title = words(path);
    const row = sheet.getRow(at);
    const item = row.getCell(1);
    item.value = made('text', path)(kind === 'time' ? `${title} (${input.timeZone})` : title).value;
    item.style = lookOf('text');
    const cell = row.getCell(2);
    const { value: content, look } = made(kind, path)(value);
    cell.value = content;
    cell.style = { ...look, ...LEFT };
    row.commit();
  };
  leaves(input.about, fact);
  fact('report', words(input.spec.name));
  leaves(input.facts, (path, value) => fact(path.replace(/^period\./, ''), value));
  fact('generated_at', new Date(Math.floor(input.now / 60_000) * 60_000).toISOString());
  fact('rows', input.rows.length);

  for (const [index, column] of input.columns.entries()) {
    const sum = input.sums[index];
    if (sum === undefined) continue;
    at += 1;
    const row = sheet.getRow(at);
    const given = input.known ? numberOf(input.known[column.path]) : undefined;
    const rounded = given !== undefined && cents(sum) !== cents(given);
    const wrong = differs(column.kind, sum, given, input.rows.length);
    row.getCell(1).value = totalName(column);
    row.getCell(1).style = lookOf('text');
    const range = columnRange(input.rowsSheet, index + 1, 2, input.rows.length + 1);
    row.getCell(2).value = { formula: `SUM(${range})`, result: sum };
    row.getCell(2).style = { ...lookOf(column.kind), ...LEFT };
    if (given !== undefined) {
      row.getCell(3).value = given;
      row.getCell(3).style = wrong ? markedLook(column.kind) : lookOf(column.kind);
      const gap = shown(column.kind, 'UTC')(sum - given);
      row.getCell(4).value = wrong ? `DIFFERS by ${gap}` : rounded ? 'agrees but for rounding' : 'agrees';
      row.getCell(4).style = wrong ? markedLook('text') : lookOf('text');
    }
    row.commit();
  }
  sheet.autoFilter = `A1:D${at}`;
  sheet.commit();
}

/** The rows' departments with their people and sums; undefined when the rows name no department. */
export function departmentRows(
  rows: readonly unknown[],
  columns: readonly ViewColumn[],
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const department = columns.find((column) => column.path === 'department');
  const summed = columns.filter((column) => column.total);
  if (!department || summed.length === 0) return undefined;
  const groups = new Map<string, { people: number; totals: Totals }>();
  for (const row of rows) {
    const name = plainText(department.get(row)) || '(none)';
    let group = groups.get(name);
    if (!group) {
      group = { people: 0, totals: createTotals(summed) };
      groups.set(name, group);
    }
    group.people += 1;
    group.totals.add(row);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { people, totals }]) => {
      const sums = totals.values();
      return {
        department: name,
        employees: people,
        ...Object.fromEntries(summed.map((column, index) => [column.path, sums[index] ?? null])),
      };
    });
}

/** What somebody should look at before paying: warnings, missing clock-outs, missing figures, sums that differ. */
export function exceptionRows(
  input: Pick<SummaryInput, 'rows' | 'columns' | 'sums' | 'known'>,
): readonly Readonly<Record<string, unknown>>[] {
  const found: Record<string, unknown>[] = [];
  const column = (path: string) => input.columns.find((one) => one.path === path);
  const id = column('employee_id') ?? column('id');
  const name = column('employee_name') ?? column('name');
  const warnings = column('warnings');
  const missingOuts = column('missing_clock_outs');
  for (const row of input.rows) {
    const add = (exception: string) =>
      found.push({ employee_id: id?.get(row) ?? null, employee_name: name?.get(row) ?? null, exception });
    const list = warnings?.get(row);
    if (Array.isArray(list)) for (const warning of list) add(plainText(warning));
    else if (list) add(plainText(list));
    const outs = numberOf(missingOuts?.get(row));
    if (outs !== undefined && outs > 0) add(`${outs} missing clock-out${outs === 1 ? '' : 's'}`);
    for (const summed of input.columns) {
      if (summed.total && numberOf(summed.get(row)) === undefined) add(`no number in ${words(summed.path)}`);
    }
  }
  for (const [index, summed] of input.columns.entries()) {
    const sum = input.sums[index];
    const given = input.known?.[summed.path];
    if (!differs(summed.kind, sum, given, input.rows.length)) continue;
    const text = shown(summed.kind, 'UTC');
    found.push({
      employee_id: null,
      employee_name: null,
      exception: `the rows sum up to ${text(sum)} in ${words(summed.path)}, the API says ${text(given)}`,
    });
  }
  return found.length > 0 ? found : [{ employee_id: null, employee_name: null, exception: 'None' }];
}
