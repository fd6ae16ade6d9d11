/** Turns what a command yields into bytes. The only door into this folder, with the reporter and the printer of errors. */

import type { Chunk, OutputSpec } from '../command.ts';
import type { Format } from '../config/settings.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { Reporter } from '../session.ts';
import type { OutputOptions } from './options.ts';
import { visibleText } from './safe.ts';
import { openSink, outputSink, type Sink } from './sink.ts';
import type { OpenView, Writer } from './view.ts';

export { printError } from './errors.ts';
export { createReporter } from './reporter.ts';
export { visible } from './safe.ts';

/** A format is one module and one line here. Each is loaded only when it is asked for. */
const VIEWS: Readonly<
  Record<Format | 'ids' | 'chart' | 'whole', () => Promise<{ readonly open: OpenView }>>
> = {
  table: () => import('./table.ts'),
  excel: () => import('./excel/index.ts'),
  json: () => import('./json.ts'),
  ndjson: () => import('./ndjson.ts'),
  csv: () => import('./csv.ts'),
  whole: () => import('./whole.ts'),
  ids: () => import('./ids.ts'),
  chart: () => import('./chart.ts'),
};

function viewName(spec: OutputSpec, options: OutputOptions, screen: boolean): keyof typeof VIEWS {
  if (options.quiet) return 'ids';
  if (options.chart !== undefined) return 'chart';
  // A pipe has room for everything.
  if (spec.whole && options.format === 'table' && screen) return 'whole';
  // The API's envelope as it came is JSON, unless another form of it is asked for.
  return spec.kind === 'raw' && options.format === 'table' ? 'json' : options.format;
}

/** Whether the output goes to standard output. */
const isStandard = (output: string | undefined) => output === undefined || output === '-';

/** A list of this many rows is long, and more of them must not take more memory. */
const LONG = 2000;

/** Whether a view shows times in a zone: the others give them as they came. */
function showsTimes(view: keyof typeof VIEWS, spec: OutputSpec, { fields }: OutputOptions): boolean {
  if (view === 'excel' || view === 'chart') return true;
  const shown = Array.isArray(fields) ? (path: string) => fields.includes(path) : () => true;
  return view === 'table' && (spec.columns ?? []).some(({ kind, path }) => kind === 'time' && shown(path));
}

/** Checks what needs no data. @throws UsageError */
function check(spec: OutputSpec, options: OutputOptions): void {
  if (options.chart === undefined) return;
  const names = (spec.charts ?? []).map((chart) => chart.name);
  if (names.length === 0) throw new UsageError('--chart: there is nothing to draw of this command');
  if (options.format !== 'table') {
    throw new UsageError(`--chart draws for people; it does not go with --format ${options.format}`, {
      next: 'give one or the other',
    });
  }
  if (options.chart !== true && !names.includes(options.chart)) {
    throw new UsageError(`--chart: there is no chart "${options.chart}"`, {
      next: `choose one of ${names.join(', ')}`,
    });
  }
}

/**
 * Renders what a command yields. Faults of the options are found before the first chunk is asked for, that is before
 * anything is sent. A file given with `-o` appears only when everything is in it.
 * @throws UsageError, LocalError (disk), ClosedOutputError, and whatever the command throws.
 */
export async function render(
  chunks: AsyncIterable<Chunk>,
  spec: OutputSpec,
  options: OutputOptions,
  context: Context,
  report: Reporter,
): Promise<void> {
  check(spec, options);
  if (options.fields === true) {
    const { listFields } = await import('./fields.ts');
    return listFields(chunks, spec, options, outputSink(context, report));
  }
  let source: AsyncIterable<Chunk & { readonly projected?: boolean }> = chunks;
  if (options.query !== undefined || options.sort || options.fields !== undefined) {
    const [{ shape }, query] = await Promise.all([import('./shape.ts'), queryOf(options)]);
    source = shape(chunks, spec, options, query);
  }
  const view = viewName(spec, options, context.stdout.isTTY && isStandard(options.output));
  const load = VIEWS[view];
  // A text has no rows to put into a workbook: it is printed as it is.
  const named = view === 'excel' && options.output === undefined && spec.kind !== 'text';
  const sink = await openSink(options, context, report, {
    workbook: named ? workbookName(spec, options) : undefined,
    live: spec.live === true,
  });
  try {
    let writer: Writer | undefined;
    const loaded = spec.kind === 'text' ? undefined : afterRequest(load);
    const open = async () => {
      const { open: openView } = await (loaded ?? load());
      const learn = showsTimes(view, spec, options) ? options.learnTimeZone : undefined;
      const zoned = learn ? { ...options, timeZone: await learn() } : options;
      return openView({ spec, options: zoned, context, report, sink });
    };
    let ready = false;
    let shown = 0;
    // A workbook is made of so much that lives on that sparing would cost it a sixth of its time; and what is shown live
    // is shown beside other work, which sparing slows to three quarters.
    let spared = view === 'excel' || spec.live === true;
    let failure: { readonly error: unknown } | undefined;
    const remarks: Extract<Chunk, { type: 'remark' }>[] = [];
    for await (const chunk of source) {
      if (chunk.type === 'rows' || chunk.type === 'data' || chunk.type === 'sheet') {
        writer ??= await open();
        if (chunk.type === 'rows') {
          await writer.rows(chunk);
          shown += chunk.rows.length;
          if (shown >= LONG && !spared) {
            spared = true;
            context.spareMemory?.();
          }
        } else if (chunk.type === 'data') await writer.data(chunk);
        else await writer.sheet?.(chunk);
      } else if (chunk.type === 'failure') failure = chunk;
      else if (chunk.type === 'remark') remarks.push(chunk);
      else {
        await other(chunk, sink, options, context, report);
        ready = true;
      }
    }
    // Data is whole even where there is none; a person is not told of nothing found where it is a failure that is told.
    const silent = failure !== undefined && (view === 'table' || view === 'whole' || view === 'chart');
    if (!writer && !ready && spec.kind !== 'text' && !silent) writer = await open();
    await writer?.end();
    // A named workbook that nothing was written to is not wanted: the command brought a file of its own.
    if (named && !writer) await sink.abort();
    else await sink.commit();
    if (sink.path !== undefined && writer && named) await context.stdout.write(`${visibleText(sink.path)}\n`);
    else if (sink.path !== undefined && !named) report.note(`Saved to ${sink.path}`);
    for (const { text, warning } of remarks) report[warning ? 'warn' : 'note'](text);
    if (failure) throw failure.error;
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

/** `payroll_2024-11-01_2024-11-30.xlsx`: made of words that the command line checked. */
function workbookName(spec: OutputSpec, options: OutputOptions): string {
  const name = [spec.name, options.suffix].filter((part) => part !== undefined && part !== '').join('_');
  return `${name.replace(/[^\w.-]+/g, '_')}.xlsx`;
}

/** Starts loading once the first request is on its way, so that the wait for it is not idle. */
function afterRequest<T>(load: () => Promise<T>): Promise<T> {
  const loaded = new Promise<void>((go) => setImmediate(go)).then(load);
  loaded.catch(() => undefined);
  return loaded;
}

/** Chunks that are no data: text, bytes and files. */
async function other(
  chunk: Extract<Chunk, { type: 'text' | 'bytes' | 'file' }>,
  sink: Sink,
  options: OutputOptions,
  context: Context,
  report: Reporter,
): Promise<void> {
  if (chunk.type === 'text') return sink.write(sink.isTTY ? visibleText(chunk.text) : chunk.text);
  if (chunk.type === 'file') return sink.write(`${visibleText(chunk.path)}\n`);
  const { saveBytes } = await import('./bytes.ts');
  return saveBytes(chunk, sink, options, context, report);
}

async function queryOf({ query }: OutputOptions) {
  if (query === undefined) return undefined;
  const { compileQuery } = await import('./query.ts');
  return compileQuery(query);
}
