import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';
import { atTerminal, CTRL_C, DOWN, ENTER, noTerminal, type Step } from '../support/terminal.ts';

/** Runs a test where there is a terminal to be had, else says why not. */
function where(promise: string, test: () => Promise<void>): void {
  it(promise, { timeout: 120_000 }, async ({ skip }) => {
    if (noTerminal !== undefined) skip(noTerminal);
    await test();
  });
}

function machine() {
  const home = temporaryFolder();
  const env = cleanEnvironment(home);
  const json = async (...args: readonly string[]) => {
    const { stdout } = await startBinary([...args, '--json'], {
      env: { ...env, WORKTIME_PROFILE: 'sandbox' },
    });
    return JSON.parse(String(stdout));
  };
  return { home, env, json, config: join(home, 'config', 'config.json') };
}

/** Leaves at each question in turn: each time with 130, and as `unharmed` finds it. */
async function leaveAtEach(
  args: readonly string[],
  env: Record<string, string>,
  steps: readonly Step[],
  unharmed: () => Promise<void> | void,
): Promise<void> {
  for (const [at, [seen]] of steps.entries()) {
    const { code, screen } = await atTerminal(args, env, [...steps.slice(0, at), [seen, CTRL_C]]);
    expect(code, `Ctrl-C at ${seen}: ${screen}`).toBe(130);
    await unharmed();
  }
}

describe('login', () => {
  const WRONG = 'wt_live_wrong_0123456789';
  let server: ReturnType<typeof startBinary>;
  let steps: readonly Step[];
  beforeAll(async () => {
    server = startBinary(['sandbox', 'serve', '--port', '0', '--memory', '--json'], { stdin: 'ignore' });
    const ready = await new Promise<string>((resolve) =>
      server.stdout?.once('data', (line: Buffer) => resolve(`${line}`)),
    );
    steps = [
      [/\? Base URL/, JSON.parse(ready).url + ENTER],
      [/\? API key for 127\.0\.0\.1/, WRONG + ENTER],
      [/rejected the key[\s\S]*Try again \(2 left\)[\s\S]*\? API key/, `wt_sandbox_full${ENTER}`],
      [/\? Profile name/, ENTER],
    ];
  });
  afterAll(async () => {
    server.kill('SIGTERM');
    await server;
  });

  where('says that a key is wrong, asks again, and saves the right one', async () => {
    const { env, config } = machine();
    const { code, screen } = await atTerminal(['login'], env, steps);
    expect(code).toBe(0);
    expect(screen).toContain('Logged in to Acme Corporation as profile default.');
    expect(screen).not.toContain(WRONG);
    expect(JSON.parse(readFileSync(config, 'utf8')).profiles.default.key).toBe('wt_sandbox_full');
  });

  where('saves nothing when it is left at any question', async () => {
    const { env, config } = machine();
    await leaveAtEach(['login'], env, steps, () => expect(existsSync(config)).toBe(false));
  });
});

describe('employees create', () => {
  const steps: readonly Step[] = [
    [/\? Full name/, `Zoë O'Neil${ENTER}`],
    [/\? E-mail/, `john@example.com${ENTER}`],
    [/\? Department\s[\s\S]*Engineering \(dept_eng, eng\)[\s\S]*another ID/, DOWN + ENTER],
    [/\? Position/, `Architect${ENTER}`],
    [/\? A year's salary/, `70000${ENTER}`],
    [/\? First working day/, `2024-02-01${ENTER}`],
    [/\? Create Zoë O'Neil \(john@example.com;\s[\s\S]*70,000 a year[\s\S]*Acme[\s\S]*yes/, ENTER],
    // Refused: John has that address. It stands there to be mended.
    [/already used[\s\S]*\? E-mail john@example.com/, `.au${ENTER}`],
    [/\? Create Zoë O'Neil \(john@example.com.au; [\s\S]*yes/, ENTER],
  ];
  const args = ['--sandbox', 'employees', 'create'];

  where('asks, offers departments, and asks again for what the API refuses', async () => {
    const { env, json } = machine();
    const { code, screen } = await atTerminal(args, env, steps);
    expect(screen).toContain('john@example.com.au');
    expect(code).toBe(0);
    const people = await json('employees', 'list', '--all');
    expect(people.filter(({ name }: { name: string }) => name === "Zoë O'Neil")).toMatchObject([
      { email: 'john@example.com.au', department_id: 'dept_eng', position: 'Architect', salary: 70000 },
    ]);
  });

  where('writes nothing when it is left at any question', async () => {
    const { env, json } = machine();
    await leaveAtEach(args, env, steps, async () => {
      expect(await json('employees', 'list', '--all')).toHaveLength(42);
    });
    const { screen } = await atTerminal(args, env, [
      ...steps.slice(0, -2),
      [steps.at(-2)?.[0] ?? /^/, CTRL_C],
    ]);
    expect(screen.replaceAll('\r\n', '').replaceAll('\n', '')).toContain(
      `worktime --sandbox employees create --name "Zoë O'Neil" --email john@example.com --department dept_eng`,
    );
  });
});

describe('attendance clock', () => {
  const steps: readonly Step[] = [
    [/\? Clock/, ENTER],
    [/\? Employee[\s\S]*Emma O'Brien[\s\S]*there are more/, 'doe'],
    [/John Doe \(emp_123456\)/, ENTER],
    [/\? When/, ENTER],
    [/\? Lock\s[\s\S]*no lock[\s\S]*Front Door \(lock_789\)/, DOWN + DOWN + ENTER],
    [/\? Clock in John Doe \(emp_123456\) at [\d: -]+, UTC\?[\s\S]*yes/, ENTER],
  ];
  const args = ['--sandbox', 'attendance', 'clock'];
  const today = ['attendance', 'list', '--employee', 'emp_123456', '--from', 'today', '--to', 'today'];

  where('finds an employee as one types, and offers the locks', async () => {
    const { env, json } = machine();
    expect(await atTerminal(args, env, steps)).toMatchObject({ code: 0 });
    expect(await json(...today)).toMatchObject([{ employee_id: 'emp_123456', lock_id: 'lock_789' }]);
  });

  where('writes nothing when it is left at any question', async () => {
    const { env, json } = machine();
    await leaveAtEach(args, env, steps, async () => expect(await json(...today)).toEqual([]));
  });
});

describe('employees delete', () => {
  const args = ['--sandbox', 'employees', 'delete', 'emp_123456'];
  const question = /\? Delete John Doe \(emp_123456\) of Acme Corporation\?/;

  where('deletes after a yes, and not after a no or Ctrl-C', async () => {
    const { env, json } = machine();
    const status = async () => (await json('employees', 'get', 'emp_123456')).status;
    await leaveAtEach(args, env, [[question, `y${ENTER}`]], async () =>
      expect(await status()).toBe('active'),
    );
    expect(await atTerminal(args, env, [[question, ENTER]])).toMatchObject({ code: 2 });
    expect(await status()).toBe('active');
    expect(await atTerminal(args, env, [[question, `y${ENTER}`]])).toMatchObject({ code: 0 });
    expect(await status()).toBe('inactive');
  });
});

describe('sandbox serve', () => {
  const steps: readonly Step[] = [
    [/\? Data/, DOWN + ENTER],
    [/\? How many employees/, `7${ENTER}`],
    [/\? Seed/, ENTER],
    [/\? Port/, `0${ENTER}`],
  ];

  where('asks for data and port, and ends with 0 once it has served', async () => {
    const { env } = machine();
    const served = await atTerminal(['sandbox', 'serve'], env, [...steps, [/Sandbox ready on/, CTRL_C]]);
    expect(served.code).toBe(0);
    expect(served.screen).toContain('changes are in memory');
  });

  where('asks again for a port that is taken', async () => {
    const { env } = machine();
    const taken = startBinary(['sandbox', 'serve', '--port', '0', '--memory', '--json'], { stdin: 'ignore' });
    const ready = await new Promise<string>((resolve) =>
      taken.stdout?.once('data', (line: Buffer) => resolve(`${line}`)),
    );
    const { port } = new URL(JSON.parse(ready).url);
    const { code } = await atTerminal(['sandbox', 'serve', '--memory'], env, [
      [/\? Port/, `${port}${ENTER}`],
      [/the port is in use[\s\S]*\? Port, or 0 for any free one \(0\)/, ENTER],
      [/Sandbox ready on/, CTRL_C],
    ]);
    taken.kill('SIGTERM');
    await taken;
    expect(code).toBe(0);
  });

  where('serves nothing when it is left at any question', async () => {
    const { home, env } = machine();
    await leaveAtEach(['sandbox', 'serve'], env, steps, () =>
      expect(existsSync(join(home, 'state', 'sandbox'))).toBe(false),
    );
  });
});

it('nobody is asked where there is no terminal, or with --no-input', async () => {
  const { env } = machine();
  const steps: readonly Step[] = [];
  for (const args of [
    ['employees', 'create'],
    ['attendance', 'clock'],
    ['employees', 'delete', 'emp_123456'],
  ]) {
    const piped = await startBinary(['--sandbox', ...args], { env, stdin: 'ignore' });
    expect(piped.exitCode).toBe(2);
    if (noTerminal !== undefined) continue;
    expect(await atTerminal(['--sandbox', ...args, '--no-input'], env, steps)).toMatchObject({ code: 2 });
  }
});
