// The payroll workbook of January 2024 as LibreOffice calculates it: every value that came with a formula is taken out,
// so that each sum that comes back was worked out anew.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import exceljs from 'exceljs';

const binary = fileURLToPath(new URL('../../bin/worktime.js', import.meta.url));
const TOTAL_PAY = 11_292.12;

async function read(path) {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(path);
  return book;
}

/** Every cell that has a formula, with its value. */
function formulasOf(book) {
  const found = [];
  book.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.formula)
          found.push({ sheet: sheet.name, address: cell.address, cell, value: cell.result ?? 0 });
      });
    });
  });
  return found;
}

/** Converts a workbook into one of LibreOffice's own making, in `out`. */
function recalculate(office, path, folder) {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`;
  const out = join(folder, 'out');
  execFileSync(office, [profile, '--headless', '--convert-to', 'xlsx', '--outdir', out, path], {
    stdio: 'ignore',
    timeout: 120_000,
  });
  return read(join(out, 'bare.xlsx'));
}

export default async function* workbookBench() {
  const row = {
    what: 'payroll workbook of January 2024, recalculated by LibreOffice',
    against: 'the sums that came with it',
    goal: 'equal',
  };
  const office = ['soffice', 'libreoffice'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (!office) {
    yield { ...row, skipped: 'LibreOffice is not installed' };
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'worktime-workbook-'));
  try {
    const worktime = (...args) =>
      execFileSync(process.execPath, [binary, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          WORKTIME_PROFILE: 'sandbox',
          WORKTIME_CONFIG_DIR: join(folder, 'config'),
          WORKTIME_STATE_DIR: join(folder, 'state'),
        },
      });
    worktime('sandbox', 'reset', '--fixture', 'january-2024');
    const path = join(folder, 'january.xlsx');
    worktime('reports', 'payroll', '--month', '2024-01', '--format', 'excel', '-o', path);

    const book = await read(path);
    const before = formulasOf(book);
    if (!before.some(({ value }) => value === TOTAL_PAY)) throw new Error(`no sum is ${TOTAL_PAY}`);
    for (const { cell } of before) cell.value = { formula: cell.formula };
    const bare = join(folder, 'bare.xlsx');
    await book.xlsx.writeFile(bare);
    if (formulasOf(await read(bare)).some(({ value }) => value !== 0))
      throw new Error('values were left in it');

    const after = await recalculate(office, bare, folder);
    for (const { sheet, address, value } of before) {
      const found = after.getWorksheet(sheet)?.getCell(address).result;
      if (typeof found !== 'number' || Math.abs(found - value) > 1e-6) {
        throw new Error(`${sheet}!${address} is ${found}, and was ${value}`);
      }
    }
    yield { ...row, figure: `all ${before.length} equal, total pay 11,292.12` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
