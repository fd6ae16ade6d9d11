/** Each exit of the table, produced by the binary; and the table itself, the same wherever it stands. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { EXIT, EXIT_MEANINGS } from '../../src/errors.ts';
import { envelope, failure, it, JOHN, json, reset, type Server, VERBS, type World } from './world.ts';

const GET = VERBS.GET;
const always = (world: World, status: number, body: unknown, headers = {}): Promise<Server> =>
  world.serve((_, response) => json(response, status, body, headers));

/** How each is come by. */
const WAYS: Readonly<Record<keyof typeof EXIT, (world: World) => Promise<number>>> = {
  ok: async (world) => (await world.run(GET, { server: await always(world, 200, envelope(JOHN)) })).code,
  bug: async (world) => {
    const bomb = join(world.home, 'bomb.cjs');
    writeFileSync(bomb, "process.hrtime.bigint = () => { throw new TypeError('boom'); };");
    const server = await always(world, 200, envelope(JOHN));
    return (await world.run(GET, { server, env: { NODE_OPTIONS: `--require ${bomb}` }, bug: true })).code;
  },
  usage: async (world) => (await world.run(['employees', 'get', '../x'])).code,
  partial: async (world) => {
    const server = await world.serve(({ method, path, body }, response) => {
      if (path.endsWith('/organization')) json(response, 200, envelope({ name: 'Acme', timezone: 'UTC' }));
      else if (method === 'GET') json(response, 200, envelope([], { page: 1, limit: 100, total: 0 }));
      else if (body.includes('b@e.com')) json(response, 400, failure('validation_error', 'no', 'email'));
      else json(response, 201, envelope({ ...JSON.parse(body), id: 'emp_1', status: 'active' }));
    });
    const rows = ['a', 'b', 'c'].map((name) => `${name},${name}@e.com,dept_eng,Dev,1,2024-01-01`);
    const input = `name,email,department_id,position,salary,start_date\n${rows.join('\n')}\n`;
    return (await world.run(['employees', 'import', '-', '--yes'], { server, input })).code;
  },
  auth: async (world) =>
    (await world.run(GET, { server: await always(world, 401, failure('unauthorized', 'no')) })).code,
  temporary: async (world) =>
    (await world.run(GET, { server: await always(world, 503, failure('down', 'no')) })).code,
  refused: async (world) =>
    (await world.run(GET, { server: await always(world, 404, failure('not_found', 'no')) })).code,
  rateLimited: async (world) => {
    const server = await always(world, 429, failure('rate_limited', 'no'), { 'retry-after': '3600' });
    return (await world.run(GET, { server })).code;
  },
  unknown: async (world) =>
    (await world.run(VERBS.POST, { server: await world.serve(({ socket }) => reset(socket)) })).code,
  local: async (world) => {
    writeFileSync(join(world.home, '.worktime.json'), '{"key":"wt_x"}');
    return (await world.run(GET)).code;
  },
  interrupted: (world) => stopped(world, 'SIGINT'),
  terminated: (world) => stopped(world, 'SIGTERM'),
};

async function stopped(world: World, signal: 'SIGINT' | 'SIGTERM'): Promise<number> {
  const server = await world.serve(() => {});
  const child = world.start(GET, { server });
  while (server.requests.length === 0) await sleep(10);
  child.kill(signal);
  return (await child).exitCode ?? -1;
}

describe.concurrent('Each exit of the table is one that the binary makes', () => {
  it.for(Object.entries(EXIT))('%s: %i', async ([name, code], { world }) => {
    expect(await WAYS[name as keyof typeof EXIT](world)).toBe(code);
  });

  it.for([
    [403, 4],
    [400, 6],
    [409, 6],
    [422, 6],
    [500, 5],
  ] as const)('status %i: %i', async ([status, code], { world }) => {
    const server = await always(world, status, failure('some_code', 'Some words', 'some_field'));
    const { code: exit, stderr } = await world.run([...GET, '--json'], { server });
    expect(exit, stderr).toBe(code);
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error).toMatchObject({ exit: code, status });
  });
});

describe.concurrent('The table of exits is the same in README, help and source', () => {
  const plain = (text: string) => text.replaceAll('\\', '').replace(/\s+/g, ' ');
  it('README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const rows = [...readme.matchAll(/^\| (\d+) \| (.*?) \|$/gm)].map(([, code, meaning]) => [
      Number(code),
      meaning,
    ]);
    expect(rows).toEqual(EXIT_MEANINGS.map((row) => [...row]));
  });

  it('worktime help exit-codes', async ({ world }) => {
    const { stdout } = await world.run(['help', 'exit-codes']);
    const rows = [...stdout.matchAll(/^ +(\d+) {2}(.*(?:\n {7}.*)*)/gm)].map(([, code, text]) => [
      Number(code),
      plain(text ?? ''),
    ]);
    expect(rows).toEqual(EXIT_MEANINGS.map((row) => [...row]));
  });

  it('and no other exit is in the source', () => {
    expect(Object.values(EXIT)).toEqual(EXIT_MEANINGS.map(([code]) => code));
  });
});
