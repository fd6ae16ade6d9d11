import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idsOf, listOf, rowsOf } from './lists.ts';
import { failure } from './support.ts';

describe('a list that changes while it is read', () => {
  it('one removed from what was read: nobody who stayed is lost or doubled', async () => {
    const rows = rowsOf(40);
    const { source, warnings } = listOf(rows, 10, (_, read) => {
      if (read === 2) rows.splice(3, 1);
    });
    const ids = await idsOf(source);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual(
      rowsOf(40)
        .map(({ id }) => id)
        .sort(),
    );
    expect(warnings).toEqual([]);
  });

  it('one added at the front: nobody is doubled', async () => {
    const rows = rowsOf(40);
    const { source } = listOf(rows, 10, (_, read) => {
      if (read === 2) rows.unshift({ id: 'new' });
    });
    const ids = await idsOf(source);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(rowsOf(40).map(({ id }) => id)));
  });

  it('a whole page added at the front is no repetition', async () => {
    const rows = rowsOf(40);
    const { source } = listOf(rows, 10, (_, read) => {
      if (read === 2) rows.unshift(...rowsOf(20, 1000));
    });
    expect(await idsOf(source)).toEqual(expect.arrayContaining(rowsOf(40).map(({ id }) => id)));
  });

  it('the last page vanishing loses nobody', async () => {
    const rows = rowsOf(21);
    const { source } = listOf(rows, 10, (_, read) => {
      if (read === 2) rows.splice(0, 1);
    });
    expect((await idsOf(source)).sort()).toEqual(
      rowsOf(21)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('one that never keeps still is said', async () => {
    const rows = rowsOf(200);
    let made = 1000;
    const { source, warnings } = listOf(rows, 10, () => {
      rows.push({ id: `r${made++}` });
    });
    await failure(idsOf(source)).catch(() => {});
    expect(warnings).toEqual([
      'the list changed while it was read: rows may be missing, read it again to be sure',
    ]);
  });

  it('whatever is added and removed between pages, all who stayed are there once, or it is said', async () => {
    const edit = fc.record({
      at: fc.integer({ min: 1, max: 8 }),
      place: fc.nat(),
      kind: fc.constantFrom('add', 'remove'),
      count: fc.integer({ min: 1, max: 12 }),
    });
    const edits = fc.uniqueArray(edit, { minLength: 1, maxLength: 3, selector: ({ at }) => at });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        edits,
        async (count, limit, changes) => {
          const rows = rowsOf(count);
          const { source, warnings } = listOf(rows, limit, (_, read) => {
            for (const { at, place, kind, count: moved } of changes) {
              if (read !== at) continue;
              const where = rows.length === 0 ? 0 : place % rows.length;
              if (kind === 'add') rows.splice(where, 0, ...rowsOf(moved, 1000 + at * 20));
              else rows.splice(where, moved);
            }
          });
          const ids = await idsOf(source);
          expect(new Set(ids).size).toBe(ids.length);
          const stayed = rows.map(({ id }) => id).filter((id) => !/^r1\d\d\d$/.test(id));
          const missing = stayed.filter((id) => !ids.includes(id));
          if (warnings.length === 0) expect(missing).toEqual([]);
        },
      ),
      {
        numRuns: 500,
        examples: [
          // What a page that was read ahead and thrown away had seen: five came, and five others went.
          [
            8,
            1,
            [
              { at: 5, place: 0, kind: 'add', count: 1 },
              { at: 6, place: 170025721, kind: 'add', count: 5 },
              { at: 7, place: 0, kind: 'remove', count: 5 },
            ],
          ],
        ],
      },
    );
  });
});
