import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/context.ts';
import { run } from '../support/run.ts';

const home = temporaryFolder();
const list = (flags: string) => run(`employees list ${flags}`, { home });

describe('a page of a list', () => {
  it('says what it leaves out, and how to see it', async () => {
    expect((await list('--limit 3')).stderr).toBe(
      '1–3 of 42 employees shown; --page 2 shows the next, --all shows every one\n',
    );
    expect((await list('--page 14 --limit 3')).stderr).toBe(
      '40–42 of 42 employees shown; --all shows every one\n',
    );
    expect((await list('--all')).stderr).toBe('');
  });

  it('says of a sort that it was within the page', async () => {
    expect((await list('--limit 3 --sort salary:desc')).stderr).toBe(
      '1–3 of 42 employees shown, sorted within this page; --all sorts all 42\n',
    );
    expect((await list('--all --sort salary:desc')).stderr).toBe('');
    expect((await list('--sort salary:desc')).stderr).toBe('');
  });

  it('past the last says so, and not that there is nothing', async () => {
    const past = await list('--page 99');
    expect([past.code, past.stdout]).toEqual([0, '']);
    expect(past.stderr).toBe('page 99 is past the last: there is 1 page, with 42 employees in all\n');
    expect((await list('--page 99 --limit 5 --json')).stderr).toBe(
      'page 99 is past the last: there are 9 pages, with 42 employees in all\n',
    );
    expect((await list('--page 2 --department dept_none')).stderr).toMatch(/^No employees found$/m);
  });
});

it('a field by the heading of its column is told by its name', async () => {
  const { code, stderr } = await run('reports payroll --month 2024-10 --fields name');
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('Next: did you mean employee_name? There are '),
  ]);
});

it('what stands behind a field to sort by is mended with that field', async () => {
  const next = async (sort: string) =>
    /Next: (.*)/.exec((await run(`reports payroll --month 2024-10 --sort ${sort}`)).stderr)?.[1];
  expect(await next('total_pay:descending')).toBe('write --sort total_pay or --sort total_pay:desc');
  expect(await next(':desc')).toBe('write --sort FIELD or --sort FIELD:desc');
});
