import { execa } from 'execa';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCommand } from '../../src/lookup.ts';
import { sandboxTransport } from '../../src/sandbox/transport.ts';
import { temporaryFolder, testContext } from '../support/context.ts';
import { run, words } from '../support/run.ts';
import { KEY } from './setup-world.ts';

/** The command in the next step of an error, as its arguments. */
const told = (stderr: string) => words(/`worktime ([^`]*)`/.exec(stderr)?.[1] ?? '');

describe('a name where an ID belongs', () => {
  it.each([
    [['employees', 'get', 'John Doe'], 'emp_123456'],
    [['attendance', 'list', '--employee', 'John Doe'], 'emp_123456'],
    [['attendance', 'clock', 'in', 'john  doe'], 'emp_123456'],
    [['reports', 'payroll', '--month', '2024-10', '--employee', 'JOHN DOE'], 'emp_123456'],
    [['locks', 'history', 'Front Door'], 'lock_789'],
    [['attendance', 'list', '--lock', "front door's"], 'lock_789'],
  ])('%j is refused with 2, and the command told finds the ID', async (argv, id) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('is not an ID');
    expect(stderr).toMatch(/^Next: find the ID with `worktime (employees|locks) list /m);
    const found = await run(told(stderr));
    expect(found.code).toBe(0);
    expect(found.stdout).toContain(id);
  });

  it.each([
    ['employees get doe', 'emp_123456'],
    ['employees get john@example.com', 'emp_123456'],
    ['employees delete Doe --yes', 'emp_123456'],
    ['employees restore Doe', 'emp_123456'],
    ['employees update Doe --salary 1', 'emp_123456'],
    ['attendance clock in Doe', 'emp_123456'],
    ['attendance clock in emp_123456 --lock front', 'lock_789'],
    ['reports payroll --month 2024-10 --employee Doe', 'emp_123456'],
    ['locks history Front', 'lock_789'],
  ])('%s: could be an ID, is not found, and the command told finds it', async (line, id) => {
    const { code, stderr } = await run(line);
    expect(code).toBe(6);
    expect(stderr).toMatch(/^Next: find the ID with/m);
    const found = await run(told(stderr));
    expect(found).toMatchObject({ code: 0, stdout: expect.stringContaining(id) });
  });

  it.each([
    ['attendance list --employee Doe', 'emp_123456'],
    ['attendance list --lock Front', 'lock_789'],
    ['employees list --department Engineer', 'dept_eng'],
  ])('%s: finds nothing, and says why', async (line, id) => {
    const { code, stderr } = await run(line);
    expect(code).toBe(0);
    expect(stderr).toMatch(/was sent as the ID of an? (employee|department|lock), as there is no such alias/);
    expect((await run(told(stderr))).stdout).toContain(id);
    // A script that asks for little is told all the same.
    expect((await run(`${line} --quiet`)).stderr).toContain('was sent as the ID of');
  });

  it('is an alias of the sandbox where the key is a sandbox’s, wherever that is served', async () => {
    const served = {
      env: { WORKTIME_API_KEY: 'wt_sandbox_read', WORKTIME_BASE_URL: 'http://127.0.0.1:9/v1' },
    };
    const transport = sandboxTransport({ context: testContext() });
    const { stdout } = await run('employees list --department eng --limit 1 --quiet', {
      ...served,
      transport,
    });
    expect(stdout).toBe('emp_123456\n');
    expect((await run('config list --json', served)).stdout).toContain('"alias.department.eng"');
  });

  it('is looked for where the command looked: with the same profile, address and sandbox', async () => {
    const { stderr } = await run(['employees', 'get', 'John Doe', '--sandbox']);
    expect(stderr).toContain(`[?contains(lower(name), 'john doe')]" --sandbox\``);
    const other = await run('employees get "John Doe" --profile nine --base-url https://x.example/v1', {
      env: { WORKTIME_API_KEY: KEY },
    });
    expect(other.stderr).toContain(` --profile nine --base-url https://x.example/v1\``);
  });
});

describe('an ID that is not there', () => {
  it.each([
    ['employees get emp_nope', 'check EMPLOYEE with `worktime employees list --all`,'],
    ['employees delete emp_nope --yes', 'check EMPLOYEE with `worktime employees list --all`,'],
    ['locks history lock_nope', 'check LOCK with `worktime locks list`,'],
    ['attendance clock in emp_nope', 'check EMPLOYEE with `worktime employees list --all`,'],
    ['attendance clock in emp_123456 --lock lock_nope', 'check --lock with `worktime locks list`,'],
    [
      'reports attendance --month 2024-10 --employee emp_nope',
      'check --employee with `worktime employees list --all`,',
    ],
    ['api GET /nope', 'check the path, and the IDs in it'],
  ])('%s: the next step names what was not found', async (line, next) => {
    const { code, stderr } = await run(line);
    expect(code).toBe(6);
    expect(stderr).toContain(`Next: ${next}`);
  });

  it('that was not sent is not blamed: an address without its end, or one that is there twice, is', async () => {
    const served = {
      env: { WORKTIME_API_KEY: 'wt_sandbox_full' },
      transport: sandboxTransport({ context: testContext() }),
    };
    const end = 'check the base URL: those of the API end in /v1, such as http://127.0.0.1:4099/v1';
    for (const [line, next] of [
      ['employees list', end],
      ['employees get emp_123456', end],
      ['attendance clock in emp_123456', end],
      ['api /employees', end],
      ['api /v1/nope', 'check the path, and the IDs in it'],
    ] as const) {
      const { code, stderr } = await run(`${line} --base-url http://127.0.0.1:4099`, served);
      expect(code, line).toBe(6);
      expect(stderr).toContain(`Next: ${next}\n`);
    }
    const other = await run('employees list --base-url http://127.0.0.1:4099/v2', served);
    expect(other.stderr).toContain(`Next: ${end}\n`);
    expect((await run('api /v1/employees --base-url http://127.0.0.1:4099', served)).code).toBe(0);
    const twice = await run('api /v1/employees');
    expect(twice.stderr).toContain('Next: leave /v1 out of the path: the base URL ends in it already\n');
    const absent = await run('employees get emp_nope --base-url http://127.0.0.1:4099/v1', served);
    expect(absent.stderr).toContain('Next: check EMPLOYEE with `worktime employees list --all --base-url');
  });

  it('that is no ID at all is looked for among all there are', async () => {
    for (const id of ['../x', '42 43', '']) {
      const { code, stderr } = await run(['employees', 'get', id]);
      expect(code).toBe(2);
      expect((await run(told(stderr))).code).toBe(0);
    }
  });
});

it('whatever was typed, the command is taken by a shell as it stands', async () => {
  const lines: string[] = [];
  const wanted: string[][] = [];
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('employee', 'lock', 'department'),
      (text, noun) => {
        const line = findCommand(noun, text, { baseUrl: `https://x.example/${text}` }, 'linux-x64').slice(
          1,
          -1,
        );
        expect(line.split(' --base-url ')[0]).not.toMatch(/[$\\!\p{Cc}\p{Cf}]/u);
        if (text.includes('\0')) return;
        lines.push(line);
        wanted.push(['--base-url', `https://x.example/${text}`]);
      },
    ),
    { numRuns: 60 },
  );
  const script = lines.map((line) => `${line} || exit 1`).join('\n');
  // No word of these is empty.
  const show = `worktime() { for word; do printf '%s\\0' "$word"; done; printf '\\0'; }\n`;
  const { stdout } = await execa('sh', ['-c', show + script], { cwd: temporaryFolder() });
  const seen = stdout.split('\0\0').slice(0, -1);
  expect(seen.map((each) => each.split('\0').slice(-2))).toEqual(wanted);
});
