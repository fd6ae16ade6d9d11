import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countsOf,
  createRun,
  type Journal,
  keyOf,
  readRun,
  resumeRun,
  tryReadRun,
} from '../../src/bulk/journal.ts';
import { findRun, listRuns, sameRun } from '../../src/bulk/runs.ts';
import type { Action, JournalEvent } from '../../src/bulk/types.ts';
import { testContext } from '../support/context.ts';

function actions(count: number): Action[] {
  return Array.from({ length: count }, (_, i) => ({
    op: 'create',
    row: i + 2,
    key: `p${i}@example.com`,
    body: { name: `P ${i}`, email: `p${i}@example.com` },
  }));
}

const about = { kind: 'employees.import', base_url: 'http://x/v1', skipped: 0 } as const;
const key = keyOf('test');

const event = (count: number): fc.Arbitrary<JournalEvent> => {
  const i = fc.integer({ min: 0, max: count - 1 });
  const reason = fc.record({ code: fc.string(), message: fc.string() });
  return fc.oneof(
    fc.record({ t: fc.constant('sent' as const), i }),
    fc.record({ t: fc.constant('absent' as const), i }),
    fc.record({ t: fc.constant('done' as const), i, id: fc.string(), after: fc.jsonValue() }),
    fc.record({ t: fc.constant('refused' as const), i, reason }),
    fc.record({ t: fc.constant('unknown' as const), i, reason }),
  );
};

async function fill(journal: Journal, events: readonly JournalEvent[]): Promise<void> {
  await Promise.all(events.map((one) => journal.record(one)));
  await journal.close();
}

describe('a journal', () => {
  it('read back is the state that was written, whatever happened to its rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event(5), { maxLength: 40 }), async (events) => {
        const context = testContext();
        const journal = await createRun(context, { ...about, key }, actions(5));
        await fill(journal, events);
        const read = await readRun(context.directories, journal.state.head.id);
        expect(countsOf(read)).toEqual(countsOf(journal.state));
        expect(JSON.stringify([...read.results])).toBe(JSON.stringify([...journal.state.results]));
      }),
      { numRuns: 30 },
    );
  });

  it('cut at any byte is an earlier state of itself, or a run that never began', async () => {
    const context = testContext();
    const journal = await createRun(context, { ...about, key }, actions(3));
    await fill(journal, [
      { t: 'sent', i: 0 },
      { t: 'done', i: 0, id: 'emp_1' },
      { t: 'sent', i: 1 },
    ]);
    const { id } = journal.state.head;
    const path = join(context.directories.state, 'runs', id, 'journal.log');
    const whole = readFileSync(path);
    let done = 1;
    for (let length = whole.length; length >= 0; length -= 1) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      const state = await tryReadRun(context.directories, id);
      const now = state ? countsOf(state).done : 0;
      expect(now).toBeLessThanOrEqual(done);
      done = now;
      if (!state) continue;
      expect(state.actions).toHaveLength(3);
      const resumed = await resumeRun(context, id);
      await resumed.record({ t: 'done', i: 2 });
      await resumed.close();
      expect(countsOf(await readRun(context.directories, id)).done).toBe(now + 1);
    }
  });

  it('that was tampered with is not believed', async () => {
    const context = testContext();
    const journal = await createRun(context, { ...about, key }, actions(2));
    await fill(journal, [
      { t: 'sent', i: 0 },
      { t: 'done', i: 0 },
    ]);
    const path = join(context.directories.state, 'runs', journal.state.head.id, 'journal.log');
    writeFileSync(path, readFileSync(path, 'utf8').replace('P 0', 'P 9'));
    await expect(readRun(context.directories, journal.state.head.id)).rejects.toThrow('damaged');
  });
});

describe('runs', () => {
  it('are listed newest first, even those of one millisecond, and found by a part of their name', async () => {
    const context = testContext();
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      const journal = await createRun(context, { ...about, key: keyOf(i) }, actions(1));
      await journal.close();
      ids.unshift(journal.state.head.id);
    }
    const listed: string[] = [];
    for await (const run of listRuns(context)) {
      listed.push(run.id);
      expect(run.status).toBe('stopped');
    }
    expect(listed).toEqual(ids);
    expect((await findRun(context, 'last')).head.id).toBe(ids[0]);
    expect((await findRun(context, ids[4] ?? '')).head.id).toBe(ids[4]);
    await expect(findRun(context, '2024')).rejects.toThrow('several runs');
    await expect(findRun(context, 'nope')).rejects.toThrow('there is no run');
    expect((await sameRun(context, keyOf(3)))?.head.key).toBe(keyOf(3));
  });

  it('that died while they were planned do not exist', async () => {
    const context = testContext();
    const journal = await createRun(context, { ...about, key }, actions(2));
    await journal.close();
    const folder = join(context.directories.state, 'runs');
    const [id = ''] = readdirSync(folder);
    const path = join(folder, id, 'journal.log');
    writeFileSync(path, readFileSync(path, 'utf8').split('\n').slice(0, 3).join('\n').concat('\n'));
    expect(await sameRun(context, key)).toBeUndefined();
    for await (const run of listRuns(context)) expect(run).toBeUndefined();
  });
});
