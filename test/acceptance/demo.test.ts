import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';

it('the demo does the main job before the reader’s eyes, and leaves nothing but the workbook', {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder();
  const { all, exitCode } = await execa(
    process.execPath,
    [fileURLToPath(new URL('../demo.mjs', import.meta.url))],
    {
      env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
      extendEnv: false,
      all: true,
      reject: false,
      timeout: 100_000,
    },
  );
  expect(exitCode, all).toBe(0);
  expect(all).toContain('Acme Corporation');
  expect(all).toContain('emp_123456');
  expect(all).toMatch(/followed for .*: 6 events/);
  expect(all).toMatch(/^\{"event":"/m);
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.includes('.') || name.includes('demo'),
  );
  expect(
    left.every((name) => /payroll_\d{4}-\d\d-01_.*\.xlsx$/.test(name)),
    String(left),
  ).toBe(true);
});
