import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { OutputSpec } from '../../src/command.ts';
import { graphemes } from '../../src/views/width.ts';
import { wrap } from '../../src/views/wrap.ts';
import { RAW, SEQUENCES } from './hostile.ts';
import { data, rendered, rows } from './world.ts';

const checks: OutputSpec = {
  kind: 'rows',
  name: 'checks',
  whole: true,
  columns: [
    { path: 'check', kind: 'text', priority: 1 },
    { path: 'status', kind: 'status', priority: 1 },
    { path: 'detail', kind: 'text', priority: 1 },
    { path: 'next', kind: 'text', priority: 2 },
  ],
};
const LONG = {
  check: 'config',
  status: 'problem',
  detail: '/home/jane/.config/worktime/config.json can be read by everybody on this machine 工作时间',
  next: 'chmod 600 it, or remove it and log in again with worktime login',
};
const SHORT = { check: 'node', status: 'ok', detail: '20.20.2', next: null };
const letters = (text: string) => [...text.replace(/\s/g, '')].sort().join('');

describe('a table whose texts are to be read whole', () => {
  it.each([120, 80, 60])('cuts nothing at %i columns, and no line is longer', async (columns) => {
    const { out } = await rendered([rows([LONG, SHORT])], checks, {}, { columns });
    expect(out).not.toContain('…');
    for (const line of out.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    const body = out.split('\n').slice(2).join('');
    expect(letters(body)).toBe(letters(`${Object.values(LONG).join('')}nodeok20.20.2-`));
  });

  it('leaves out a column in which no row has anything, and says nothing of it', async () => {
    const { out, err } = await rendered([rows([SHORT])], checks, {}, { columns: 80 });
    expect(out).toBe('Check  Status  Detail\n─────  ──────  ───────\nnode   ok      20.20.2\n');
    expect(err).toBe('');
  });

  it.each([120, 80, 40])('puts what stands below a row under it, whole, at %i columns', async (columns) => {
    const spec = {
      ...checks,
      columns: (checks.columns ?? []).map((each) => ({ ...each, below: each.path === 'next' })),
    };
    const { out } = await rendered([rows([LONG, SHORT])], spec, {}, { columns });
    for (const line of out.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    const under = out.split('\n').filter((line) => /^ {2}\S/.test(line));
    expect(under.map((line) => line.trim()).join(' ')).toBe(`Next: ${LONG.next}`);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^node +ok +20\.20\.2$/);
    const chosen = await rendered([rows([LONG])], spec, { fields: ['check', 'next'] }, { columns });
    expect(chosen.out).toMatch(/^Check +Next$/m);
  });

  it('is an ordinary table in a pipe, and in every other format', async () => {
    expect((await rendered([rows([LONG, SHORT])], checks)).out.split('\n')).toHaveLength(5);
    const { out } = await rendered([rows([SHORT])], checks, { format: 'json' }, { columns: 80 });
    expect(JSON.parse(out)).toEqual([SHORT]);
  });

  it('takes a page of more rows, and a cell of more lines, than a call may have arguments', async () => {
    const many = Array.from({ length: 130_000 }, () => SHORT);
    const { out } = await rendered([rows(many)], checks, {}, { columns: 80 });
    expect(out.split('\n')).toHaveLength(many.length + 3);
    expect(wrap('x'.repeat(300_000), 2)).toHaveLength(150_000);
  });

  it('takes a text apart as people see it, however long it is', () => {
    const bits = ['a', 'e\u0301', '👨‍👩‍👧', '🇸🇪', '工', '\u200d', '\ufe0f', '\u0301', '🏽', '👍🏽', 'क्ष'];
    const split = (text: string) =>
      Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), (one) => one.segment);
    const long = fc.array(fc.constantFrom(...bits), { minLength: 400, maxLength: 900 });
    fc.assert(
      fc.property(long, (parts) => {
        const text = parts.join('');
        expect([...graphemes(text)]).toEqual(split(text));
      }),
    );
    expect([...graphemes('\u0301'.repeat(5000))].join('')).toHaveLength(5000);
  });

  it('measures a huge text in no more time than it is long', async () => {
    const name = 'e\u0301'.repeat(100_000);
    const { out } = await rendered([rows([{ ...SHORT, check: name }])], checks, {}, { columns: 20 });
    expect(out.match(/e\u0301/g)).toHaveLength(100_000);
  });

  it('takes chosen fields, no header, no rows, and more rows than it waits for', async () => {
    const chosen = await rendered([rows([SHORT])], checks, { fields: ['next', 'check'] }, { columns: 80 });
    expect(chosen.out.split('\n')[0]).toBe('Next  Check');
    const bare = await rendered([rows([SHORT])], checks, { header: false }, { columns: 80 });
    expect(bare.out).toBe('node   ok      20.20.2\n');
    const none = await rendered([rows([])], checks, {}, { columns: 80 });
    expect([none.out, none.err]).toEqual(['', 'No checks found\n']);
    const page = rows(Array.from({ length: 150 }, () => SHORT));
    const many = await rendered([page, page, rows([LONG])], checks, {}, { columns: 80 });
    expect(many.out).not.toContain('…');
    expect(many.out.match(/20\.20\.2/g)).toHaveLength(300);
    for (const line of many.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('shows the facts of a report above its rows', async () => {
    const spec: OutputSpec = { ...checks, kind: 'report', rowsAt: 'rows' };
    const { out } = await rendered([data({ id: 'r1', rows: [SHORT] })], spec, {}, { columns: 80 });
    expect(out).toMatch(/^ID +r1\n\nCheck/i);
    const empty = await rendered([data({ id: 'r1', rows: [] })], spec, {}, { columns: 80 });
    expect(empty.out).toMatch(/^ID +r1\n$/i);
  });

  it('obeys nothing that comes from elsewhere', async () => {
    const hostile = { ...LONG, detail: SEQUENCES.join(' ') };
    const { out } = await rendered([rows([hostile])], checks, {}, { columns: 80 });
    expect(out.replaceAll('\n', '')).not.toMatch(RAW);
  });
});

it('wrapped text loses nothing and keeps to its width', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
      fc.integer({ min: 1, max: 40 }),
      (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
  );
  expect(wrap('/home/jane/.config/worktime', 14)).toEqual(['/home/jane/', '.config/', 'worktime']);
  expect(wrap('工作时间', 4)).toEqual(['工作', '时间']);
});

it('a brief record leaves out what says nothing, for people alone', async () => {
  const run: OutputSpec = { kind: 'record', name: 'run', brief: true };
  const value = { id: 'r1', done: 2, refused: 0, file: null, prune: false };
  const { out } = await rendered([data(value)], run, {}, { columns: 80 });
  expect(out).toBe('ID     r1\nDone   2\nPrune  no\n');
  const json = await rendered([data(value)], run, { format: 'json' }, { columns: 80 });
  expect(JSON.parse(json.out)).toEqual(value);
  const asked = await rendered([data(value)], run, { fields: ['refused'] }, { columns: 80 });
  expect(asked.out).toContain('0');
});
