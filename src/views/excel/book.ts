/** A workbook that is written as it grows: exceljs's streaming writer over a sink, with its faults and its pace minded. */

import { once } from 'node:events';
import { Writable } from 'node:stream';
import Excel, { type Worksheet } from 'exceljs';
import type { Sink } from '../sink.ts';
import { sheetNames } from './names.ts';

export interface Book {
  /** Starts a sheet; the one before must be finished, for they are written one after the other. */
  addSheet(wish: string): Worksheet;
  /** Resolves once what was written is on its way to the sink: memory stays flat. Throws what the sink threw. */
  drained(): Promise<void>;
  /** Bars in the cells of these ranges; `full`: the value of a whole bar, else the greatest there is. */
  addBars(
    sheet: Worksheet,
    bars: readonly { readonly ref: string; readonly color: string; readonly full: number | undefined }[],
  ): void;
  commit(): Promise<void>;
}

/** Bytes that may wait between exceljs and the zip. */
const HIGH_WATER = 1_000_000;

/** Landscape, one page wide, the header on every page. */
const PRINT = {
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  printTitlesRow: '1:1',
  margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
} as const;

/** The part of exceljs's stream that tells how far the zip lags behind. */
interface Pipes {
  readonly stream?: { readonly pipes?: readonly Writable[] };
}

/** The part of archiver that takes an entry. */
interface Zip {
  append(source: unknown, entry: unknown): unknown;
}

/** archiver turns a string into bytes by a deprecated constructor that warns on stderr: it is given bytes. */
class QuietWriter extends Excel.stream.xlsx.WorkbookWriter {
  override addThemes(): Promise<void> {
    const { zip } = this as unknown as { zip: Zip };
    const append = zip.append.bind(zip);
    zip.append = (source, entry) => append(typeof source === 'string' ? Buffer.from(source) : source, entry);
    return super.addThemes();
  }
}

export function createBook(sink: Sink, now: number): Book {
  let fault: unknown;
  const output = new Writable({
    write(chunk: Uint8Array, _, done) {
      sink.write(chunk).then(
        () => done(),
        (error) => done(error),
      );
    },
  });
  const failed = new Promise<never>((_, reject) => {
    output.on('error', (error) => {
      fault ??= error;
      reject(error);
    });
  });
  // Whoever waits next gets it; until then it must not end the process.
  failed.catch(() => undefined);
  const created = new Date(now);
  const writer = new QuietWriter({
    stream: output,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 6 } },
  });
  Object.assign(writer, { creator: 'worktime', lastModifiedBy: 'worktime', created, modified: created });
  const name = sheetNames();
  let current: Worksheet | undefined;

  return {
    addSheet(wish) {
      current = writer.addWorksheet(name(wish), {
        views: [{ state: 'frozen', ySplit: 1 }],
        pageSetup: PRINT,
        headerFooter: { oddFooter: '&L&A&RPage &P of &N' },
      });
      return current;
    },
    async drained() {
      if (fault !== undefined) throw fault;
      // exceljs answers no back pressure; the pipe behind it does.
      const pipe = (current as (Worksheet & Pipes) | undefined)?.stream?.pipes?.[0];
      if (pipe && pipe.writableLength > HIGH_WATER) await Promise.race([once(pipe, 'drain'), failed]);
      else await new Promise<void>((go) => setImmediate(go));
    },
    addBars(sheet, bars) {
      const rules = bars.map(({ ref, color, full }, index) => {
        const top = full === undefined ? '<cfvo type="max"/>' : `<cfvo type="num" val="${full}"/>`;
        const bar = `<dataBar><cfvo type="num" val="0"/>${top}<color rgb="${color}"/></dataBar>`;
        return `<conditionalFormatting sqref="${ref}"><cfRule type="dataBar" priority="${index + 1}">${bar}</cfRule></conditionalFormatting>`;
      });
      // exceljs's streaming writer links each bar to an extension that it never writes, which Excel has to repair.
      const target = sheet as unknown as { stream: { write(xml: string): void } };
      Object.assign(sheet, { _writeConditionalFormatting: () => target.stream.write(rules.join('')) });
    },
    async commit() {
      if (fault !== undefined) throw fault;
      await Promise.race([writer.commit(), failed]);
    },
  };
}
