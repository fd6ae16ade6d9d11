/** What a server, a file or a name can send to a terminal: nothing that it would obey. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect } from 'vitest';
import { BINARY } from '../support/binary.ts';
import { BIDI, CONTROLS, RAW, SEQUENCES } from '../views/hostile.ts';
import { bytes, envelope, it, JOHN, json, LONG, type Server, some, type World } from './world.ts';

const ALL = [...CONTROLS, ...BIDI, ...SEQUENCES];
/** Each of them between two marks, so that on a terminal they are told from what the tool itself writes. */
const PAYLOAD = ALL.map((text) => `«${text}»`).join('');
const MARKED =
  /«[^»]*?[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff][^»]*?»/;

/** Every text of a record is hostile, and so are its names. */
function infested(value: object): Record<string, unknown> {
  const spoiled = Object.entries(value).map(([name, one]) => [
    name,
    typeof one === 'string' ? `${PAYLOAD}${one}` : one && typeof one === 'object' ? infested(one) : one,
  ]);
  return { ...Object.fromEntries(spoiled), [`new${PAYLOAD}`]: PAYLOAD, list: [PAYLOAD, { [PAYLOAD]: 1 }] };
}

const RECORD = infested({
  ...JOHN,
  employee_id: 'e',
  employee_name: 'n',
  lock_id: 'l',
  access_method: 'card',
  timestamp: 't',
  date: '2024-11-18',
  clock_in: 'x',
  location: 'x',
  timezone: 'UTC',
  plan: 'pro',
  failure_reason: 'x',
});

const hostile = (world: World): Promise<Server> =>
  world.serve(({ path }, response) => {
    const list = /\/(employees|attendance|locks|history)$/.test(path);
    const report = { period: { from: PAYLOAD, to: PAYLOAD }, employees: [RECORD], summary: RECORD };
    const one = path.includes('/reports/') ? report : RECORD;
    json(response, 200, list ? envelope([RECORD], { page: 1, limit: 20, total: 1 }) : envelope(one));
  });

const HUMAN: readonly (readonly string[])[] = [
  ['organization', 'show'],
  ['employees', 'list'],
  ['locks', 'history', 'lock_789', '--chart'],
  ['employees', 'list', '--quiet'],
  ['employees', 'list', '--fields'],
  ['employees', 'list', '--query', '[].name'],
  ['employees', 'get', JOHN.id],
  ['employees', 'update', JOHN.id, '--position', 'x'],
  ['employees', 'delete', JOHN.id, '--yes'],
  ['attendance', 'list'],
  ['attendance', 'clock', 'in', JOHN.id],
  ['reports', 'payroll', '--month', '2024-11'],
  ['reports', 'attendance', '--month', '2024-11'],
  ['locks', 'list'],
  ['locks', 'history', 'lock_789'],
  ['whoami'],
  ['doctor', '--network'],
  ['api', 'GET', '/employees'],
];

describe.concurrent('Nothing from elsewhere reaches a screen as a control, an escape or a bidi mark', () => {
  it.for(some(HUMAN, 2))('fields, in a pipe: %j', async (args, { world }) => {
    const server = await hostile(world);
    const { stdout, stderr } = await world.run(args, { server });
    expect(stdout + stderr, args.join(' ')).not.toMatch(RAW);
  });

  const canAsk = (() => {
    try {
      execFileSync('script', ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();
  const onTerminal = [['employees', 'list', '--json'], ['employees', 'list', '--format', 'csv'], ...HUMAN];
  it.skipIf(!canAsk).for(some(onTerminal, 5))('fields, on a terminal: %j', async (args, { world }) => {
    const server = await hostile(world);
    const words = [process.execPath, BINARY, ...args].map((word) => `'${word}'`).join(' ');
    // So wide that nothing is broken between two marks.
    const { stdout } = await execa('script', ['-qec', `stty cols 30000; exec ${words}`, '/dev/null'], {
      env: { ...world.environment({ server }), TERM: 'xterm-256color' },
      extendEnv: false,
      cwd: world.home,
      reject: false,
      stdin: 'ignore',
      timeout: 60_000,
    });
    expect(stdout).toContain('«');
    expect(stdout).not.toMatch(MARKED);
  });

  it.skipIf(!canAsk)('a terminal that tells no width is taken for one of 80 columns', async ({ world }) => {
    const server = await world.serve((_, response) => json(response, 200, envelope(JOHN)));
    const line = `stty size; '${process.execPath}' '${BINARY}' doctor`;
    const { stdout } = await execa('script', ['-qec', line, '/dev/null'], {
      env: { ...world.environment({ server }), TERM: 'dumb', NO_COLOR: '1' },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
    });
    const [size, heading, ...lines] = stdout.split('\r\n');
    expect(size).toBe('0 0');
    expect(heading).toMatch(/^Check +Status +Detail/);
    expect(lines.filter((each) => each.length > 80)).toEqual([]);
  });

  it.for([[], ['--json'], ['--debug']])('an error of the API, %j', async (more, { world }) => {
    const server = await world.serve((_, response) =>
      json(response, 400, { success: false, error: { code: PAYLOAD, message: PAYLOAD, field: PAYLOAD } }),
    );
    const { code, stdout, stderr } = await world.run(['employees', 'get', 'x', ...more], { server });
    expect(code).toBe(6);
    expect(stdout + stderr).not.toMatch(RAW);
    expect(stderr).toContain('«');
  });

  it('headers of an answer, as --debug shows them and --include gives them', async ({ world }) => {
    const text = CONTROLS.filter((one) => !'\0\n\r'.includes(one))
      .map((one) => `<${one}>`)
      .join('');
    const body = JSON.stringify(envelope(JOHN));
    const head = `HTTP/1.1 200 ${text}\r\nx-note: ${text}\r\nx-ratelimit-reset: ${text}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const server = await world.serve(({ socket }) => bytes(socket, Buffer.from(head, 'latin1'), body));
    for (const args of [
      ['employees', 'get', 'x', '--debug'],
      ['api', 'GET', '/employees', '--include'],
      ['api', 'GET', '/employees', '--include', '--debug'],
    ]) {
      const { stdout, stderr } = await world.run(args, { server });
      expect(stdout + stderr).not.toMatch(RAW);
    }
  });

  it('where a redirect leads', async ({ world }) => {
    const text = Buffer.from(`http://evil.example/${CONTROLS.slice(33).join('')}`, 'latin1');
    const server = await world.serve(({ socket }) =>
      bytes(socket, 'HTTP/1.1 302 Found\r\nlocation: ', text, '\r\ncontent-length: 0\r\n\r\n'),
    );
    const { stdout, stderr } = await world.run(['employees', 'get', 'x'], { server });
    expect(stdout + stderr).not.toMatch(RAW);
  });

  const hostileNames = ['\u001b[2J', '\u202egnp', '\u009b31m', '\r\nworktime: done'];
  const names = LONG ? hostileNames : [hostileNames.join('')];
  it.for(names)('a name of a file, a folder, a flag, a profile: %j', async (name, { world }) => {
    const server = await hostile(world);
    const file = join(world.home, `${name}.csv`);
    writeFileSync(file, `name,${name}\n${name},x\n`);
    mkdirSync(join(world.home, name));
    for (const args of [
      ['employees', 'import', file, '--yes'],
      ['employees', 'import', `${file}.missing`],
      ['employees', 'list', '-o', file],
      ['employees', 'list', '-o', join(world.home, name, 'out.csv'), '--format', 'csv'],
      ['employees', 'list', `--${name}`],
      ['employees', name],
      [name],
      ['employees', 'list', '--profile', name],
      ['employees', 'list', '--sort', name],
      ['employees', 'list', '--query', name],
      ['employees', 'list', '--timezone', name],
      ['employees', 'get', name],
      ['webhooks', 'replay', file],
      ['help', name],
      ['config', 'get', name],
      ['whoami', '--base-url', `http://127.0.0.1:1/${name}`],
    ]) {
      const { stdout, stderr } = await world.run(args, { server });
      expect(stdout + stderr, JSON.stringify(args)).not.toMatch(RAW);
    }
    expect(existsSync(file)).toBe(true);
  });
});
