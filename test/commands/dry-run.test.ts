import { describe, expect, it } from 'vitest';
import { run } from '../support/run.ts';

const terminal = { stdout: { columns: 80 } };

/** The request as it is sent, and the body as the table shows it. */
async function both(line: string): Promise<[sent: unknown, shown: unknown]> {
  const json = await run(`${line} --dry-run --json`);
  const { stdout } = await run(`${line} --dry-run`, terminal);
  for (const each of stdout.split('\n')) expect(each.length).toBeLessThanOrEqual(80);
  const body = /^Body +(\{.*\})$/ms.exec(stdout)?.[1] ?? '';
  return [JSON.parse(json.stdout).body, JSON.parse(body)];
}

describe('a dry run shows of a request what is sent', () => {
  it.each([
    'employees update emp_123456 --salary 78000',
    'employees update emp_123456 --salary 78000.5 --position "Head of Everything" --start-date 2024-02-01',
    'employees create --name "Zoë O\'Neill" --email zoe@example.com --department eng --salary 65000',
    'employees restore emp_123456',
    'attendance clock in emp_123456 --at 2024-11-18T09:00:00Z --notes "Forgot the badge"',
    'api POST /employees -f name=Ann -F salary=3',
  ])('%s', async (line) => {
    const [sent, shown] = await both(line);
    expect(shown).toEqual(sent);
  });

  it('in one line where there is room, and in CSV as JSON too', async () => {
    const line = 'employees update emp_123456 --salary 78000 --dry-run';
    expect((await run(line, terminal)).stdout).toContain('\nBody           { "salary": 78000 }\n');
    expect((await run(`${line} --format csv`)).stdout).toContain('"{""salary"":78000}"');
    expect((await run(`${line} --fields body.salary --no-header --format csv`)).stdout).toBe('78000\r\n');
  });

  it('a character that a terminal obeys is made visible, in a long body too', async () => {
    const { stdout } = await run(
      ['employees', 'update', 'emp_123456', '--position', `\u202e${'long '.repeat(20)}`, '--dry-run'],
      terminal,
    );
    expect(stdout).not.toContain('\u202e');
  });
});
