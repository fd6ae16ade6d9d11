/** One record as pairs: a line for each field. */

import { cellText, plainText } from './cell.ts';
import { guessKind, isRecord, leaves, resolveColumns, words } from './columns.ts';
import { visible } from './safe.ts';
import { type Painter, painter, statusPaint } from './theme.ts';
import type { Stage } from './view.ts';
import { pad, prepareWidths, widthOf } from './width.ts';

/** The record as lines of text, known fields first, nothing cut. A value that is no record is one line. */
export async function pairsOf(value: unknown, { spec, options, sink }: Stage): Promise<string> {
  if (!isRecord(value)) return `${visible(plainText(value))}\n`;
  const known = new Map((spec.columns ?? []).map((column) => [column.path, column]));
  const paint = painter(sink.color);
  const lines: { label: string; text: string }[] = [];
  const add = (label: string, kind: Parameters<typeof cellText>[0], content: unknown) => {
    const text = visible(cellText(kind, options.timeZone)(content));
    lines.push({ label: visible(label), text: colour(paint, kind, content)(text) });
  };
  if (spec.kind === 'record' || Array.isArray(options.fields)) {
    for (const column of resolveColumns({ rows: [value] }, spec, options)) {
      const content = column.get(value);
      if (content === undefined && !Array.isArray(options.fields)) continue;
      add(known.has(column.path) ? column.header : words(column.path), column.kind, content);
    }
  } else {
    leaves(value, (path, content) => {
      const column = known.get(path);
      add(column?.header ?? words(path), column?.kind ?? guessKind(path, content), content);
    });
  }
  await prepareWidths(lines.flatMap(({ label }) => [label]));
  const width = Math.max(0, ...lines.map(({ label }) => widthOf(label)));
  return lines.map(({ label, text }) => `${paint.faint(pad(label, width, false))}  ${text}\n`).join('');
}

function colour(paint: Painter, kind: string, value: unknown): (text: string) => string {
  if (kind === 'status' && typeof value === 'string') return statusPaint(paint, value);
  return value === null ? paint.faint : (text) => text;
}
