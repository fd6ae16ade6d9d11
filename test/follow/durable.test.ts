import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/config/settings.ts';
import { InterruptedError, LocalError, UsageError } from '../../src/errors.ts';
import { type Followed, follow } from '../../src/follow/index.ts';
import { openJournal } from '../../src/follow/journal.ts';
import type { FollowInput } from '../../src/follow/options.ts';
import type { Session } from '../../src/session.ts';
import { START, type TestContext, temporaryFolder, testContext } from '../support/context.ts';
import { memoryReporter } from './reporter.ts';
import { lockWith, type Scheduled } from './world.ts';

const DAY = 86_400_000;

interface Tail {
  readonly schedule: readonly Scheduled[];
  /** ms after the start of the test at which it begins; it ends when there is nothing more to read. */
  readonly at: number;
  readonly input: Partial<FollowInput>;
  readonly home: string;
  /** It is killed while it shows the batch with this number, from 1. */
  readonly killedAt?: number;
  readonly baseUrl?: string;
}

function start({ schedule, at, input, home, baseUrl }: Tail) {
  const context: TestContext = testContext({ home, now: START + at });
  const { reporter, lines } = memoryReporter();
  const lock = lockWith(
    context,
    schedule.map((one) => ({ ...one, arrives: one.arrives })),
  );
  const session = {
    context,
    report: reporter,
    settings: { baseUrl: { value: baseUrl ?? 'https://api.worktime.one/v1', source: 'default' } } as Settings,
    client: async () => ({ rate: undefined }),
  } as unknown as Session;
  const what: Followed = { command: 'locks history', noun: 'event', sources: [lock], matches: () => true };
  const chunks = follow(session, what, { follow: true, interval: 1000, idleTimeout: 5000, ...input });
  return { chunks, lines, interrupt: () => context.interrupt(new InterruptedError()) };
}

/** A whole life of a tail: the IDs that it showed, and what it said. */
async function live(tail: Tail): Promise<{ ids: (string | undefined)[]; lines: string[] }> {
  const { chunks, lines } = start(tail);
  const ids: (string | undefined)[] = [];
  let batch = 0;
  for await (const chunk of chunks) {
    if (chunk.type !== 'rows') continue;
    ids.push(...chunk.rows.map((row) => (row as { id?: string }).id));
    batch += 1;
    if (batch === tail.killedAt) break;
  }
  return { ids, lines };
}

const numbered = (records: readonly Omit<Scheduled, 'id'>[]): Scheduled[] =>
  records.map((record, index) => ({ ...record, id: `event_${index}` }));
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string; late?: boolean });

describe('--resume', () => {
  const schedule = numbered([
    { at: -DAY, arrives: -1 },
    { at: 1000, arrives: 1000 },
    // 40 days old, uploaded while nobody watched.
    { at: -40 * DAY, arrives: 60_000 },
    { at: 90_000, arrives: 120_000 },
  ]);

  it('goes on where the tail was, told for how long nobody watched and that nothing is lost, and still knows what is late', async () => {
    const home = temporaryFolder();
    const first = await live({ schedule, at: 0, home, input: { resume: 'door', last: 0 } });
    expect(first.ids).toEqual(['event_1']);
    const second = await live({ schedule, at: 3_600_000, home, input: { resume: 'door', last: 0 } });
    expect(second.ids).toEqual(['event_2', 'event_3']);
    expect(second.lines.join('\n')).toMatch(/going on where it was left 1 h ago/);
    expect(second.lines.join('\n')).toMatch(
      /2 events, 1 late, 0 gaps; not running for 1 h before, read back$/,
    );
  });

  it('repeats at most the batch in flight after a kill, and says so', async () => {
    const home = temporaryFolder();
    const input = { resume: 'door', since: new Date(START - 2 * DAY).toISOString() };
    const first = await live({ schedule, at: 0, home, input, killedAt: 2 });
    expect(first.ids).toEqual(['event_0', 'event_1']);
    const second = await live({ schedule, at: 3_600_000, home, input });
    expect(second.ids).toEqual(['event_2', 'event_1', 'event_3']);
    expect(second.lines.join('\n')).toMatch(
      /killed while it showed 1 of them: those may be shown a second time/,
    );
    expect((await live({ schedule, at: 7_200_000, home, input })).ids).toEqual([]);
  });

  it('is refused to a second tail, which is told of the first', async () => {
    const home = temporaryFolder();
    const { chunks } = start({ schedule, at: 0, home, input: { resume: 'door' } });
    await chunks.next();
    const second = live({ schedule, at: 0, home, input: { resume: 'door' } });
    await expect(second).rejects.toThrow(LocalError);
    await expect(second).rejects.toThrow(/worktime locks history --follow/);
    await chunks.return(undefined);
    expect((await live({ schedule, at: 0, home, input: { resume: 'door' } })).ids).not.toEqual([]);
  });

  it('is refused to another API, whose records it would hide', async () => {
    const home = temporaryFolder();
    await live({ schedule, at: 0, home, input: { resume: 'door' } });
    const other = live({
      schedule,
      at: 0,
      home,
      input: { resume: 'door' },
      baseUrl: 'https://else.example/v1',
    });
    await expect(other).rejects.toThrow(UsageError);
  });

  it('stays as large as what is known, however long it runs', async () => {
    const directory = join(temporaryFolder(), 'door');
    const options = { about: { command: 'locks history', origin: 'x' }, notesShown: true };
    const { journal, remembered, close } = await openJournal(directory, options);
    const keys = Array.from({ length: 1000 }, (_, index) => `id event_${index}`);
    for (const key of keys) remembered.known.add(key);
    await journal.baseline('lock_789', keys, START);
    for (let times = 0; times < 200; times += 1) await journal.passedOver(keys);
    await journal.polled(START);
    await journal.showing(['id event_7']);
    await close();
    expect(readFileSync(join(directory, 'seen.log')).length).toBeLessThan(20_000);
    const again = await openJournal(directory, options);
    expect(again.remembered).toMatchObject({ sources: new Set(['lock_789']), newest: START });
    expect(keys.every((key) => again.remembered.known.offered(key))).toBe(true);
    expect([again.polledAt, again.unsure]).toEqual([START, 1]);
    await again.close();
  });
});

describe('-o with --follow', () => {
  const anySchedule = fc
    .array(
      fc.record({
        at: fc.oneof(fc.integer({ min: -40 * DAY, max: 30_000 }), fc.constantFrom(-1000, 0, 5000)),
        arrives: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 30_000 }), fc.constant(500_000)),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map(numbered);

  it('neither loses nor repeats a line, wherever a kill cuts the file', async () => {
    await fc.assert(
      fc.asyncProperty(anySchedule, fc.double({ min: 0, max: 1, noNaN: true }), async (schedule, part) => {
        const home = temporaryFolder();
        const output = join(home, 'doors.ndjson');
        const input = { output, last: 2, idleTimeout: 40_000, interval: 8000 };
        await live({ schedule, at: 0, home, input });
        const all = linesOf(output);
        truncateSync(output, Math.floor(readFileSync(output).length * part));
        await live({ schedule, at: 1_000_000, home, input });
        const ids = linesOf(output).map(({ id }) => id);
        const expected = [
          ...all.map(({ id }) => id),
          ...schedule.filter(({ arrives }) => arrives === 500_000).map(({ id }) => id),
        ];
        expect([...ids].sort()).toEqual([...expected].sort());
        await live({ schedule, at: 2_000_000, home, input });
        expect(linesOf(output).map(({ id }) => id)).toEqual(ids);
      }),
      { numRuns: 25 },
    );
  });

  it('shows nothing on standard output, and appends the record as it came with its mark', async () => {
    const home = temporaryFolder();
    const output = join(home, 'doors.ndjson');
    const schedule = numbered([
      { at: 1000, arrives: 1000 },
      { at: -40 * DAY, arrives: 2000 },
    ]);
    const { ids } = await live({ schedule, at: 0, home, input: { output } });
    expect(ids).toEqual([]);
    const [first, second] = linesOf(output);
    expect(first).not.toHaveProperty('late');
    expect(second).toMatchObject({ id: 'event_1', lock_id: 'lock_789', late: true });
  });

  it('tells a record that was uploaded 40 days late while it was down from one that was there before', async () => {
    const home = temporaryFolder();
    const output = join(home, 'doors.ndjson');
    const schedule = numbered([
      { at: -41 * DAY, arrives: -1 },
      { at: -40 * DAY, arrives: 600_000 },
    ]);
    const input = { output, since: new Date(START).toISOString() };
    await live({ schedule, at: 0, home, input });
    expect(linesOf(output)).toEqual([]);
    await live({ schedule, at: 3_600_000, home, input });
    expect(linesOf(output)).toMatchObject([{ id: 'event_1', late: true }]);
  });

  it('ends a whole last line that lacks its line feed, and cuts off a torn one', async () => {
    const home = temporaryFolder();
    const output = join(home, 'doors.ndjson');
    const schedule = numbered([
      { at: -3, arrives: -1 },
      { at: -2, arrives: -1 },
    ]);
    await live({ schedule, at: 0, home, input: { output } });
    const whole = readFileSync(output, 'utf8');
    truncateSync(output, whole.length - 1);
    await live({ schedule, at: 0, home, input: { output } });
    expect(readFileSync(output, 'utf8')).toBe(whole);
    truncateSync(output, whole.length - 5);
    const { lines } = await live({ schedule, at: 0, home, input: { output } });
    expect(readFileSync(output, 'utf8')).toBe(whole);
    expect(lines.join('\n')).toMatch(/torn last line of \d+ bytes was cut off/);
  });

  it('is refused to a second tail by any name of the file, and the first is named', async () => {
    const home = temporaryFolder();
    const output = join(home, 'doors.ndjson');
    const schedule = numbered([{ at: -3, arrives: -1 }]);
    const { chunks, interrupt } = start({ schedule, at: 0, home, input: { output, idleTimeout: 100 * DAY } });
    const running = chunks.next();
    await expect.poll(() => existsSync(output) && linesOf(output).length).toBe(1);
    symlinkSync(output, join(home, 'link'));
    for (const name of ['doors.ndjson', 'link']) {
      const input = { output: join(home, name) };
      const second = live({ schedule, at: 0, home: temporaryFolder(), input });
      await expect(second).rejects.toThrow(new RegExp(`${process.pid}`));
    }
    interrupt();
    await running;
    expect(await chunks.next()).toMatchObject({ done: true });
  });

  it('refuses a file that holds something else, and one that is no file', async () => {
    const home = temporaryFolder();
    const schedule = numbered([{ at: -3, arrives: -1 }]);
    const output = join(home, 'notes.txt');
    writeFileSync(output, 'dear diary\n');
    await expect(live({ schedule, at: 0, home, input: { output } })).rejects.toThrow(
      /line 1 is not a JSON object/,
    );
    expect(readFileSync(output, 'utf8')).toBe('dear diary\n');
    mkdirSync(join(home, 'folder'));
    await expect(live({ schedule, at: 0, home, input: { output: join(home, 'folder') } })).rejects.toThrow(
      UsageError,
    );
    await expect(live({ schedule, at: 0, home, input: { output: '/dev/null' } })).rejects.toThrow(UsageError);
  });

  it('goes on with a file from another machine, and says what it cannot know', async () => {
    const home = temporaryFolder();
    const output = join(home, 'doors.ndjson');
    const schedule = numbered([
      { at: -DAY, arrives: -1 },
      { at: -3000, arrives: -1 },
      { at: 60_000, arrives: 60_000 },
    ]);
    await live({ schedule, at: 0, home, input: { output, last: 1 } });
    const elsewhere = temporaryFolder();
    const copy = join(elsewhere, 'doors.ndjson');
    cpSync(output, copy);
    const { lines } = await live({
      schedule,
      at: 3_600_000,
      home: elsewhere,
      input: { output: copy, last: 1 },
    });
    expect(linesOf(copy).map(({ id }) => id)).toEqual(['event_1', 'event_2']);
    expect(lines.join('\n')).toMatch(/not remembered here/);
  });

  it('starts anew when the file was taken away', async () => {
    const home = temporaryFolder();
    const schedule = numbered([{ at: -3000, arrives: -1 }]);
    const output = join(home, 'doors.ndjson');
    await live({ schedule, at: 0, home, input: { output, last: 0 } });
    cpSync(output, join(home, 'old.ndjson'));
    const { rmSync } = await import('node:fs');
    rmSync(output);
    await live({ schedule, at: 0, home, input: { output, last: 1 } });
    expect(linesOf(output)).toHaveLength(1);
  });
});
