import { describe, expect, it } from 'vitest';
import type { OutputOptions } from '../../src/views/options.ts';
import {
  data,
  employeeSpec,
  employees,
  go,
  JANUARY,
  JOHN,
  json,
  payroll,
  rendered,
  rows,
  three,
  watched,
} from './world.ts';

describe('--query', () => {
  it('sees the whole merged result, and means the same in every format', async () => {
    const pages = three.map((row) => rows([row]));
    const query = '[?salary > `1`].{who: name, pay: salary}';
    const expected = [
      { who: 'Zoë', pay: 2 },
      { who: 'adam', pay: 10 },
    ];
    expect(JSON.parse((await rendered(pages, employees, json({ query }))).out)).toEqual(expected);
    expect((await rendered(pages, employees, { format: 'csv', query })).out).toBe(
      'who,pay\r\nZoë,2\r\nadam,10\r\n',
    );
    expect((await rendered(pages, employees, { format: 'ndjson', query })).out).toBe(
      expected.map((row) => `${JSON.stringify(row)}\n`).join(''),
    );
    expect((await rendered(pages, employees, { query })).out).toMatch(
      /^who +pay\n─+ +─+\nZoë +2\.00\nadam +10\.00\n$/,
    );
  });

  it('keeps the known columns where the rows are the API’s own', async () => {
    const { out } = await rendered([rows([JOHN, { ...JOHN, salary: 1 }])], employees, {
      format: 'csv',
      query: '[?salary == `1`]',
    });
    expect(out.split('\r\n')[0]).toBe('id,name,email,department,position,salary,status,created_at');
  });

  it('may give a number, a list of texts, one object or nothing', async () => {
    const ask = async (query: string, format: OutputOptions['format']) =>
      (await rendered([rows(three)], employees, { format, query })).out;
    expect(await ask('length(@)', 'json')).toBe('3\n');
    expect(await ask('length(@)', 'table')).toBe('3\n');
    expect(await ask('[].id', 'csv')).toBe('value\r\na\r\nb\r\nc\r\n');
    expect(await ask('[].id', 'table')).toMatch(/^value\n─+\na\nb\nc\n$/);
    expect(await ask('[0].team', 'table')).toMatch(/^Lead +x\n$/);
    expect(await ask('nothing', 'json')).toBe('null\n');
    expect(await ask('nothing', 'table')).toBe('');
  });

  it('of a field of a list, which has none, says how to take one', async () => {
    const said = async (query: string) => (await rendered([rows(three)], employees, json({ query }))).err;
    expect(await said('name')).toContain(
      'warning: --query found nothing: the data is a list, of which [].NAME takes a field',
    );
    for (const query of ['data[0]', 'data[].id', 'data | [0]'])
      expect(await said(query)).toContain('[].NAME');
    expect(await said("[?id == 'z'] | [0].name")).not.toContain('--query');
  });

  it('that finds nothing because a text stands in double quotes says that they name a field', async () => {
    const said = async (query: string) => (await rendered([rows(three)], employees, json({ query }))).err;
    expect(await said('[?id == "a"]')).toContain(
      `warning: --query found nothing: "a" in double quotes is a field, a text takes single ones: 'a'`,
    );
    expect(await said("[?id == 'a']")).toBe('');
    expect(await said('[?id == "id"]')).toBe('');
  });

  it('that names a field which nothing has is told the one that may be meant, whatever it finds', async () => {
    const said = async (query: string) => (await rendered([rows(three)], employees, json({ query }))).err;
    const none = (name: string, next: string) =>
      `warning: --query: nothing here has a field "${name}"; ${next}\n`;
    expect(await said('[].{who: name, pay: salry}')).toBe(none('salry', 'did you mean salary?'));
    expect(await said('[].Name')).toBe(none('Name', 'did you mean name?'));
    expect(await said('[?id == a]')).toBe(none('a', "a text takes single quotes: 'a'"));
    expect(await said('[].xyz')).toBe(none('xyz', 'leave --query out to see the data'));
    expect(await said('[?team.lead == true]')).toBe(
      'warning: --query: true is a field as it stands; write `true` in backticks\n',
    );
    expect(await said("[?salary > '1']")).toContain('< and > compare numbers alone: write `1` in backticks');
    // A field that is declared, made by the query, or null in so many words is none that is missing.
    const fine = ['[?deleted_at != null]', "[].{who: name} | [?who == 'z']", 'let $x = id in [?name == $x]'];
    for (const query of [...fine, "[?name == 'salry']", 'length(@)', '[0].team.lead', 'sort_by(@, &id)'])
      expect(await said(query), query).not.toContain('nothing here has');
  });

  const bare = { kind: 'rows', name: 'staff' } as const;

  it('is not doubted for what the data cannot show: fields that it makes, and those below what is empty', async () => {
    const staff = [
      { id: 'a', department: 'Sales', penalties: [], manager: null },
      { id: 'b', department: 'Legal', penalties: [], manager: null },
    ];
    const fine = [
      'group_by(@, &department).Sales',
      'from_items([].[id, department]).a',
      'merge([0], `{"more": {"less": 1}}`).more.less',
      '[].penalties[].amount',
      '[].penalties[?amount > `5`].amount',
      '[].manager.name',
      "[?manager.name == 'Ann']",
      '[?"department" == "id"]',
    ];
    for (const query of fine)
      expect((await rendered([rows(staff)], bare, json({ query }))).err, query).toBe('');
    // Beside them a slip is one as before.
    const { err } = await rendered(
      [rows(staff)],
      bare,
      json({ query: '[].[penalties[].amount, departmnt]' }),
    );
    expect(err).toContain('a field "departmnt"; did you mean department?');
  });

  it('that orders texts is told how to find by their beginning: in backticks a day is a fault', async () => {
    const hired = [{ id: 'a', start_date: '2024-03-01' }];
    const said = async (query: string) => (await rendered([rows(hired)], bare, json({ query }))).err;
    expect(await said("[?start_date > '2024-01-01']")).toBe(
      "warning: --query found nothing: < and > compare numbers alone: of a text, starts_with(NAME, '…') takes the beginning\n",
    );
    expect(await said("[?start_date > ' 5 ']")).toContain('write `5` in backticks');
    expect(await said("[?starts_with(start_date, '2024')]")).toBe('');
    expect(await said('[?id > "5"]')).toContain("a text takes single ones: '5', a number backticks: `5`");
  });

  it('of a record that finds nothing does not say that there is no record', async () => {
    const { out, err } = await rendered([data(JOHN)], employeeSpec, { query: 'nam' });
    expect(out).toBe('');
    const why = 'warning: --query: nothing here has a field "nam"; did you mean name?\n';
    expect(err).toBe(`--query found nothing\n${why}`);
  });

  it('whose text stands in backticks, or which compares with a single =, is told how to write it', async () => {
    const next = async (query: string) =>
      go(watched([rows(three)]).source, employees, { query }).then(
        () => expect.unreachable(),
        ({ message, next }) => `${message} | ${next}`,
      );
    const literals = "a text takes single quotes, as in status=='active', a number backticks";
    expect(await next('[?id == `a`]')).toMatch(/what stands in backticks is not JSON \| a text takes/);
    // The shell ran what stood in backticks.
    expect(await next('[?id ==]')).toContain(literals);
    expect(await next('[?pay > 5000]')).toContain(literals);
    expect(await next('[?id=a]')).toContain('a single = compares nothing: write ==');
    expect(await next('let $x = [?id=a] in $x')).toContain('a single =');
    expect(await next('a b')).not.toContain(literals);
    const let_ = json({ query: "let $x = 'b' in [?id == $x].id" });
    expect((await rendered([rows(three)], employees, let_)).out).toContain('b');
  });

  it('is checked before anything is asked for', async () => {
    for (const query of ['[', 'a b', '[?', 'nofunction(@)', '[?id=a]']) {
      const { seen, source } = watched([rows(three)]);
      const failed = go(source, employees, { query });
      await expect(failed).rejects.toMatchObject({ exit: 2, code: 'invalid_query' });
      if (query !== 'nofunction(@)') expect(seen.asked).toBe(0);
    }
  });

  it('looks into a report', async () => {
    expect(
      (await rendered([data(JANUARY)], payroll, json({ query: 'sum(employees[].total_pay)' }))).out,
    ).toBe('11292.12\n');
  });
});
