import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import type { Chunk, OutputSpec } from '../../src/command.ts';
import { createReporter, render } from '../../src/views/index.ts';
import type { OutputOptions } from '../../src/views/options.ts';
import { type TestContext, temporaryFolder, testContext } from '../support/context.ts';
import { data, JANUARY, options, payroll, stream } from './world.ts';
import { unzip } from './zip.ts';

export interface Book {
  readonly path: string;
  readonly context: TestContext;
  readonly parts: Map<string, string>;
  /** The XML of a sheet, from 1. */
  readonly xml: (sheet: number) => string;
  readonly values: (sheet: string | number) => Promise<unknown[][]>;
}

/** Renders a workbook and opens it again with a reader that is not its writer. */
export async function book(
  chunks: readonly Chunk[],
  spec: OutputSpec,
  changes: Partial<OutputOptions> = {},
): Promise<Book> {
  const context = testContext({ cwd: temporaryFolder() });
  const report = createReporter(context, { debug: false });
  await render(stream(chunks), spec, options({ format: 'excel', ...changes }), context, report);
  const path = join(context.cwd, changes.output ?? context.stdout.text().trim());
  const parts = unzip(await readFile(path));
  return {
    path,
    context,
    parts,
    xml: (sheet) => parts.get(`xl/worksheets/sheet${sheet}.xml`) ?? '',
    values: (sheet) => readXlsxFile(path, { sheet, trim: false }),
  };
}

export const january = () => book([data(JANUARY)], payroll, { suffix: '2024-01-01_2024-01-31' });
