/** Tables on a terminal of few rows with long texts: what has no room goes on in the next line, and nothing is cut. */

import type { Kind } from '../api/types.ts';
import { cellText, isNumeric } from './cell.ts';
import { resolveColumns, type ViewColumn } from './columns.ts';
import { notShown } from './dropped.ts';
import { fitColumns } from './fit.ts';
import { GAP } from './frame.ts';
import { pairsOf } from './pairs.ts';
import { hasRows, splitReport } from './report.ts';
import { visible } from './safe.ts';
import { painter, statusPaint } from './theme.ts';
import type { Answer, Page, Stage, Writer } from './view.ts';
import { pad, prepareWidths, widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** Rows that are awaited before the columns are laid out; those that come later keep to them. */
const AWAITED = 200;
const WRAPPED: ReadonlySet<Kind> = new Set<Kind>(['text', 'email', 'list', 'object']);
/** A column of texts stays at least so wide. */
const LEAST = 8;
/** Before what stands below a row. */
const INDENT = '  ';

interface Layout {
  readonly columns: readonly ViewColumn[];
  readonly widths: readonly number[];
  /** What has lines of its own under its row. */
  readonly below: readonly ViewColumn[];
}

export function open(stage: Stage): Writer {
  const { spec, options, report, sink } = stage;
  const paint = painter(sink.color);
  const chosen = Array.isArray(options.fields);
  let layout: Layout | undefined;
  let waiting: unknown[] = [];
  let found = false;

  const textOf = (column: ViewColumn, row: unknown) =>
    visible(cellText(column.kind, options.timeZone)(column.get(row)));

  const isBelow = ({ path }: ViewColumn) => spec.columns?.some((each) => each.path === path && each.below);

  const lay = async (page: Page, complete: boolean): Promise<Layout> => {
    const resolved = resolveColumns(page, spec, options);
    const below = chosen || page.projected ? [] : resolved.filter(isBelow);
    const wanted = resolved.filter(
      (column) =>
        chosen ||
        (column.priority > 0 &&
          !below.includes(column) &&
          // Once every row is known, a column in which none has anything tells nothing.
          (!complete || column.priority < 2 || page.rows.some((row) => (column.get(row) ?? '') !== ''))),
    );
    const texts = wanted.map((column) => page.rows.map((row) => textOf(column, row)));
    await prepareWidths(texts.flat());
    const wishes = wanted.map((column, index) => ({
      natural: (texts[index] ?? []).reduce(
        (widest, text) => Math.max(widest, widthOf(text)),
        widthOf(visible(column.header)),
      ),
      heading: widthOf(visible(column.header)),
      priority: column.priority,
      flexible: WRAPPED.has(column.kind),
      comfort: column.comfort,
    }));
    const { widths } = fitColumns(wishes, sink.columns, GAP, !chosen);
    const kept = wanted.map((_, index) => index).filter((index) => (widths[index] ?? 0) > 0);
    const dropped = wanted.filter((_, index) => !kept.includes(index)).map(({ path }) => path);
    const aside = resolved.filter((column) => column.priority === 0 && !below.includes(column)).length;
    // Such a column of ours is told in other words: it is not worth a note of its own.
    const left = dropped.length > 0 ? notShown(dropped, chosen ? 0 : aside, sink.columns) : undefined;
    if (left !== undefined) report.note(left);
    return {
      columns: kept.map((index) => wanted[index]).filter((column) => column !== undefined),
      widths: kept.map((index) => widths[index] ?? 0),
      below,
    };
  };

  /** What a row has to say besides its cells: each in lines as wide as the terminal. */
  const under = async ({ below }: Layout, row: unknown): Promise<string> => {
    const said = below.filter((column) => (column.get(row) ?? '') !== '');
    const texts = said.map((column) => `${visible(column.header)}: ${textOf(column, row)}`);
    await prepareWidths(texts);
    const room = Math.max(LEAST, sink.columns - INDENT.length);
    return texts.flatMap((text) => wrap(text, room).map((line) => `${INDENT}${line}\n`)).join('');
  };

  /** One row over as many lines as its longest cell takes. */
  const block = ({ columns, widths }: Layout, texts: readonly string[], row?: unknown): string => {
    const cells = texts.map((text, index) => wrap(text, widths[index] ?? LEAST));
    const height = Math.max(1, ...cells.map((cell) => cell.length));
    let lines = '';
    for (let at = 0; at < height; at += 1) {
      const parts = columns.map((column, index) => {
        const cell = pad(cells[index]?.[at] ?? '', widths[index] ?? 0, isNumeric(column.kind));
        const value = row === undefined ? undefined : column.get(row);
        return column.kind === 'status' && typeof value === 'string' ? statusPaint(paint, value)(cell) : cell;
      });
      lines += `${parts.join(' '.repeat(GAP)).trimEnd()}\n`;
    }
    return lines;
  };

  const heading = (at: Layout): string => {
    if (!options.header) return '';
    const heads = at.columns.map(({ header }) => visible(header));
    const rule = at.widths.map((width) => '─'.repeat(width)).join(' '.repeat(GAP));
    return `${paint.strong(block(at, heads).trimEnd())}\n${paint.faint(rule)}\n`;
  };

  const flush = async (page: Page, complete: boolean) => {
    if (page.rows.length === 0) return;
    let text = '';
    if (!layout) {
      layout = await lay(page, complete);
      text = heading(layout);
    }
    const at = layout;
    for (const row of page.rows) {
      const texts = at.columns.map((column) => textOf(column, row));
      await prepareWidths(texts);
      text += block(at, texts, row) + (await under(at, row));
    }
    await sink.write(text);
  };

  let projected = false;
  const rows = async (page: Page) => {
    projected ||= page.projected === true;
    found ||= page.rows.length > 0;
    if (layout) return flush(page, false);
    // A run has its rows on one page, and as arguments of a call so many would be too many.
    waiting = waiting.concat(page.rows);
    if (waiting.length < AWAITED) return;
    const first = waiting;
    waiting = [];
    await flush({ rows: first, projected }, false);
  };

  return {
    rows,
    async data({ data: value, projected: shaped }: Answer) {
      if (value === null || value === undefined) return;
      const split = hasRows(spec) ? splitReport(value, spec) : undefined;
      const pairs = chosen && split?.rows ? '' : await pairsOf(split?.rows ? split.rest : value, stage);
      found = true;
      if (pairs !== '') await sink.write(`${pairs}${split?.rows && split.rows.length > 0 ? '\n' : ''}`);
      if (split?.rows) await rows({ rows: split.rows, projected: shaped === true });
    },
    async end() {
      if (!found) report.note(`No ${spec.plural ?? spec.name} found`);
      await flush({ rows: waiting, projected }, true);
    },
  };
}
