/** A blank `--fields`: which fields there are. */

import type { Chunk, OutputSpec } from '../command.ts';
import { UsageError } from '../errors.ts';
import { resolveColumns } from './columns.ts';
import type { OutputOptions } from './options.ts';
import { hasRows, splitReport } from './report.ts';
import { visible } from './safe.ts';
import type { Sink } from './sink.ts';

/** The first page of what a command yields, as rows. Nothing after it is asked for. */
async function firstRows(chunks: AsyncIterable<Chunk>, spec: OutputSpec): Promise<readonly unknown[]> {
  for await (const chunk of chunks) {
    if (chunk.type === 'rows') return chunk.rows;
    if (chunk.type === 'data')
      return (hasRows(spec) ? splitReport(chunk.data, spec).rows : undefined) ?? [chunk.data];
  }
  return [];
}

/**
 * Lists the fields, one a line (a JSON array with `--format json`): those declared, and those that the API sends
 * where the command only reads. A command that writes is not run for it.
 */
export async function listFields(
  chunks: AsyncIterable<Chunk>,
  spec: OutputSpec,
  options: OutputOptions,
  sink: Sink,
): Promise<void> {
  const declared = (spec.columns ?? []).map((column) => column.path);
  const rows = options.peek ? await firstRows(chunks, spec) : [];
  if (declared.length === 0 && rows.length === 0) {
    throw new UsageError('--fields: the fields of this command are not known beforehand', {
      next: 'name the fields that you want: --fields a,b.c',
    });
  }
  const { fields: _, ...rest } = options;
  const found = resolveColumns({ rows }, spec, rest).map((column) => column.path);
  const paths = [...new Set([...declared, ...found])];
  const text =
    options.format === 'json'
      ? JSON.stringify(paths, null, sink.isTTY ? 2 : 0)
      : paths.map(visible).join('\n');
  await sink.write(`${text}\n`);
}
