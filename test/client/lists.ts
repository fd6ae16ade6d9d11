/** Lists in memory, and reading them to their end. */

import { type PageSource, readPages } from '../../src/client/pages.ts';

export interface Row {
  readonly id: string;
}

export const rowsOf = (count: number, from = 0): Row[] =>
  Array.from({ length: count }, (_, at) => ({ id: `r${from + at}` }));

/** A list in memory that `change` alters before each page is read. */
export function listOf(rows: Row[], limit: number, change: (page: number, read: number) => void = () => {}) {
  const asked: number[] = [];
  const warnings: string[] = [];
  const source: PageSource<Row> = {
    start: undefined,
    signal: undefined,
    warn: (message) => warnings.push(message),
    read: async (page = 1) => {
      change(page, asked.length);
      asked.push(page);
      return {
        rows: rows.slice((page - 1) * limit, page * limit),
        pagination: { page, limit, total: rows.length },
      };
    },
  };
  return { source, asked, warnings, rows };
}

export async function idsOf(source: PageSource<Row>): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of readPages(source)) ids.push(...page.rows.map(({ id }) => id));
  return ids;
}
