/** One record as pairs: a line for each field. */

import { cellText, plainText } from './cell.ts';
import { guessKind, isRecord, leaves, resolveColumns, words } from './columns.ts';
import { visible } from './safe.ts';
import { type Painter, painter, statusPaint } from './theme.ts';
import type { Stage } from './view.ts';
import { pad, prepareWidths, widthOf } from './width.ts';

/** The record as lines of text, known fields first, nothing cut. A value that is no record is one line. */
export async function pairsOf(value: unknown, stage: Stage): Promise<string> {
  const { spec, options, sink } = stage;
  if (!isRecord(value)) return `${visible(plainText(value))}\n`;
  const known = new Map((spec.columns ?? []).map((column) => [column.path, column]));
  const paint = painter(sink.color);
  const lines: { label: string; text: string; long?: readonly string[] }[] = [];
  const brief = spec.brief === true && !Array.isArray(options.fields);
  const add = (label: string, kind: Parameters<typeof cellText>[0], content: unknown) => {
    if (brief && (content === null || content === 0)) return;
    const text = visible(cellText(kind, options.timeZone)(content));
    const long =
      kind === 'object' && isRecord(content)
        ? JSON.stringify(content, null, 2).split('\n').map(visible)
        : undefined;
    lines.push({
      label: visible(label),
      text: colour(paint, kind, content)(text),
      ...(long ? { long } : {}),
    });
  };
  if (spec.kind === 'record' || Array.isArray(options.fields)) {
    for (const column of resolveColumns({ rows: [value] }, spec, options)) {
      const content = column.get(value);
      if (content === undefined && !Array.isArray(options.fields)) continue;
      const of = known.get(column.path)?.of;
      if (brief && of !== undefined && (value[of] ?? null) === null) continue;
      add(known.has(column.path) ? column.header : words(column.path), column.kind, content);
    }
  } else {
    for (const [path, content] of Object.entries(value)) {
      const column = known.get(path);
      if (isRecord(content)) lines.push({ label: visible(words(path)), text: oneLine(content, path, stage) });
      else add(column?.header ?? words(path), column?.kind ?? guessKind(path, content), content);
    }
  }
  await prepareWidths(lines.flatMap(({ label, text, long }) => (long ? [label, text] : [label])));
  const width = Math.max(0, ...lines.map(({ label }) => widthOf(label)));
  // An object that a line of the terminal does not hold takes a line for each of its fields.
  const shown = ({ text, long }: (typeof lines)[number]) =>
    long && sink.columns > 0 && width + 2 + widthOf(text) > sink.columns
      ? long.join(`\n${' '.repeat(width + 2)}`)
      : text;
  return lines.map((line) => `${paint.faint(pad(line.label, width, false))}  ${shown(line)}\n`).join('');
}

/** What a report says beside its rows takes a line each: two dates as a period, anything else as `name value` pairs. */
function oneLine(value: Readonly<Record<string, unknown>>, path: string, { options, sink }: Stage): string {
  const parts: { name: string; text: string; date: boolean }[] = [];
  leaves(value, (name, content) => {
    const kind = guessKind(`${path}.${name}`, content);
    parts.push({ name, text: cellText(kind, options.timeZone)(content), date: kind === 'date' });
  });
  if (parts.length === 2 && parts.every(({ date }) => date)) {
    return visible(parts.map(({ text }) => text).join(' to '));
  }
  const room = sink.columns > 0 ? sink.columns - words(path).length - 10 : Number.POSITIVE_INFINITY;
  let line = '';
  for (const { name, text } of parts) {
    const part = name === 'name' ? text : `${name.replaceAll('_', ' ')} ${text}`;
    const next = `${line}${line === '' ? '' : ' · '}${visible(part)}`;
    // Whole parts or none: a part of a number would be another number.
    if (line !== '' && next.length > room) return `${line} · …`;
    line = next;
  }
  return line;
}

function colour(paint: Painter, kind: string, value: unknown): (text: string) => string {
  if (kind === 'status' && typeof value === 'string') return statusPaint(paint, value);
  return value === null ? paint.faint : (text) => text;
}
