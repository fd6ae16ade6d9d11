import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resetState } from '../../src/sandbox/state-files.ts';
import { temporaryFolder, testContext } from '../support/context.ts';
import { script, start } from './process.ts';
import { askOf, everyRow, sandboxOf } from './support.ts';

const logOf = (directory: string) =>
  join(directory, readdirSync(directory).find((name) => name.startsWith('changes-')) ?? '');

describe('state on disk', () => {
  it('is there for the next command, for nobody else to read', async () => {
    const directory = join(temporaryFolder(), 'sandbox');
    const first = await sandboxOf({}, { directory });
    await first.ask('POST', '/employees', { name: 'Ada', email: 'ada@example.org' });
    await first.ask('DELETE', '/employees/emp_123460');
    const second = await sandboxOf({}, { directory });
    expect(await everyRow(second.get, '/employees')).toEqual(await everyRow(first.get, '/employees'));
    expect((await second.get('/employees/emp_123498')).data.name).toBe('Ada');
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(logOf(directory)).mode & 0o777).toBe(0o600);
  });

  it('is seen by whoever has it open already, a reset included', async () => {
    const directory = join(temporaryFolder(), 'sandbox');
    const one = await sandboxOf({}, { directory });
    const other = await sandboxOf({}, { directory });
    await one.ask('POST', '/employees', { name: 'Ada', email: 'ada@example.org' });
    expect((await other.get('/employees')).pagination.total).toBe(43);
    await resetState(directory, testContext(), { fixture: 'january-2024' });
    expect((await one.get('/employees')).pagination.total).toBe(2);
    expect((await other.get('/employees')).pagination.total).toBe(2);
    await other.ask('POST', '/employees', { name: 'Ada', email: 'ada@example.org' });
    expect((await one.get('/employees')).pagination.total).toBe(3);
    expect(readdirSync(directory).filter((name) => name.startsWith('changes-'))).toHaveLength(1);
  });

  it('gives back days that do not change as time passes', async () => {
    const directory = join(temporaryFolder(), 'sandbox');
    const today = await sandboxOf({}, { directory, now: '2024-11-18T12:00:00Z' });
    const before = (await today.get('/attendance')).data;
    const nextMonth = await sandboxOf({}, { directory, now: '2024-12-20T12:00:00Z' });
    const after = (await nextMonth.get('/attendance')).data;
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.at(-1).date).toBe('2024-12-19');
    expect((await nextMonth.get('/employees')).data).toEqual((await today.get('/employees')).data);
  });

  it('repairs a torn last line, whatever was torn off', async () => {
    const directory = join(temporaryFolder(), 'sandbox');
    const { ask } = await sandboxOf({}, { directory });
    await ask('POST', '/employees', { name: 'Ada', email: 'ada@example.org' });
    const whole = statSync(logOf(directory)).size;
    await ask('POST', '/employees', { name: 'Bob', email: 'bob@example.org' });
    const full = statSync(logOf(directory)).size;
    for (const size of [full - 1, whole + 20, whole + 1]) {
      truncateSync(logOf(directory), size);
      const again = await sandboxOf({}, { directory });
      expect((await again.get('/employees')).pagination.total).toBe(43);
      expect((await again.ask('POST', '/employees', { name: 'Bob', email: 'bob@example.org' })).status).toBe(
        201,
      );
      expect((await again.get('/employees/emp_123499')).data.name).toBe('Bob');
    }
  });

  it('says what to do when the log was changed by hand', async () => {
    const directory = join(temporaryFolder(), 'sandbox');
    const { ask } = await sandboxOf({}, { directory });
    await ask('POST', '/employees', { name: 'Ada', email: 'ada@example.org' });
    appendFileSync(logOf(directory), 'deadbeef {"at":0,"ops":[]}\n');
    appendFileSync(logOf(directory), 'deadbeef {"at":0,"ops":[]}\n');
    await expect(sandboxOf({}, { directory })).rejects.toMatchObject({ exit: 9, code: 'damaged' });
  });
});

describe('several processes at once', () => {
  it('keep all of 24 creates from 8', async () => {
    const folder = temporaryFolder();
    const directory = join(folder, 'sandbox');
    const path = await script(
      folder,
      `for (let nth = 0; nth < 3; nth += 1) {
        const { status } = await ask('POST', '/employees', { name: 'N', email: words[0] + '-' + nth + '@example.org' });
        if (status !== 201) process.exitCode = 1;
      }`,
    );
    const running = Array.from({ length: 8 }, (_, nth) => start(path, directory, `p${nth}`));
    expect(await Promise.all(running.map(({ ended }) => ended))).toEqual(new Array(8).fill(0));
    const rows = await everyRow((await sandboxOf({}, { directory })).get, '/employees');
    const wanted = Array.from({ length: 24 }, (_, nth) => `p${Math.floor(nth / 3)}-${nth % 3}@example.org`);
    expect(
      rows
        .slice(42)
        .map((row) => row['email'])
        .sort(),
    ).toEqual(wanted.sort());
    expect(new Set(rows.map((row) => row['id'])).size).toBe(66);
  });

  it('keep every write that was answered, and open, wherever kill -9 strikes', async () => {
    const folder = temporaryFolder();
    const directory = join(folder, 'sandbox');
    const path = await script(
      folder,
      `const say = (text) => new Promise((resolve) => process.stdout.write(text + '\\n', resolve));
      for (let nth = 0; ; nth += 1) {
        const email = words[0] + '-' + nth + '@example.org';
        await say('try ' + email);
        const { status } = await ask('POST', '/employees', { name: 'N', email });
        await say(status + ' ' + email);
      }`,
    );
    const answered = new Set<string>();
    const tried = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const running = [start(path, directory, `r${round}a`), start(path, directory, `r${round}b`)];
      // The moment is wherever each happens to be once both have written a few.
      while (!running.every(({ output }) => output().split('201').length > 2 + round)) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      for (const { child } of running) child.kill('SIGKILL');
      await Promise.all(running.map(({ ended }) => ended));
      for (const line of running.flatMap(({ output }) => output().split('\n').slice(0, -1))) {
        const [word, email = ''] = line.split(' ');
        if (word === '201') answered.add(email);
        else tried.add(email);
      }
      const rows = await everyRow((await sandboxOf({}, { directory })).get, '/employees');
      const kept = rows.slice(42).map((row) => String(row['email']));
      expect(kept.filter((email) => !tried.has(email))).toEqual([]);
      expect([...answered].filter((email) => !kept.includes(email))).toEqual([]);
      expect(new Set(kept).size).toBe(kept.length);
      expect(kept.length - answered.size).toBeLessThanOrEqual(2 * (round + 1));
    }
  }, 60_000);

  it('leave the old state or the new when a reset is killed', async () => {
    const folder = temporaryFolder();
    const directory = join(folder, 'sandbox');
    const path = await script(
      folder,
      `import { resetState } from './src/sandbox/state-files.ts';
      for (let nth = 0; ; nth += 1) {
        await resetState(directory, context, { employees: nth % 2 ? 50 : 60 });
        await ask('POST', '/employees', { name: 'N', email: 'n@example.org' });
        process.stdout.write('.');
      }`,
    );
    for (let round = 0; round < 5; round += 1) {
      const { child, output, ended } = start(path, directory);
      while (output().length < 2 + round) await new Promise((resolve) => setTimeout(resolve, 3));
      child.kill('SIGKILL');
      await ended;
      const { get } = await sandboxOf({}, { directory });
      expect([50, 51, 60, 61]).toContain((await get('/employees')).pagination.total);
    }
    expect(existsSync(join(directory, 'state.json'))).toBe(true);
    expect(JSON.parse(readFileSync(join(directory, 'state.json'), 'utf8')).version).toBe(1);
  }, 60_000);

  it('share one lock and one sync when writes come together', async () => {
    const directory = join(temporaryFolder(), 'sandbox');
    const { sandbox, get } = await sandboxOf({}, { directory });
    const ask = askOf(sandbox.handle);
    const all = await Promise.all(
      Array.from({ length: 200 }, (_, nth) =>
        ask('POST', '/employees', { name: 'N', email: `n${nth % 150}@example.org` }),
      ),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(150);
    expect(all.filter(({ status }) => status === 400)).toHaveLength(50);
    expect((await get('/employees')).pagination.total).toBe(192);
  });
});
