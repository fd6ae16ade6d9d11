/** What people and programs type, and files that are not what they seem: found before anything is sent. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { envelope, it, JOHN, json, LONG, some, VERBS, type World } from './world.ts';

/** Runs a command line that must be refused before anything is sent. */
async function refused(world: World, args: readonly string[], code = 2, input?: string | Uint8Array) {
  const server = await world.serve((_, response) => json(response, 200, envelope(JOHN)));
  const result = await world.run(args, { server, ...(input === undefined ? {} : { input }) });
  expect(
    { args, code: result.code, stdout: result.stdout, sent: server.requests.length },
    result.stderr,
  ).toEqual({
    args,
    code,
    stdout: '',
    sent: 0,
  });
  return result;
}

describe.concurrent('Bad input ends with 2, and nothing was sent', () => {
  const IDS = [
    '../x',
    '%2e%2e',
    '',
    'a/b',
    'a\nb',
    'a?b',
    'a#b',
    '.',
    '..',
    'a\\b',
    ' ',
    'a\u202eb',
    'a\u009bb',
  ];
  const commands = (id: string): string[][] => [
    ['employees', 'get', id],
    ['employees', 'update', id, '--position', 'x'],
    ['employees', 'delete', id, '--yes'],
    ['employees', 'restore', id],
    ['attendance', 'clock', 'in', id],
    ['locks', 'history', id],
  ];
  it.for(
    some(
      IDS.flatMap((id, at) => (LONG ? commands(id) : commands(id).slice(at % 6, (at % 6) + 1))),
      2,
    ),
  )('the ID in %j', async (args, { world }) => {
    // What is only unusual is percent-encoded and reaches no other path; what could reach one is refused.
    const server = await world.serve((_, response) => json(response, 200, envelope(JOHN)));
    const { code } = await world.run(args, { server });
    for (const { path } of server.requests) {
      expect(path).toMatch(/^\/v1\/(employees\/[^/]+|attendance\/clock|locks\/[^/]+\/history|organization)$/);
      expect(path).not.toMatch(/\/(%2e|\.){1,2}(\/|$)/i);
    }
    if (server.requests.length === 0) expect(code).toBe(2);
  });

  const LIST = ['attendance', 'list'];
  const DATES = [
    ['--from', '2024-02-30'],
    ['--from', '2024-11-19', '--to', '2024-11-18'],
    ['--from', '2024-13-01'],
    ['--from', '99999-01-01'],
    ['--from', '-99999d'],
    ['--from', ''],
    ['--from', '2024-11-18T00:00:00Z'],
    ['--month', '2024-00'],
    ['--month', '2024-11', '--from', '2024-11-01'],
    ['--from', '18.11.2024'],
  ];
  it.for(some(DATES, 4))('a date: %j', async (words, { world }) => {
    await refused(world, [...LIST, ...words]);
  });

  const NUMBERS = ['1e9', '1,5', '-1', '0x10', '', ' 5', 'NaN', 'Infinity', '1_000', '٣', '9'.repeat(400)];
  it.for(some(NUMBERS, 4))('a number: --limit=%s', async (text, { world }) => {
    await refused(world, ['employees', 'list', `--limit=${text}`]);
  });
  it.for(
    some(
      NUMBERS.filter((text) => text !== '1e9'),
      4,
    ),
  )('money: --salary=%s', async (text, { world }) => {
    await refused(world, ['employees', 'update', JOHN.id, `--salary=${text}`]);
  });

  const LINES = [
    ['employees', 'list', '--limit', '5', '--limit', '6'],
    ['employees', 'list', '--limits', '5'],
    ['employees', 'lst'],
    ['employees', 'get'],
    ['employees', 'get', 'a', 'b'],
    ['employees', 'list', '--format', 'yaml'],
    ['employees', 'list', '--json', '--format', 'csv'],
    ['employees', 'list', '--query', '['],
    ['employees', 'list', '--timeout', '5 parsecs'],
    ['employees', 'list', '--max-body', 'lots'],
    ['employees', 'list', '--base-url', 'ftp://x/'],
    ['employees', 'list', '--base-url', 'http://example.com/v1'],
    ['employees', 'delete', JOHN.id],
    ['__proto__'],
    ['employees', 'list', '--__proto__=1'],
    ['employees', 'list', '--constructor', '1'],
    ['api', 'GET', '//evil.example/x'],
    ['api', 'GET', 'https://evil.example/x'],
    ['api', 'GET', '/../x'],
    ['api', 'BREW', '/x'],
  ];
  it.for(some(LINES, 3))('%j', async (args, { world }) => {
    await refused(world, args);
  });

  const DATA = ['[]', '7', 'null', '"x"', '{', '', '{"a":1}{"b":2}', '\u0000', `{"a":${'['.repeat(20_000)}`];
  it.for(some(DATA, 3))('--data is %j', async (text, { world }) => {
    await refused(world, ['employees', 'create', '--data', '-'], 2, text);
  });

  const FILES: [string, (path: string) => void][] = [
    ['missing', () => {}],
    ['a folder', (path) => mkdirSync(path)],
    ['a FIFO', (path) => execFileSync('mkfifo', [path])],
    ['a device', (path) => symlinkSync('/dev/zero', path)],
    [
      '1 GB',
      (path) => {
        writeFileSync(path, 'name,email\n');
        truncateSync(path, 1024 ** 3);
      },
    ],
    ['NUL bytes', (path) => writeFileSync(path, Buffer.from('name,email\nJo\0hn,j@e.com\n'))],
    [
      'UTF-16 without a mark',
      (path) => writeFileSync(path, Buffer.from('name,email\nJ,j@e.com\n', 'utf16le')),
    ],
    ['Latin-1', (path) => writeFileSync(path, Buffer.from('name,email\nJos\xe9,j@e.com\n', 'latin1'))],
    ['a line of 100 MB', (path) => writeFileSync(path, `{"a":"${'x'.repeat(100_000_000)}`)],
    ['a cell of 100 MB', (path) => writeFileSync(path, `name,email\n"${'x'.repeat(100_000_000)}`)],
    ['a link to itself', (path) => symlinkSync(path, path)],
    ['a zip that is no workbook', (path) => writeFileSync(path, Buffer.from('PK\x03\x04nope'))],
  ];
  const readers = (path: string): string[][] => [
    ['employees', 'import', path, '--yes'],
    ['attendance', 'import', path, '--yes'],
    ['employees', 'sync', path, '--yes'],
    ['employees', 'create', '--data', path],
    ['webhooks', 'replay', path, '--to', 'http://127.0.0.1:9/'],
  ];
  it.for(
    FILES.flatMap((file, at) =>
      (LONG ? [0, 1, 2, 3, 4] : [at % 5]).map((which) => ({ what: file[0], make: file[1], which })),
    ),
  )('a file that is $what, to reader $which', async ({ make, which }, { world }) => {
    const path = join(world.home, 'file.csv');
    make(path);
    const server = await world.serve((_, response) => json(response, 200, envelope([])));
    const { code, stderr } = await world.run(readers(path)[which] ?? [], { server });
    expect([2, 9], stderr).toContain(code);
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe.concurrent('A key that is none ends with 4, is never shown and never sent', () => {
  const KEYS = [
    'wt_sec\nret',
    'wt_sec ret',
    'wt_sec–ret',
    'wt_sec\u202eret',
    'wt_secrét',
    '\ufeffwt_secret',
    'wt_sec\tret',
  ];
  it.for(some(KEYS, 2))('%j in the environment', async (key, { world }) => {
    const server = await world.serve((_, response) => json(response, 200, envelope(JOHN)));
    const { code, stdout, stderr } = await world.run(VERBS.GET, { server, env: { WORKTIME_API_KEY: key } });
    expect({ code, stdout, sent: server.requests.length }, stderr).toEqual({ code: 4, stdout: '', sent: 0 });
    expect(stderr).not.toContain('wt_sec');
  });
  it.for(
    some(
      KEYS.filter((key) => !/[\n\ufeff]/.test(key)),
      2,
    ),
  )('%j from standard input', async (key, { world }) => {
    const server = await world.serve((_, response) => json(response, 200, envelope({ name: 'Acme' })));
    const env = { WORKTIME_API_KEY: undefined };
    const login = ['login', '--key-stdin', '--base-url', server.url];
    const { code, stdout, stderr } = await world.run(login, { server, env, input: `${key}\n` });
    expect({ code, stdout, sent: server.requests.length }, stderr).toEqual({ code: 4, stdout: '', sent: 0 });
    expect(stderr).not.toContain('wt_sec');
  });
  it('no key at all', async ({ world }) => {
    const server = await world.serve((_, response) => json(response, 200, envelope(JOHN)));
    expect(await world.run(VERBS.GET, { server, env: { WORKTIME_API_KEY: undefined } })).toMatchObject({
      code: 4,
    });
    expect(server.requests).toHaveLength(0);
  });
});

describe.concurrent('A project file chooses no key and no address, whatever is in it', () => {
  const hostile: [string, string | Uint8Array, number][] = [
    ['a key', '{"key":"wt_theirs"}', 9],
    ['an address', '{"base_url":"http://127.0.0.1:9/v1"}', 9],
    ['a key command', '{"key_command":["sh","-c","touch pwned"]}', 9],
    ['a profile with an address', '{"profiles":{"x":{"base_url":"http://127.0.0.1:9/v1"}}}', 9],
    ['a prototype', '{"__proto__":{"base_url":"http://127.0.0.1:9/v1","key":"wt_x"}}', 9],
    ['no JSON', '{', 9],
    ['an array', '[]', 9],
    ['20 MB', `{"a":"${'x'.repeat(20_000_000)}"}`, 9],
    ['nesting', `{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}`, 9],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 9],
    ['an unknown entry', '{"colour":"blue"}', 0],
  ];
  it.for(some(hostile, 2))('%s', async ([, text, expected], { world }) => {
    const server = await world.serve((_, response) => json(response, 200, envelope(JOHN)));
    const work = join(world.home, 'project', 'deep');
    mkdirSync(work, { recursive: true });
    writeFileSync(join(world.home, 'project', '.worktime.json'), text);
    const { code, stderr } = await world.run(VERBS.GET, { server, cwd: work });
    expect(code, stderr).toBe(expected);
    expect(server.requests).toHaveLength(expected === 0 ? 1 : 0);
  });
});
