/** Tables for people: fitted to the terminal, streamed page by page, whole in a pipe. */

import type { Kind } from '../api/types.ts';
import { cellText, isNumeric } from './cell.ts';
import { lateFields, resolveColumns, type ViewColumn } from './columns.ts';
import { notShown } from './dropped.ts';
import { fitColumns } from './fit.ts';
import { drawFrame, type Frame, GAP } from './frame.ts';
import { cellsOf, EMPTY, widest } from './measured.ts';
import { pairsOf } from './pairs.ts';
import { factsOf, hasRows, splitReport } from './report.ts';
import { type Paint, painter, statusPaint } from './theme.ts';
import { createTotals, type Totals } from './totals.ts';
import type { Answer, Page, Stage, Writer } from './view.ts';
import { cut, padBy, type Sized, sized, withWidths } from './width.ts';

const SECONDS = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const MINUTES = /^\d{4}-\d\d-\d\d \d\d:\d\d$/;

/** Kinds whose cells may be cut first. */
const FLEXIBLE: ReadonlySet<Kind> = new Set<Kind>(['text', 'email', 'list', 'object']);
/** A first page of short values must not make the next page's jump. */
const USUAL_WIDTH: Partial<Record<Kind, number>> = { money: 9, hours: 6, date: 10, time: 16, status: 8 };
/** Rows that come as they happen must line up with those that nobody has seen yet. */
const LIVE_WIDTH: Partial<Record<Kind, number>> = { ...USUAL_WIDTH, time: 19, text: 14, id: 10 };
/** Lines of a screen that the heading and the prompt take. */
const SCREEN_SPARE = 3;

/** Stands for a row where the line is one of headings. */
const HEADING = Symbol('heading');

interface Layout {
  readonly columns: readonly ViewColumn[];
  readonly texts: readonly ((value: unknown) => string)[];
  readonly cells: readonly ((value: unknown) => Sized)[];
  /** Undefined: no colour. */
  readonly paints: readonly ((value: unknown) => Paint | undefined)[] | undefined;
  readonly right: readonly boolean[];
  widths: number[];
  frame: Frame;
}

export function open(stage: Stage): Writer {
  const { spec, options, report, sink } = stage;
  const paint = painter(sink.color);
  const room = sink.columns;
  let layout: Layout | undefined;
  let late: ((rows: readonly unknown[]) => string[]) | undefined;
  let totals: Totals | undefined;
  let count = 0;
  let available: number | undefined;
  let nothing = false;
  let answers = 0;
  const missed: string[] = [];
  const screen = spec.live && sink.isTTY ? Math.max(1, stage.context.stdout.rows - SCREEN_SPARE) : 0;
  /** Lines since the last heading. */
  let headless = 0;

  const rowsOf = (
    columns: readonly ViewColumn[],
    cells: Layout['cells'],
    rows: readonly unknown[],
  ): Promise<Sized[][]> =>
    withWidths(() =>
      rows.map((row) => columns.map((column, index) => cells[index]?.(column.get(row)) ?? EMPTY)),
    );

  const painted = (kind: Kind): ((value: unknown) => Paint | undefined) => {
    if (kind === 'status')
      return (value) => (typeof value === 'string' ? statusPaint(paint, value) : undefined);
    if (kind === 'boolean') return (value) => (value === false ? paint.bad : undefined);
    if (kind === 'id') return () => paint.faint;
    return (value) => (value === null || value === undefined ? paint.faint : undefined);
  };

  const lay = async (page: Page) => {
    const named = Array.isArray(options.fields);
    const silent = (column: ViewColumn) =>
      !named &&
      spec.kind === 'rows' &&
      page.rows.length > 0 &&
      page.rows.every((row) => (column.get(row) ?? 0) === 0);
    const found = resolveColumns(page, spec, options);
    const resolved = spec.brief === 'always' ? found.filter((column) => !silent(column)) : found;
    // A pipe has room for everything.
    const whole = room === 0 || named;
    const all = resolved.filter(
      (column) => whole || (column.priority > 0 && !(spec.brief === true && silent(column))),
    );
    const plain = all.map((column) => cellText(column.kind, options.timeZone));
    // One column, one form: where some times have seconds, all show them.
    const texts = plain.map((text, index) =>
      all[index]?.kind === 'time' &&
      (spec.live || page.rows.some((row) => SECONDS.test(text(all[index]?.get(row)))))
        ? (value: unknown) => text(value).replace(MINUTES, '$&:00')
        : text,
    );
    const makers = texts.map(cellsOf);
    const cells = await rowsOf(all, makers, page.rows);
    const heads = await withWidths(() => all.map((column) => sized(column.header).width));
    const sums = createTotals(all);
    for (const row of page.rows) sums.add(row);
    const summed = page.rows.length > 1 ? sums.values() : [];
    const least = all.map((column, index) =>
      Math.max(
        heads[index] ?? 0,
        spec.live ? (LIVE_WIDTH[column.kind] ?? 0) : 0,
        summed[index] === undefined ? 0 : (texts[index]?.(summed[index]).length ?? 0),
      ),
    );
    const natural = widest(least, cells);
    const wishes = all.map((column, index) => ({
      natural: natural[index] ?? 0,
      heading: heads[index] ?? 0,
      priority: column.priority,
      flexible: FLEXIBLE.has(column.kind),
      comfort: column.comfort,
    }));
    const { widths } =
      room > 0
        ? fitColumns(wishes, room, GAP, !Array.isArray(options.fields))
        : { widths: wishes.map((w) => w.natural) };
    const kept = all.map((_, index) => index).filter((index) => (widths[index] ?? 0) > 0);
    const dropped = all.filter((_, index) => widths[index] === 0).map(({ path }) => path);
    const left = notShown(dropped, resolved.length - all.length, room);
    if (left !== undefined) report.note(left);
    const columns = kept.map((index) => all[index]).filter((column) => column !== undefined);
    const kinds = columns.map((column) => column.kind);
    const chosen = kept.map((index) => widths[index] ?? 0);
    layout = {
      columns,
      texts: kept.map((index) => texts[index]).filter((text) => text !== undefined),
      cells: kept.map((index) => makers[index]).filter((cell) => cell !== undefined),
      paints: sink.color ? kinds.map(painted) : undefined,
      right: kinds.map(isNumeric),
      widths: chosen,
      frame: drawFrame(chosen),
    };
    totals = createTotals(columns);
    if (!Array.isArray(options.fields)) late = lateFields([...resolved, ...(spec.columns ?? [])]);
    return layout;
  };

  /** Later pages may need more: columns grow as far as the terminal allows, and never shrink. */
  const widen = (at: Layout, cells: readonly (readonly Sized[])[]): boolean => {
    let spare =
      room > 0 ? room - at.widths.reduce((sum, width) => sum + width + GAP, -GAP) : Number.POSITIVE_INFINITY;
    const needed = widest(at.widths, cells);
    const widths = at.widths.map((width, index) => {
      const grown = Math.min(needed[index] ?? width, width + Math.max(0, spare));
      spare -= grown - width;
      return grown;
    });
    if (widths.every((width, index) => width === at.widths[index])) return false;
    at.widths = widths;
    at.frame = drawFrame(widths);
    return true;
  };

  const line = (at: Layout, cells: readonly Sized[], row?: unknown) => {
    const painted = row === undefined || row === HEADING ? undefined : at.paints;
    const texts: string[] = [];
    for (let index = 0; index < cells.length; index += 1) {
      const { text, width } = cells[index] ?? EMPTY;
      const room = at.widths[index] ?? 0;
      const right = at.right[index] ?? false;
      let cell: string;
      if (index === cells.length - 1 && !right && width <= room && !painted) cell = text;
      else if (width <= room) cell = padBy(text, room - width, right);
      else {
        // A part of a number would be another number.
        const short = sized(right && row !== HEADING ? '…' : cut(text, room));
        cell = padBy(short.text, room - short.width, right);
      }
      const colour = painted?.[index]?.(at.columns[index]?.get(row));
      texts.push(colour ? colour(cell) : cell);
    }
    return at.frame.line(texts);
  };

  const heading = (at: Layout): string => {
    headless = 0;
    if (!options.header) return '';
    const heads = at.columns.map((column) => sized(column.header));
    return `${paint.strong(line(at, heads, HEADING))}\n${paint.faint(at.frame.rule)}\n`;
  };

  const rows = async (page: Page, knownTotals?: Readonly<Record<string, unknown>>) => {
    if (page.total !== undefined) available = page.total;
    if (page.rows.length === 0) return;
    let text = '';
    let at = layout;
    if (!at) {
      at = await lay(page);
      text += heading(at);
    } else if (late) missed.push(...late(page.rows));
    const cells = await rowsOf(at.columns, at.cells, page.rows);
    const moved = count > 0 && widen(at, cells);
    for (const [index, row] of page.rows.entries()) {
      // On a terminal the heading of a tail stays in sight, and above columns that have moved.
      if (screen > 0 && (headless >= screen || (moved && index === 0))) text += heading(at);
      text += `${line(at, cells[index] ?? [], row)}\n`;
      headless += 1;
      totals?.add(row);
    }
    count += page.rows.length;
    if (knownTotals) totals?.check(knownTotals, report);
    await sink.write(text);
  };

  const footer = async () => {
    if (!layout || !totals || count < 2) return;
    const at = layout;
    const sums = totals.values();
    if (!sums.some((sum) => sum !== undefined)) return;
    const texts = sums.map((sum, index) => (sum === undefined ? EMPTY : sized(at.texts[index]?.(sum) ?? '')));
    widen(at, [texts]);
    const partial = available !== undefined && available > count;
    const label = partial ? `Total of these ${count}` : 'Total';
    await sink.write(
      `${paint.faint(at.frame.rule)}\n${paint.strong(labelled(line(at, texts), label, room))}\n`,
    );
  };

  const data = async ({ data: value, projected }: Answer) => {
    if (value === null || value === undefined) {
      // Of what is there the query found nothing.
      nothing ||= projected === true;
      return;
    }
    answers += 1;
    const split = hasRows(spec) ? splitReport(value, spec) : undefined;
    const { totals: known, facts } = split?.rows
      ? factsOf(split.rest, spec.columns ?? [])
      : { totals: undefined, facts: value };
    // Who picks columns wants the rows alone.
    const bare = split?.rows && (Array.isArray(stage.options.fields) || Object.keys(split.rest).length === 0);
    const pairs = bare ? '' : await pairsOf(facts, stage);
    if (pairs !== '') await sink.write(`${answers > 1 ? '\n' : ''}${pairs}${split?.rows ? '\n' : ''}`);
    if (!split?.rows) {
      count += 1;
      return;
    }
    await rows({ rows: split.rows, ...(projected ? { projected } : {}) }, known);
  };

  return {
    rows(page) {
      const [only] = page.rows;
      const alone = spec.pairsForOne && page.total === 1 && only !== undefined;
      return alone ? data({ data: only, projected: page.projected === true }) : rows(page);
    },
    data,
    async end() {
      if (count === 0) {
        // Where there are some and this page has none, the command says why.
        if (nothing) report.note('--query found nothing');
        else if (!available) report.note(`No ${spec.plural ?? spec.name} found`);
        return;
      }
      await footer();
      if (missed.length > 0) {
        report.warn(
          `fields that only later rows have are not shown: ${missed.join(', ')} (name them with --fields)`,
        );
      }
    },
  };
}

/** The label over the empty cells at the left of a line of totals. */
function labelled(line: string, label: string, room: number): string {
  const blank = line.length - line.trimStart().length;
  if (blank > label.length) return label + line.slice(label.length);
  return room > 0 && label.length + GAP + line.length > room ? line : `${label}  ${line.trimStart()}`;
}
