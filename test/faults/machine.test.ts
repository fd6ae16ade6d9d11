/** The machine: its configuration, and its disk, at their worst. */

import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { crowd, shell } from './shell.ts';
import { CANARY, it, json, LONG, type RunOptions, type Server, type World } from './world.ts';

const LIST = ['employees', 'list', '--json'];

function writeConfig(world: World, server: Server, text?: (whole: string) => string | Uint8Array): string {
  mkdirSync(world.config, { recursive: true, mode: 0o700 });
  const path = join(world.config, 'config.json');
  const whole = JSON.stringify({
    profile: 'work',
    profiles: { work: { key: CANARY, base_url: server.url } },
  });
  writeFileSync(path, text ? text(whole) : whole, { mode: 0o600 });
  return path;
}

const canMount = (() => {
  try {
    execFileSync('unshare', ['-rm', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.concurrent('A configuration that is broken, open or foreign is named or mended, never believed or lost', () => {
  const broken: [string, (whole: string) => string | Uint8Array][] = [
    ['torn', (whole) => whole.slice(0, whole.length / 2)],
    ['empty', () => ''],
    ['NUL bytes, as after a power cut', (whole) => Buffer.alloc(whole.length)],
    ['UTF-16', (whole) => Buffer.from(`\ufeff${whole}`, 'utf16le')],
    ['an array', () => '[]'],
    ['a profile that is a number', () => '{"profiles":{"work":7}}'],
  ];
  it.for(broken)('%s: 9, the file named and left as it is', async ([, text], { world }) => {
    const server = await crowd(world);
    const path = writeConfig(world, server, text);
    const before = readFileSync(path);
    const { code, stderr } = await world.run(LIST);
    expect(code, stderr).toBe(9);
    expect(stderr).toContain(path);
    expect((await world.run(['config', 'set', 'format', 'csv'])).code).toBe(9);
    expect(readFileSync(path)).toEqual(before);
    expect(server.requests).toHaveLength(0);
  });

  it('with a byte order mark: read', async ({ world }) => {
    const server = await crowd(world);
    writeConfig(world, server, (whole) => `\ufeff${whole}`);
    expect((await world.run(LIST)).code).toBe(0);
  });

  it('0644 in a 0755 directory: mended, with a warning', async ({ world }) => {
    const path = writeConfig(world, await crowd(world));
    chmodSync(path, 0o644);
    chmodSync(world.config, 0o755);
    const { code, stderr } = await world.run(LIST);
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: /);
    expect([path, world.config].map((one) => statSync(one).mode & 0o777)).toEqual([0o600, 0o700]);
  });

  it.skipIf(!canMount || process.getuid?.() !== 0)(
    'owned by another: 9, the file named',
    async ({ world }) => {
      const path = writeConfig(world, await crowd(world));
      chownSync(path, 65_534, 65_534);
      // Root of a user namespace has no power over what belongs to others.
      const { code, stderr } = await mounted(world, '"$node" "$worktime" employees list');
      expect(code, stderr).toBe(9);
      expect(stderr).toContain(`${path}: permission denied`);
    },
  );

  it.skipIf(!canMount)('that may not be written: 9 and the old one stays', async ({ world }) => {
    const path = writeConfig(world, await crowd(world));
    const before = readFileSync(path);
    // Root may write anywhere but to a file system that is mounted read-only.
    const script = `mount --bind "$WORKTIME_CONFIG_DIR" "$WORKTIME_CONFIG_DIR" && mount -o remount,ro,bind "$WORKTIME_CONFIG_DIR" && "$node" "$worktime" config set format csv`;
    const { code, stderr } = await mounted(world, script);
    expect(code, stderr).toBe(9);
    expect(readFileSync(path)).toEqual(before);
  });

  it('changed by eight processes at once: nothing is lost', async ({ world }) => {
    writeConfig(world, await crowd(world));
    const names = Array.from({ length: 8 }, (_, at) => `alias.lock.door${at}`);
    const results = await Promise.all(names.map((name) => world.run(['config', 'set', name, 'lock_789'])));
    expect(results.map(({ code }) => code)).toEqual(names.map(() => 0));
    const { aliases } = JSON.parse(readFileSync(join(world.config, 'config.json'), 'utf8'));
    expect(Object.keys(aliases.lock).sort()).toEqual(names.map((_, at) => `door${at}`));
  });

  it('with a lock left by a process that was killed: taken over at once', async ({ world }) => {
    writeConfig(world, await crowd(world));
    for (let round = 0; round < (LONG ? 20 : 3); round += 1) {
      const child = world.start(['config', 'set', `alias.lock.k${round}`, 'lock_1']);
      const killed = setTimeout(() => child.kill('SIGKILL'), 60 + round * 15);
      await child;
      clearTimeout(killed);
      expect((await world.run(['config', 'set', `alias.lock.a${round}`, 'lock_1'])).code).toBe(0);
    }
    const { aliases } = JSON.parse(readFileSync(join(world.config, 'config.json'), 'utf8'));
    expect(Object.keys(aliases.lock)).toEqual(expect.arrayContaining(['a0', 'a1', 'a2']));
  });
});

/** Runs a script with mounts of its own. */
async function mounted(world: World, script: string, options: RunOptions = {}) {
  return await shell(world, `exec unshare -rm bash -c '${script}'`, options);
}

describe.concurrent('A full disk ends with 9 and leaves no half of a file', () => {
  it
    .skipIf(!existsSync('/dev/full'))
    .for([
      LIST,
      ['employees', 'list', '--all', '--format', 'ndjson'],
      ['employees', 'list', '--all', '--format', 'csv'],
      ['employees', 'list'],
      ['whoami'],
      ['--help'],
      ['--version'],
      ['openapi'],
      ['completion', 'bash'],
    ])('standard output: %j', async (args, { world }) => {
    const server = await crowd(world);
    const { code, stderr } = await shell(world, `"$node" "$worktime" ${args.join(' ')} >/dev/full`, {
      server,
    });
    expect(code, stderr).toBe(9);
    expect(stderr).toMatch(/disk is full/);
  });

  it.skipIf(!existsSync('/dev/full'))('standard error: the exit still tells', async ({ world }) => {
    const server = await world.serve((_, response) => json(response, 404, { success: false }));
    expect((await shell(world, '"$node" "$worktime" employees get x 2>/dev/full', { server })).code).toBe(6);
  });

  /** A disk of 64 KB with 4 KB left on it, or nothing, mounted where `place` says; the listing tells what was left behind. */
  const small = (place: string, command: string, room = 61_440) =>
    `mkdir -p "${place}" && mount -t tmpfs -o size=64k,mode=700,nr_inodes=200 none "${place}" && head -c ${room} /dev/zero > "${place}/filler" && ${command}; code=$?; cd "${place}" && find . -type f -size +0 ! -name filler >&2; exit $code`;
  const people = (count: number) =>
    `name,email,department_id,position,salary,start_date\n${Array.from({ length: count }, (_, at) => `Person ${at},p${at}@e.com,dept_eng,Dev,1000,2024-01-01`).join('\n')}\n`;
  const full: [string, string, string][] = [
    [
      '-o as CSV',
      '$HOME/small',
      '"$node" "$worktime" employees list --all --format csv -o "$HOME/small/out.csv"',
    ],
    [
      '-o as JSON',
      '$HOME/small',
      '"$node" "$worktime" employees list --all --json -o "$HOME/small/out.json"',
    ],
    [
      'a workbook',
      '$HOME/small',
      '"$node" "$worktime" employees list --all --format excel -o "$HOME/small/o.xlsx"',
    ],
    ['the journal', '$HOME/state', '"$node" "$worktime" employees import people.csv --yes'],
    ['the configuration', '$HOME/config', '"$node" "$worktime" config set format csv'],
  ];
  it.skipIf(!canMount).for(full)('%s', async ([what, place, command], { world }) => {
    const server = await crowd(world);
    writeFileSync(join(world.home, 'people.csv'), people(300));
    const { code, stderr } = await mounted(
      world,
      small(place, command, what === 'the configuration' ? 65_536 : undefined),
      { server },
    );
    expect(code, stderr).toBe(9);
    expect(stderr).toMatch(/disk is full/);
    if (what !== 'the journal') expect(stderr).not.toMatch(/^\.\/(out|o\.|config)/m);
  });
});
