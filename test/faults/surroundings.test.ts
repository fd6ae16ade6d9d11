/** Streams that are closed, and the environment at its oddest. */

import { describe, expect } from 'vitest';
import { crowd, shell } from './shell.ts';
import { envelope, it, JOHN, json, some, VERBS } from './world.ts';

const LIST = ['employees', 'list', '--json'];

describe.concurrent('A stream that is closed ends a read quietly and never undoes a write', () => {
  it.for([
    'employees list --all --format ndjson',
    'employees list --all --format csv',
    'employees list --all',
    'employees list --all --quiet',
    'help --all',
    'openapi',
  ])('%s | head -c 10', async (args, { world }) => {
    const server = await crowd(world);
    const script = `set -o pipefail; "$node" "$worktime" ${args} | head -c 10 >/dev/null`;
    const { code, stderr } = await shell(world, script, { server });
    expect({ code, stderr: stderr.replace(/^Showing .*\n/m, '') }).toEqual({ code: 0, stderr: '' });
  });

  it.for(['>&-', '2>&-', '<&-', '>&- 2>&- <&-'])('a read with %s', async (closed, { world }) => {
    const server = await crowd(world);
    expect((await shell(world, `"$node" "$worktime" employees list ${closed}`, { server })).code).toBe(0);
  });

  it.for(['>&-', '2>&-', '| true', '>&- 2>&-'])('a write with %s is done', async (closed, { world }) => {
    const server = await crowd(world);
    const words = VERBS.POST.map((word) => `"${word}"`).join(' ');
    const { code } = await shell(world, `set -o pipefail; "$node" "$worktime" ${words} ${closed}`, {
      server,
    });
    expect(code).toBe(0);
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe.concurrent('A working directory that is gone', () => {
  it.for([
    ['--version', 0],
    ['doctor', 0],
    ['--sandbox employees list --limit 1 --quiet', 0],
    ['--sandbox employees list --limit 1 -o people.csv', 9],
  ] as const)('%s', async ([args, exit], { world }) => {
    const script = `mkdir gone && cd gone && rmdir ../gone && "$node" "$worktime" ${args}`;
    const { code, stderr } = await shell(world, script);
    expect(code, stderr).toBe(exit);
  });
});

describe.concurrent('The surroundings change nothing in the data', () => {
  const surroundings: Record<string, string | undefined>[] = [
    { HOME: undefined },
    { HOME: '/nonexistent' },
    { TZ: 'Nowhere/Nothing' },
    { TZ: '' },
    { TZ: 'Asia/Kathmandu' },
    { TZ: ':America/St_Johns' },
    { LC_ALL: 'C', LANG: 'C' },
    { LC_ALL: 'tr_TR.UTF-8' },
    { LANG: 'de_DE.ISO-8859-1' },
    { TERM: 'dumb', COLUMNS: '-7' },
    { PATH: '' },
    { TMPDIR: '/nonexistent' },
    { NODE_ENV: 'development', DEBUG: '*' },
  ];
  it.for(some(surroundings, 2))('%j', async (env, { world }) => {
    const server = await world.serve((_, response) =>
      json(response, 200, envelope([{ ...JOHN, name: 'Jürgen 李' }])),
    );
    const args = ['attendance', 'list', '--from', '2024-11-18', '--timezone', 'Europe/Berlin'];
    const plain = await world.run(args, { server });
    expect(await world.run(args, { server, env })).toEqual(plain);
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringContaining('Jürgen 李') });
  });

  it('no home and no directories named: a key still comes from the environment', async ({ world }) => {
    const server = await crowd(world);
    const env = {
      HOME: undefined,
      WORKTIME_CONFIG_DIR: undefined,
      WORKTIME_STATE_DIR: undefined,
      TMPDIR: world.home,
    };
    expect((await world.run(LIST, { server, env })).code).toBe(0);
  });
});
