import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/errors.ts';
import { createReporter, printError, visible } from '../../src/views/index.ts';
import { testContext } from '../support/context.ts';
import { HOSTILE, RAW } from './hostile.ts';
import { data, employeeSpec, employees, payroll, rendered, rows } from './world.ts';

/** A record with the text in every field, in the name of one, in a list and in something nested. */
const infested = (text: string) => ({
  id: `a${text}b`,
  name: `a${text}b`,
  email: text,
  department: `${text}${text}`,
  position: { [text]: text, list: [text, [text]] },
  salary: text,
  status: text,
  created_at: text,
  [`x${text}`]: text,
});
const all = HOSTILE.map(infested);

describe("a server's text is made visible, never obeyed", () => {
  for (const columns of [0, 20, 80, 300]) {
    it(`in a table ${columns === 0 ? 'in a pipe' : `of ${columns} columns`}`, async () => {
      const { out, err } = await rendered([rows(all)], employees, {}, { columns });
      expect(out).not.toMatch(RAW);
      expect(err).not.toMatch(RAW);
      expect(out.trimEnd().split('\n')).toHaveLength(all.length + 2);
    });
  }

  it('in a record, a report, a chart and a list of IDs', async () => {
    for (const record of all) {
      const pairs = await rendered([data(record)], employeeSpec);
      expect(pairs.out).not.toMatch(RAW);
    }
    const report = { period: infested('\u001b[2J'), employees: all };
    expect((await rendered([data(report)], payroll)).out).not.toMatch(RAW);
    const charts = [{ name: 'x', title: 'X', by: 'name', unit: 'rows' }];
    expect((await rendered([rows(all)], { ...employees, charts }, { chart: true })).out).not.toMatch(RAW);
    const ids = await rendered([rows(all)], employees, { quiet: true });
    expect(ids.out).not.toMatch(RAW);
    expect(ids.out.trimEnd().split('\n')).toHaveLength(all.length);
  });

  it('in JSON and NDJSON, which stay exact all the same', async () => {
    for (const columns of [0, 80]) {
      const json = await rendered([rows(all)], employees, { format: 'json' }, { columns });
      expect(json.out).not.toMatch(RAW);
      expect(JSON.parse(json.out)).toEqual(all);
      const ndjson = await rendered([rows(all)], employees, { format: 'ndjson' }, { columns });
      expect(ndjson.out).not.toMatch(RAW);
      expect(
        ndjson.out
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ).toEqual(all);
    }
  });

  it('in CSV on a terminal', async () => {
    const { out } = await rendered([rows(all)], employees, { format: 'csv' }, { columns: 80 });
    expect(out.replaceAll('\r\n', '\n')).not.toMatch(RAW);
  });

  it('in what is said on stderr, errors included', async () => {
    const context = testContext({ stderr: { columns: 80 } });
    const report = createReporter(context, { debug: true });
    for (const text of HOSTILE) {
      report.note(text);
      report.warn(text);
      report.debug(text);
      await printError(
        new RefusedError(text, { detail: text, code: text, field: text, path: text, lines: [text] }),
        'table',
        context,
      );
      await printError(new RefusedError(text, { detail: text, next: text }), 'json', context);
    }
    expect(context.stderr.text()).not.toMatch(RAW);
  });

  it('and nothing ordinary is touched', () => {
    for (const text of ['Zoë Müller', '王小明', 'محمد', 'नमस्ते', '👩‍👩‍👧 family', 'Иван', 'می‌خواهم', '']) {
      expect(visible(text)).toBe(text);
    }
    expect(visible('\u001b]52;c;x\u0007\n\t\r\u202e\u{e0041}\ud800')).toBe(
      '\\x1b]52;c;x\\x07\\n\\t\\r\\u202e\\u{e0041}\\ud800',
    );
  });
});
