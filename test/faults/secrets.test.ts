/** The key: where it could be seen, and is not. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import {
  CANARY,
  envelope,
  it,
  JOHN,
  json,
  type RunOptions,
  reset,
  type Server,
  VERBS,
  type World,
} from './world.ts';

const api = (world: World): Promise<Server> =>
  world.serve(({ method, path, body }, response) => {
    if (path.endsWith('/history') || path.endsWith('/attendance')) {
      const at = new Date().toISOString();
      json(
        response,
        200,
        envelope([{ id: `event_${at}`, lock_id: 'lock_789', timestamp: at, success: true }]),
      );
    } else if (method === 'POST')
      json(response, 201, envelope({ ...JSON.parse(body), id: 'emp_9', status: 'active' }));
    else if (path.endsWith('/employees'))
      json(response, 200, envelope([], { page: 1, limit: 100, total: 0 }));
    else
      json(response, 200, envelope(path.includes('/employees/') ? JOHN : { name: 'Acme', timezone: 'UTC' }));
  });

/** Every file below a folder that holds the key, wherever in it. */
function holding(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(CANARY))
    .map((path) => path.slice(folder.length + 1));
}

/** The key comes from a profile in the configuration. */
function profile(world: World, server: Server, fields: object): RunOptions {
  mkdirSync(world.config, { recursive: true, mode: 0o700 });
  const config = { profile: 'work', profiles: { work: { base_url: server.url, ...fields } } };
  writeFileSync(join(world.config, 'config.json'), JSON.stringify(config), { mode: 0o600 });
  return {};
}

const PEOPLE = 'name,email,department_id,position,salary,start_date\nA,a@e.com,dept_eng,Dev,1,2024-01-01\n';
const HOOK = [
  'locks',
  'history',
  'lock_789',
  '--follow',
  '--max-events',
  '1',
  '--interval',
  '50ms',
  '-n',
  '1',
];
/** Shows its environment, its words, and those of its parent. */
const SPY = `#!/bin/sh
env > "$SPIED"
tr '\\0' '\\n' < /proc/$$/cmdline >> "$SPIED"
tr '\\0' '\\n' < /proc/$PPID/cmdline >> "$SPIED"
`;

describe.concurrent('The key is in no argument, output, log, record, journal, child or crash', () => {
  const commands: readonly (readonly string[])[] = [
    ['organization', 'show', '--debug'],
    [...VERBS.POST, '--debug'],
    [...VERBS.POST, '--dry-run', '--debug', '--json'],
    [...VERBS.clock, '--dry-run'],
    ['whoami', '--json', '--debug'],
    ['doctor', '--network', '--debug'],
    ['config', 'list'],
    ['profiles', 'show', '--json'],
    ['limits', '--debug'],
    ['api', 'POST', '/employees', '-f', 'name=x', '--include', '--debug'],
    ['employees', 'import', 'people.csv', '--yes', '--debug'],
    HOOK,
  ];
  it.for(commands)('%j', async (args, { world }) => {
    const server = await api(world);
    writeFileSync(join(world.home, 'people.csv'), PEOPLE);
    await world.run(args, { server });
    await world.run(args, profile(world, server, { key: CANARY }));
    expect(holding(world.home)).toEqual(['config/config.json']);
  });

  it.skipIf(process.platform !== 'linux')(
    'the arguments of a run, as everybody may read them',
    async ({ world }) => {
      const server = await world.serve(() => {});
      const child = world.start(['organization', 'show'], { server });
      while (server.requests.length === 0) await sleep(10);
      expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
      expect(readFileSync(`/proc/${child.pid}/cmdline`, 'latin1')).not.toContain(CANARY);
      child.kill('SIGINT');
      const { stdout, stderr } = await child;
      expect(`${stdout}${stderr}`).not.toContain(CANARY);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'programs that are run for records, events and tunnels',
    async ({ world }) => {
      const server = await api(world);
      const spy = join(world.home, 'spy.sh');
      writeFileSync(spy, SPY, { mode: 0o755 });
      const spied = join(world.home, 'spied');
      const env = { SPIED: spied, KEY_COPY: CANARY };
      await world.run([...HOOK, '--exec', spy], { server, env });
      expect(readFileSync(spied, 'utf8')).toContain('PATH=');
      expect(readFileSync(spied, 'utf8')).not.toContain(CANARY);
      const tunnel = ['webhooks', 'listen', '--port', '0', '--tunnel', spy, '--idle-timeout', '1s'];
      writeFileSync(spied, '');
      await world.run(tunnel, { server, env: { SPIED: spied } });
      expect(readFileSync(spied, 'utf8')).toContain('PATH=');
      expect(readFileSync(spied, 'utf8')).not.toContain(CANARY);
    },
  );

  it('a key command: its key is not stored, and it does not see that of the environment', async ({
    world,
  }) => {
    const server = await api(world);
    const program = join(world.home, 'pass.sh');
    writeFileSync(program, `#!/bin/sh\nenv > "$SPIED"\ncat "$HOME/secret"\n`, { mode: 0o755 });
    writeFileSync(join(world.home, 'secret'), `${CANARY}\n`);
    const env = { SPIED: join(world.home, 'spied') };
    const login = ['login', '--base-url', server.url, '--key-command', program];
    const { code, stderr } = await world.run(login, { env });
    expect(code, stderr).toBe(0);
    expect((await world.run(['employees', 'get', 'x', '--debug'], { env })).code).toBe(0);
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${CANARY}`);
    expect(holding(world.home)).toEqual(['secret']);
  });

  it('a crash: exit 1, no stack unless asked for, and no key in either', async ({ world }) => {
    const server = await api(world);
    const bomb = join(world.home, 'bomb.cjs');
    writeFileSync(bomb, "process.hrtime.bigint = () => { throw new TypeError('boom'); };");
    const env = { NODE_OPTIONS: `--require ${bomb}` };
    const quiet = await world.run(['employees', 'get', 'x'], { server, env, bug: true });
    expect(quiet).toMatchObject({ code: 1, stdout: '' });
    expect(quiet.stderr).toMatch(/boom\nNext: run it again with --debug/);
    expect(quiet.stderr).not.toMatch(/^\s+at /m);
    const loud = await world.run(['employees', 'get', 'x', '--debug'], { server, env, bug: true });
    expect(loud.stderr).toMatch(/^\s+at /m);
    expect(holding(world.home)).toEqual([]);
  });

  it('failures of every kind, with --debug', async ({ world }) => {
    for (const answer of ['reset', 'echo'] as const) {
      // The worst server says the key back: the tool shows what it says, but never what it sent.
      const server = await world.serve(({ socket }, response) => {
        if (answer === 'reset') reset(socket);
        else json(response, 401, { success: false, error: { code: 'unauthorized', message: 'Invalid key' } });
      });
      const { code } = await world.run(['employees', 'get', 'x', '--debug', '--json'], { server });
      expect(code).toBe(answer === 'reset' ? 5 : 4);
    }
    expect(holding(world.home)).toEqual([]);
  });
});
