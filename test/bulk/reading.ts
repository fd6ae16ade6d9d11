/** Files of rows, as an import reads them. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '../../src/bulk/read.ts';
import type { Table } from '../../src/bulk/types.ts';
import { temporaryFolder, testContext } from '../support/context.ts';

export const home = temporaryFolder();

export function read(content: string | Uint8Array, name = 'file.csv'): Promise<Table> {
  writeFileSync(join(home, name), content);
  return readTable(name, { cwd: home, stdin: testContext().stdin });
}

export const cellsOf = (table: Table) => table.rows.map(({ cells }) => ({ ...cells }));
