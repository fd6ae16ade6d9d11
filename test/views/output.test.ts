import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Chunk, OutputSpec } from '../../src/command.ts';
import { ClosedOutputError, PartialError } from '../../src/errors.ts';
import { createReporter, render } from '../../src/views/index.ts';
import { temporaryFolder, testContext } from '../support/context.ts';
import { data, employees, go, JOHN, json, options, rendered, rows, things, watched } from './world.ts';

const FORMATS = ['table', 'json', 'ndjson', 'csv', 'excel'] as const;

describe('where the output goes', () => {
  it('on a terminal it waits until what was said before it is there, and the status gone', async () => {
    const screen: string[] = [];
    const base = testContext({ stdout: { columns: 80 }, stderr: { columns: 80 } });
    let said = Promise.resolve();
    const context = {
      ...base,
      stdout: { ...base.stdout, write: async (text: string | Uint8Array) => void screen.push(String(text)) },
      stderr: {
        ...base.stderr,
        write: (text: string | Uint8Array) => {
          said = said.then(async () => {
            await new Promise((resolve) => setTimeout(resolve, 2));
            screen.push(String(text));
          });
          return said;
        },
      },
    };
    const report = createReporter(context, { debug: false });
    const source = async function* () {
      report.status('10 events');
      yield rows([JOHN]);
      report.status(undefined);
      report.note('followed for 2 s');
    };
    await render(source(), things, options({ format: 'csv' }), context, report);
    await said;
    const shown = screen.join('').replaceAll('\r\u001b[K', '<');
    expect(shown).toMatch(/^<10 events<id,.*\r\nemp_123456,.*\r\nfollowed for 2 s\n$/);
  });

  it('is a file that appears when it is whole, in every format', async () => {
    for (const format of FORMATS) {
      const context = testContext({ cwd: temporaryFolder() });
      const file = join(context.cwd, 'out');
      const source = async function* () {
        yield rows([JOHN]);
        expect(existsSync(file)).toBe(false);
        yield rows([JOHN]);
      };
      await go(source(), employees, { format, output: 'out' }, context);
      expect((await readFile(file)).length).toBeGreaterThan(10);
      expect(context.stdout.text()).toBe('');
      expect(context.stderr.text()).toContain('Saved to out');
      expect(readdirSync(context.cwd)).toEqual(['out']);
    }
  });

  it('is never half a file: a failure leaves the old one, or none', async () => {
    for (const format of FORMATS) {
      const context = testContext({ cwd: temporaryFolder() });
      await writeFile(join(context.cwd, 'out'), 'old');
      const source = async function* () {
        yield rows([JOHN]);
        throw new Error('cut');
      };
      await expect(go(source(), employees, { format, output: 'out', force: true }, context)).rejects.toThrow(
        'cut',
      );
      expect(await readFile(join(context.cwd, 'out'), 'utf8')).toBe('old');
      expect(readdirSync(context.cwd)).toEqual(['out']);
    }
  });

  it('refuses a file that exists before anything is asked for', async () => {
    const context = testContext({ cwd: temporaryFolder() });
    await writeFile(join(context.cwd, 'out'), 'old');
    const { seen, source } = watched([rows([JOHN])]);
    await expect(go(source, employees, { output: 'out' }, context)).rejects.toMatchObject({
      exit: 2,
      code: 'file_exists',
    });
    expect(seen.asked).toBe(0);
  });

  it('is asked for no further once the reader has gone, and a full disk is an error', async () => {
    for (const format of FORMATS) {
      const many = Array.from({ length: 50 }, () => rows(Array.from({ length: 20 }, () => JOHN)));
      const gone = watched(many);
      const closed = testContext({ stdout: { closeAfter: 500 } });
      await expect(go(gone.source, employees, { format, output: '-' }, closed)).rejects.toThrow(
        ClosedOutputError,
      );
      expect(gone.seen.closed).toBe(true);
      if (format !== 'excel') expect(gone.seen.asked).toBeLessThan(5);
      const full = testContext({ stdout: { fullAfter: 500 } });
      await expect(go(watched(many).source, employees, { format, output: '-' }, full)).rejects.toMatchObject({
        exit: 9,
      });
    }
  });

  it('shows what was done before it fails for the rest', async () => {
    const context = testContext();
    const source = async function* (): AsyncGenerator<Chunk> {
      yield rows([{ id: 1 }]);
      yield { type: 'failure', error: new PartialError('3 rows failed') };
    };
    await expect(go(source(), things, json(), context)).rejects.toMatchObject({ exit: 3 });
    expect(context.stdout.text()).toBe('[{"id":1}]\n');
  });

  it('is silent about a closed stderr', async () => {
    const context = testContext({ stderr: { closeAfter: 0 } });
    await go(watched([rows([])]).source, employees, {}, context);
    expect(context.stdout.text()).toBe('');
  });
});

describe('--chart', () => {
  const charts = [
    { name: 'opens', title: 'Opens by hour', by: 'timestamp', bucket: 'hour', unit: 'opens' },
    { name: 'hours', title: 'Hours by employee', by: 'employee', value: 'hours', unit: 'hours' },
    {
      name: 'late',
      title: 'Lateness by weekday',
      by: 'date',
      bucket: 'weekday',
      value: 'late',
      unit: 'minutes',
    },
  ] as const;
  const spec: OutputSpec = { kind: 'rows', name: 'events', charts };
  const events = [
    { timestamp: '2024-11-18T09:10:00Z', employee: 'John', hours: 8.5, date: '2024-11-18', late: 10 },
    { timestamp: '2024-11-18T09:50:00Z', employee: 'Zoë', hours: 4, date: '2024-11-20', late: 5 },
    { timestamp: '2024-11-19T11:00:00Z', employee: 'John', hours: 8.5, date: '2024-11-25', late: 10 },
  ];

  it('draws every chart that the rows can be drawn as, at the width there is', async () => {
    const { out } = await rendered(
      events.map((event) => rows([event])),
      spec,
      { chart: true, timeZone: 'Europe/Berlin' },
      { columns: 40 },
    );
    await expect(out).toMatchFileSnapshot('golden/charts-40.txt');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('draws one by its name, of further rows beside a report too', async () => {
    const chunks: Chunk[] = [
      data({ employees: [{ employee: 'John', hours: 1 }] }),
      { type: 'sheet', name: 'Days', rows: events },
    ];
    const { out } = await rendered(chunks, { ...spec, kind: 'report' }, { chart: 'late' });
    expect(out).toMatch(/^Lateness by weekday \(minutes\)\nMonday +█+ 20\nTuesday +0\nWednesday +█+▎ 5\n/m);
    expect(out).not.toContain('Hours by employee');
  });

  it('keeps two people of one name apart, and gives all numbers one form', async () => {
    const staff = [
      { employee: 'James Walker', employee_id: 'emp_1', hours: 190 },
      { employee: 'James Walker', employee_id: 'emp_2', hours: 182.25 },
      { employee: 'Zoë', employee_id: 'emp_3', hours: 170.5 },
      { employee: 'Zoë', employee_id: 'emp_3', hours: 1 },
    ];
    const byId = [{ ...charts[1], id: 'employee_id' }];
    const { out } = await rendered([rows(staff)], { ...spec, charts: byId }, { chart: true });
    expect(out).toMatch(/James Walker \(emp_1\) +█+ 190\.00\n/);
    expect(out).toMatch(/James Walker \(emp_2\) +█\S+ 182\.25\n/);
    expect(out).toMatch(/Zoë +█\S+ 171\.50\n/);
  });

  it('refuses what it cannot draw before anything is asked for', async () => {
    const { seen, source } = watched([rows(events)]);
    await expect(go(source, spec, { chart: 'pie' })).rejects.toMatchObject({ exit: 2 });
    await expect(go(source, spec, { chart: true, format: 'json' })).rejects.toMatchObject({ exit: 2 });
    await expect(go(source, employees, { chart: true })).rejects.toMatchObject({ exit: 2 });
    expect(seen.asked).toBe(0);
  });
});
