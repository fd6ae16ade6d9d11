/** Bars in the terminal, of any rows that have the fields that a chart names. */

import type { Chart } from '../command.ts';
import { grouped, numberOf, plainText } from './cell.ts';
import { getter } from './columns.ts';
import { localTime } from './instant.ts';
import { hasRows, splitReport } from './report.ts';
import { visible } from './safe.ts';
import { painter } from './theme.ts';
import type { Stage, Writer } from './view.ts';
import { cut, pad, prepareWidths, widthOf } from './width.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
/** Parts of a block, in eighths. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** Without a terminal, a bar is as long as on one of 80 columns. */
const USUAL_WIDTH = 80;
/** More bars than this are no picture. */
const MAX_BARS = 60;

/** The bars of one chart as they are filled. */
interface Tally {
  readonly chart: Chart;
  readonly by: (row: unknown) => unknown;
  readonly id: ((row: unknown) => unknown) | undefined;
  readonly value: (row: unknown) => number | undefined;
  /** By ID where rows have one, else by label. */
  readonly bars: Map<string, Bar>;
}

interface Bar {
  readonly label: string;
  amount: number;
}

/** Which bar a value belongs to; undefined when it belongs to none. */
function bucketOf(chart: Chart, value: unknown, timeZone: string): string | undefined {
  if (chart.bucket === undefined || chart.bucket === 'value') return plainText(value) || undefined;
  const text = plainText(value);
  const ms =
    localTime(text, timeZone) ??
    (/^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN);
  if (Number.isNaN(ms)) return undefined;
  const time = new Date(ms);
  return chart.bucket === 'hour' ? HOURS[time.getUTCHours()] : WEEKDAYS[(time.getUTCDay() + 6) % 7];
}

function tallyOf(chart: Chart): Tally {
  const amount = chart.value === undefined ? undefined : getter(chart.value);
  return {
    chart,
    by: getter(chart.by),
    id: chart.id === undefined ? undefined : getter(chart.id),
    value: amount ? (row) => numberOf(amount(row)) : () => 1,
    bars: new Map(),
  };
}

/** Bars in the order that people expect: days and hours as they follow each other, values by size. */
function ordered({ chart, bars }: Tally): [string, number][] {
  if (chart.bucket === 'weekday') {
    return WEEKDAYS.map((day): [string, number] => [day, bars.get(day)?.amount ?? 0]).filter(
      ([day, amount]) => amount > 0 || !day.startsWith('S'),
    );
  }
  if (chart.bucket === 'hour') {
    const used = HOURS.map((hour) => bars.has(hour));
    const [first, last] = [used.indexOf(true), used.lastIndexOf(true)];
    return HOURS.slice(first, last + 1).map((hour) => [hour, bars.get(hour)?.amount ?? 0]);
  }
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { label } of bars.values()) (seen.has(label) ? shared : seen).add(label);
  return [...bars]
    .map(([id, { label, amount }]): [string, number] => [
      shared.has(label) ? `${label} (${id})` : label,
      amount,
    ])
    .sort(([, a], [, b]) => b - a);
}

function bar(share: number, room: number): string {
  const eighths = Math.round(share * room * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** One form for all of them: where one has decimals, all show two. */
function numbers(values: readonly number[]): string[] {
  const whole = values.every((value) => Number.isInteger(Math.round(value * 100) / 100));
  return values.map((value) => grouped(value.toFixed(whole ? 0 : 2)));
}

/** Counts rows as they come, and draws when all are there: memory grows with the bars, not with the rows. */
export function open({ spec, options, report, sink }: Stage): Writer {
  const charts = (spec.charts ?? []).filter(
    (chart) => options.chart === true || options.chart === chart.name,
  );
  const tallies = charts.map(tallyOf);
  const paint = painter(sink.color);

  const add = (rows: readonly unknown[]) => {
    for (const tally of tallies) {
      for (const row of rows) {
        const bucket = bucketOf(tally.chart, tally.by(row), options.timeZone);
        const value = tally.value(row);
        if (bucket !== undefined && value !== undefined) {
          const id = plainText(tally.id?.(row)) || bucket;
          const bar = tally.bars.get(id);
          if (bar) bar.amount += value;
          else tally.bars.set(id, { label: bucket, amount: value });
        }
      }
    }
  };

  const draw = async (tally: Tally): Promise<string> => {
    const bars = ordered(tally);
    const drawn = bars.slice(0, MAX_BARS);
    const texts = numbers(drawn.map(([, value]) => value));
    const shown = drawn.map(([label, value], at) => ({
      label: visible(label),
      value,
      text: texts[at] ?? '',
    }));
    await prepareWidths(shown.map(({ label }) => label));
    const width = sink.columns > 0 ? sink.columns : USUAL_WIDTH;
    const labels = Math.min(
      Math.max(...shown.map(({ label }) => widthOf(label))),
      Math.max(4, Math.floor(width / 3)),
    );
    const digits = Math.max(...shown.map(({ text }) => text.length));
    const room = Math.max(1, width - labels - digits - 4);
    const most = Math.max(...shown.map(({ value }) => value));
    const lines = shown.map(({ label, value, text }) => {
      const drawn = bar(most > 0 ? Math.max(0, value) / most : 0, room);
      return `${pad(cut(label, labels), labels, false)}  ${drawn === '' ? '' : `${paint.good(drawn)} `}${text}`;
    });
    const more = bars.length > shown.length ? [paint.faint(`… and ${bars.length - shown.length} more`)] : [];
    const zone = tally.chart.bucket === 'hour' ? `, ${options.timeZone}` : '';
    const title = paint.strong(cut(`${tally.chart.title} (${tally.chart.unit}${zone})`, width));
    return [title, ...lines, ...more, ''].join('\n');
  };

  return {
    rows: async ({ rows }) => add(rows),
    data: async ({ data }) => add((hasRows(spec) ? splitReport(data, spec).rows : undefined) ?? [data]),
    sheet: async ({ rows }) => add(rows),
    async end() {
      const drawn: string[] = [];
      for (const tally of tallies) if (tally.bars.size > 0) drawn.push(await draw(tally));
      if (drawn.length === 0) report.note(`No ${spec.name} to draw`);
      else await sink.write(drawn.join('\n'));
    },
  };
}
