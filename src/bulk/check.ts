/** Every row is checked before anything is sent. */

import type { Param } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { type Twice, twiceInWords } from '../time/wall.ts';
import { type ColumnOptions, type ColumnRules, type Mapping, mapColumns } from './columns.ts';
import { type Fault, faultOf, rowsInWords } from './faults.ts';
import type { Cell, Row, Table } from './types.ts';
import { type CheckContext, typedValue } from './values.ts';
import { Ways, type Writing } from './writing.ts';

export interface RowRules extends ColumnRules {
  /** What each field's value must be. */
  readonly params: Readonly<Record<string, Param>>;
  /** Fields without which a row makes no sense. */
  readonly required: readonly string[];
  /** Words for values, such as `in` for `clock_in`. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether rows are compared with records: then a cell that none could be made of is no fault where it is the record's own. */
  readonly compared?: boolean;
  /** What may be there once only: the field that is named in the fault, and the key in words. */
  readonly unique: (values: Values) => Unique | undefined;
}

interface Unique {
  readonly field: string;
  readonly key: string;
  readonly shown: string;
  /** What is no fault where the record that the row names has it as well. */
  readonly cell?: Cell;
}

export type Values = Readonly<Record<string, string | number | boolean>>;

export interface CheckedRow {
  readonly number: number;
  /** Empty cells are absent, and so are cells with a fault. */
  readonly values: Values;
  /** Fields with a fault: there is nothing more to say about them. */
  readonly faulty: ReadonlySet<string>;
  /** Of fields with a fault those that may be as the record has them. */
  readonly odd?: readonly OddCell[];
}

/** A cell with a fault that is none where the API itself says so. */
export interface OddCell {
  readonly field: string;
  readonly cell: Cell;
  readonly fault: Fault;
}

export interface Checked {
  readonly rows: readonly CheckedRow[];
  readonly faults: readonly Fault[];
  /** What is taken, but may not be meant. */
  readonly warnings: readonly string[];
}

/** Checks all rows and gives every fault that the file has in itself. Throws UsageError for bad flags alone. */
export function checkRows(
  table: Table,
  rules: RowRules,
  options: ColumnOptions & Writing,
  context: CheckContext,
): Checked {
  const mapping = mapColumns(table, rules, options);
  const checker = new Checker(mapping, rules, { ...context, ...options });
  const rows = table.rows.map((row) => checker.check(row));
  const own = table.faults.map((text) => ({ row: Number(/^row (\d+)/.exec(text)?.[1] ?? 0), text }));
  return { rows, faults: [...mapping.faults, ...checker.faults(), ...own], warnings: checker.warnings() };
}

type Way = 'decimal' | 'dates';

class Checker {
  readonly #mapping: Mapping;
  readonly #rules: RowRules;
  readonly #context: CheckContext & Writing;
  readonly #ways = new Ways();
  readonly #faults: Fault[] = [];
  /** Times that come twice, the field and the row of each. */
  readonly #twice: { readonly field: string; readonly row: number; readonly both: Twice }[] = [];
  /** The cell that is looked at. */
  #at = { field: '', row: 0 };
  readonly #firstRow = new Map<string, number>();
  /** Required fields that no column is: said once, not of every row. */
  readonly #absent: readonly string[];

  constructor(mapping: Mapping, rules: RowRules, context: CheckContext & Writing) {
    this.#mapping = mapping;
    this.#rules = rules;
    this.#context = { ...context, twice: (both) => this.#twice.push({ ...this.#at, both }) };
    const there = new Set([...mapping.fieldOf.values(), ...mapping.defaults.keys()]);
    this.#absent = rules.required.filter((field) => !there.has(field));
    for (const field of this.#absent) {
      this.#faults.push(faultOf(1, field, 'it is required, and no column is it', `--map "COLUMN=${field}"`));
    }
  }

  faults(): readonly Fault[] {
    return this.#faults;
  }

  /** Each field once, with the way to write the first of them. */
  warnings(): readonly string[] {
    const fields = [...new Set(this.#twice.map(({ field }) => field))];
    return fields.flatMap((name) => {
      const found = this.#twice.filter(({ field }) => field === name);
      const [first] = found;
      if (!first) return [];
      const like = found.length > 1 ? `, as in row ${first.row}` : '';
      return [`${rowsInWords(found.map(({ row }) => row))}, ${name}${like}: ${twiceInWords(first.both)}`];
    });
  }

  check(row: Row): CheckedRow {
    const { number } = row;
    const cells = this.#cellsOf(row);
    const faulty = new Set<string>(this.#absent);
    const odd: OddCell[] = [];
    const found = (field: string, what: string, way?: Way, cell?: Cell) => {
      faulty.add(field);
      const fault = this.#faultOf(number, field, what, way);
      this.#faults.push(fault);
      if (this.#rules.compared && cell !== undefined) odd.push({ field, cell, fault });
    };
    const values: Record<string, string | number | boolean> = {};
    for (const [field, cell] of cells) {
      const param = this.#rules.params[field];
      if (!param) continue;
      const way = this.#wayOf(cell, param);
      try {
        this.#at = { field, row: number };
        values[field] = typedValue(wordOf(cell, this.#rules.words?.[field]), field, param, this.#context);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        const { message } = error;
        found(field, message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message, way, cell);
      }
    }
    for (const field of this.#rules.required) {
      if (!cells.has(field) && !faulty.has(field)) found(field, 'it is required and empty');
    }
    const unique = this.#rules.unique(values);
    if (unique) {
      const first = this.#firstRow.get(unique.key);
      if (first === undefined) this.#firstRow.set(unique.key, number);
      else found(unique.field, `${unique.shown} is in row ${first} already`, undefined, unique.cell);
    }
    return { number, values, faulty, ...(odd.length > 0 ? { odd } : {}) };
  }

  /** A fault that a flag may do away with says which one once all rows are known. */
  #faultOf(number: number, field: string, what: string, way: Way | undefined): Fault {
    const fault = faultOf(number, field, what);
    if (way === undefined) return fault;
    const ways = this.#ways;
    return {
      ...fault,
      get cure() {
        return ways[way];
      },
    };
  }

  #cellsOf(row: Row): Map<string, Cell> {
    const cells = new Map<string, Cell>();
    for (const [column, field] of this.#mapping.fieldOf) {
      const cell = row.cells[column] ?? null;
      const value = typeof cell === 'string' ? cell.trim() : cell;
      if (value !== null && value !== '') cells.set(field, value);
    }
    for (const [field, text] of this.#mapping.defaults) if (!cells.has(field)) cells.set(field, text);
    return cells;
  }

  /** The flag under which a text may be an amount or a day, where it was not given. */
  #wayOf(cell: Cell, { kind }: Param): Way | undefined {
    if (typeof cell !== 'string') return undefined;
    const { decimal, dates } = this.#context;
    if (kind === 'money') return this.#ways.sawAmount(cell) && decimal === undefined ? 'decimal' : undefined;
    if (kind === 'date' || kind === 'time') {
      return this.#ways.sawDay(cell) && dates === undefined ? 'dates' : undefined;
    }
    return undefined;
  }
}

function wordOf(cell: Cell, words: Readonly<Record<string, string>> | undefined): Cell {
  if (!words || typeof cell !== 'string') return cell;
  const plain = cell.toLowerCase().replaceAll(/[\s-]+/g, '_');
  return Object.hasOwn(words, plain) ? (words[plain] ?? cell) : cell;
}
