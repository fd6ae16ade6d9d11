import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { directoriesFor } from '../../src/config/directories.ts';
import { readConfig } from '../../src/config/read.ts';
import { updateConfig } from '../../src/config/update.ts';
import { LocalError } from '../../src/errors.ts';
import { tempDirectories } from '../files/temp.ts';
import { bundleWorker } from '../files/workers/bundle.ts';
import { temporaryFolder, testContext } from '../support/context.ts';

const temp = tempDirectories();

test('a change is saved 0600 in a 0700 directory, and keeps what it does not know', async () => {
  const context = testContext();
  await updateConfig(context, 'testing', (config) => {
    Object.assign(config, { profile: 'a', future: [1] });
  });
  await updateConfig(context, 'testing', (config) => {
    config.defaults = { format: 'csv' };
  });
  const directory = context.directories.config;
  const path = join(directory, 'config.json');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    profile: 'a',
    future: [1],
    defaults: { format: 'csv' },
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test('a file with a byte order mark can be changed', async () => {
  const context = testContext();
  mkdirSync(context.directories.config, { mode: 0o700 });
  writeFileSync(join(context.directories.config, 'config.json'), '\ufeff{"profile":"a"}', { mode: 0o600 });
  const config = await updateConfig(context, 'testing', (stored) => {
    stored.profile = 'b';
  });
  expect(config.profile).toBe('b');
  expect(readConfig(context.directories.config, () => undefined).profile).toBe('b');
});

test('a broken file is never replaced', async () => {
  const context = testContext();
  mkdirSync(context.directories.config);
  const path = join(context.directories.config, 'config.json');
  writeFileSync(path, '{"profiles": {');
  await expect(updateConfig(context, 'testing', () => undefined)).rejects.toBeInstanceOf(LocalError);
  expect(readFileSync(path, 'utf8')).toBe('{"profiles": {');
});

test('a change that throws, and one that would break the file, leave it as it was and free the lock', async () => {
  const context = testContext();
  await updateConfig(context, 'testing', (config) => {
    config.profile = 'a';
  });
  const failing = updateConfig(context, 'testing', () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  const breaking = updateConfig(context, 'testing', (config) => {
    Object.assign(config, { profiles: [] });
  });
  await expect(breaking).rejects.toBeInstanceOf(LocalError);
  expect(readConfig(context.directories.config, () => undefined)).toEqual({ profile: 'a' });
  await updateConfig(context, 'testing', () => undefined);
});

test('what a killed save left behind is removed by the next', async () => {
  const context = testContext();
  mkdirSync(context.directories.config, { mode: 0o700 });
  const remains = join(context.directories.config, 'config.json.tmp-1234567890abcdef');
  writeFileSync(remains, '{"key":"wt_canary"}');
  await updateConfig(context, 'testing', (config) => {
    config.profile = 'a';
  });
  expect(readdirSync(context.directories.config).sort()).toEqual(['config.json', 'config.lock']);
});

test('a directory that cannot be written is a local error', async ({ skip }) => {
  if (process.getuid?.() === 0) skip('root may write everywhere');
  const home = temporaryFolder();
  chmodSync(home, 0o500);
  await expect(updateConfig(testContext({ home }), 'testing', () => undefined)).rejects.toBeInstanceOf(
    LocalError,
  );
  chmodSync(home, 0o700);
});

test('a place that is no directory is a local error', async () => {
  const home = temporaryFolder();
  writeFileSync(join(home, 'config'), '');
  await expect(updateConfig(testContext({ home }), 'testing', () => undefined)).rejects.toBeInstanceOf(
    LocalError,
  );
});

test('without a home nothing is written, and the way out is named', async () => {
  const context = { ...testContext(), directories: directoriesFor({}, 'linux', undefined) };
  const error = (await updateConfig(context, 'testing', () => undefined).catch(
    (fault: unknown) => fault,
  )) as LocalError;
  expect(error.next).toContain('WORKTIME_CONFIG_DIR');
});

test('five changes at once in one process are all kept', async () => {
  const home = temporaryFolder();
  await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((name) =>
      updateConfig(testContext({ home }), 'testing', (config) => {
        config.aliases = { lock: { ...config.aliases?.lock, [name]: `lock_${name}` } };
      }),
    ),
  );
  const { aliases } = readConfig(join(home, 'config'), () => undefined);
  expect(Object.keys(aliases?.lock ?? {}).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('eight processes that set 50 values each keep all 400', async () => {
  const directory = temp();
  const worker = await bundleWorker('config-worker', directory);
  const config = join(directory, 'config');
  const codes = await Promise.all(
    Array.from(
      { length: 8 },
      (_, number) =>
        new Promise<number | null>((resolve) => {
          const child = spawn(process.execPath, [worker, config, String(number), '50'], {
            stdio: ['ignore', 'ignore', 'inherit'],
          });
          child.once('exit', resolve);
        }),
    ),
  );
  expect(codes).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  const { aliases } = readConfig(config, () => undefined);
  expect(Object.keys(aliases?.employee ?? {})).toHaveLength(400);
}, 120_000);

test('kill -9 at any moment leaves a whole file with every value that was reported', async () => {
  const directory = temp();
  const worker = await bundleWorker('config-worker', directory);
  const config = join(directory, 'config');
  const reported: string[] = [];
  for (let life = 0; life < 6; life += 1) {
    const child = spawn(process.execPath, [worker, config, String(life), '1000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let seen = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      reported.push(line);
      seen += 1;
      // A different moment of the save each time: so many turns of this process's event loop after a report.
      if (seen === 5 + life) await turns(life * 40).then(() => child.kill('SIGKILL'));
    }
    await ended;
    expect(() => readConfig(config, () => undefined)).not.toThrow();
  }
  const { aliases } = readConfig(config, () => undefined);
  expect(reported.length).toBeGreaterThan(40);
  expect(reported.filter((name) => aliases?.employee?.[name] === undefined)).toEqual([]);
}, 60_000);

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
