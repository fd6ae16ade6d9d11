import { describe, expect, it } from 'vitest';
import type { Chunk, OutputSpec } from '../../src/command.ts';
import { history } from '../../src/commands/locks/history.ts';
import { render } from '../../src/views/index.ts';
import { testContext } from '../support/context.ts';
import { memoryReporter } from './reporter.ts';
import { event } from './world.ts';

const spec = history.outputFor?.({ follow: true }) as OutputSpec;
const plain = { format: 'table', force: false, header: true, quiet: false, timeZone: 'UTC' } as const;
const row = (number: number, more = {}) => ({
  ...event({ id: `event_${number}`, at: number * 1000, arrives: 0 }),
  ...more,
});

async function show(batches: readonly (readonly unknown[])[], screen?: { columns: number; rows: number }) {
  const context = testContext(screen ? { stdout: screen } : {});
  /** What had been written when each next batch was asked for. */
  const written: number[] = [];
  async function* chunks(): AsyncGenerator<Chunk> {
    for (const rows of batches) {
      yield { type: 'rows', rows };
      written.push(context.stdout.text().split('\n').length - 1);
    }
  }
  await render(chunks(), spec, plain, context, memoryReporter().reporter);
  return { lines: context.stdout.text().split('\n').slice(0, -1), written };
}

describe('the table of a tail', () => {
  it('has written a batch before it asks for the next: only then is a row shown', async () => {
    const { written } = await show([[row(1)], [row(2), row(3)], [row(4)]]);
    expect(written).toEqual([3, 5, 6]);
  });

  it.each(['table', 'ndjson', 'csv', 'json'] as const)('keeps that promise as %s', async (format) => {
    const context = testContext();
    const seen: boolean[] = [];
    async function* chunks(): AsyncGenerator<Chunk> {
      for (const number of [1, 2, 3]) {
        yield { type: 'rows', rows: [row(number)] };
        seen.push(context.stdout.text().includes(`event_${number}`));
      }
    }
    await render(chunks(), spec, { ...plain, format }, context, memoryReporter().reporter);
    expect(seen).toEqual([true, true, true]);
  });

  it('repeats its heading on every screen of a terminal, and in a pipe never', async () => {
    const batches = Array.from({ length: 60 }, (_, number) => [row(number)]);
    const headings = (lines: readonly string[]) =>
      lines.flatMap((text, at) => (/ Late$/.test(text) ? [at] : []));
    const { lines } = await show(batches, { columns: 200, rows: 23 });
    expect(headings(lines)).toEqual([0, 22, 44]);
    expect(headings((await show(batches)).lines)).toEqual([0]);
  });

  it('lines up rows that nobody could foresee', async () => {
    const batches = [
      [row(1, { employee_name: 'Al' })],
      [row(2, { employee_name: 'Al', access_method: 'mechanical_key', late: true })],
      [row(3, { employee_name: 'Jürgen Yılmaz' })],
    ];
    const { lines } = await show(batches, { columns: 200, rows: 23 });
    expect(lines).toHaveLength(5);
    const starts = lines
      .filter((_, at) => at !== 1)
      .map((text) => text.search(/Method|fingerprint|mechanical_key/));
    expect(new Set(starts).size).toBe(1);
  });
});
