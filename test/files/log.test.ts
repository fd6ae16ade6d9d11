import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { LocalError } from '../../src/errors.ts';
import { openLog, readLog } from '../../src/files/log.ts';
import { tempDirectories } from './temp.ts';

const temp = tempDirectories();

async function lines(path: string, checksum = true): Promise<string[]> {
  const all: string[] = [];
  for await (const { line } of readLog(path, { checksum })) all.push(line);
  return all;
}

/** What every open file inherits, to be spied on; the file is made. */
async function handlesOf(path: string): Promise<FileHandle> {
  const probe = await open(path, 'w');
  await probe.close();
  return Object.getPrototypeOf(probe) as FileHandle;
}

test('what was appended is read back in order, with the offset of each line', async () => {
  const path = join(temp(), 'log');
  const log = await openLog(path, { checksum: true });
  await log.append('one');
  await log.append('två');
  await log.append('');
  expect(log.size).toBe(statSync(path).size);
  await log.close();
  const read = [];
  for await (const entry of readLog(path, { checksum: true })) read.push(entry);
  expect(read).toEqual([
    { line: 'one', offset: 0 },
    { line: 'två', offset: 13 },
    { line: '', offset: 27 },
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('without checksums the lines stand in the file as they are', async () => {
  const path = join(temp(), 'log');
  const log = await openLog(path);
  await Promise.all([log.append('{"a":1}'), log.append('{"b":2}')]);
  await log.close();
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n{"b":2}\n');
});

test('appends that come together share a sync, and each resolves only after it', async () => {
  const path = join(temp(), 'log');
  const prototype = await handlesOf(path);
  const written = vi.spyOn(prototype, 'write');
  const synced = vi.spyOn(prototype, 'datasync');
  try {
    const log = await openLog(path);
    await Promise.all(Array.from({ length: 500 }, (_, n) => log.append(`line ${n}`)));
    // On Linux each write is its own sync, elsewhere one follows it.
    expect(written.mock.calls.length).toBeLessThan(5);
    expect(synced.mock.calls.length).toBe(platform() === 'linux' ? 0 : written.mock.calls.length);
    await log.close();
  } finally {
    written.mockRestore();
    synced.mockRestore();
  }
  expect(await lines(path, false)).toHaveLength(500);
});

test('lines of a writer that was killed before their sync are on the disk before more is built on them', async () => {
  const path = join(temp(), 'log');
  writeFileSync(path, 'written, and never synced\n');
  const probe = await open(path);
  const prototype = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const synced = vi.spyOn(prototype, 'datasync');
  try {
    const log = await openLog(path);
    expect(synced.mock.calls).toHaveLength(1);
    expect(log.size).toBe(statSync(path).size);
    await log.close();
  } finally {
    synced.mockRestore();
  }
});

test('wherever a crash tears the last line, opening cuts it off and the rest stays', async () => {
  const path = join(temp(), 'log');
  const log = await openLog(path, { checksum: true });
  await log.append('first');
  const kept = log.size;
  await log.append('second');
  await log.close();
  const whole = readFileSync(path);
  for (let length = kept + 1; length < whole.length; length += 1) {
    writeFileSync(path, whole.subarray(0, length));
    expect(await lines(path)).toEqual(['first']);
    const again = await openLog(path, { checksum: true });
    expect(again.repaired).toBe(length - kept);
    await again.append('third');
    await again.close();
    expect(await lines(path)).toEqual(['first', 'third']);
  }
});

test('NUL bytes that a power cut left in the last line count as torn', async () => {
  const path = join(temp(), 'log');
  const log = await openLog(path, { checksum: true });
  await log.append('first');
  await log.close();
  appendFileSync(path, `${'\0'.repeat(20)}\n`);
  expect(await lines(path)).toEqual(['first']);
  const again = await openLog(path, { checksum: true });
  expect(again.repaired).toBe(21);
  await again.close();
});

test('a torn line longer than a read is found from the end', async () => {
  const path = join(temp(), 'log');
  const log = await openLog(path);
  await log.append('x'.repeat(200_000));
  await log.append('short');
  await log.close();
  const size = statSync(path).size;
  appendFileSync(path, 'y'.repeat(150_000));
  const again = await openLog(path);
  expect(again.size).toBe(size);
  await again.close();
  truncateSync(path, 100);
  const torn = await openLog(path);
  expect(torn.size).toBe(0);
  await torn.close();
});

test('any changed byte in a line is an error that names file and line', async () => {
  const path = join(temp(), 'log');
  const log = await openLog(path, { checksum: true });
  for (const line of ['alpha', 'beta', 'gamma']) await log.append(line);
  await log.close();
  const whole = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, value) => {
      fc.pre(whole[at] !== 10 && value !== 10 && value !== whole[at]);
      const damaged = Buffer.from(whole);
      damaged[at] = value;
      writeFileSync(path, damaged);
      const line = whole.subarray(0, at).toString().split('\n').length;
      const fault = (await lines(path).catch((error: unknown) => error)) as LocalError;
      expect(fault).toBeInstanceOf(LocalError);
      expect(fault.message).toContain(path);
      expect(fault.message).toContain(`line ${line} `);
    }),
    { numRuns: 200 },
  );
});

test('a line with a newline in it is refused, and the log goes on', async () => {
  const path = join(temp(), 'log');
  const log = await openLog(path);
  await expect(log.append('a\nb')).rejects.toThrow('newline');
  await log.append('c');
  await log.close();
  await expect(log.append('d')).rejects.toThrow('closed');
  expect(await lines(path, false)).toEqual(['c']);
});

test('a failed write is a local error, and what follows does not join its remains', async () => {
  const path = join(temp(), 'log');
  const prototype = await handlesOf(path);
  const log = await openLog(path, { checksum: true });
  await log.append('first');
  const write = vi.spyOn(prototype, 'write');
  write.mockImplementationOnce(async () => {
    appendFileSync(path, 'half a li');
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  });
  const fault = (await log.append('second').catch((error: unknown) => error)) as LocalError;
  write.mockRestore();
  expect(fault.message).toContain('disk is full');
  await log.append('third');
  await log.close();
  expect(await lines(path)).toEqual(['first', 'third']);
});

test('after a failed sync nothing is taken until the log is opened again', async () => {
  const path = join(temp(), 'log');
  const prototype = await handlesOf(path);
  const log = await openLog(path, { checksum: true });
  await log.append('first');
  const step = vi.spyOn(prototype, platform() === 'linux' ? 'write' : 'datasync');
  step.mockRejectedValueOnce(Object.assign(new Error('i/o error'), { code: 'EIO' }));
  await expect(log.append('second')).rejects.toBeInstanceOf(LocalError);
  step.mockRestore();
  await expect(log.append('third')).rejects.toBeInstanceOf(LocalError);
  await log.close();
  const again = await openLog(path, { checksum: true });
  await again.append('fourth');
  await again.close();
  expect(await lines(path)).toEqual(['first', 'fourth']);
});

test('a missing log has no lines; a folder in its place is a local error', async () => {
  const directory = temp();
  expect(await lines(join(directory, 'none'))).toEqual([]);
  await expect(openLog(directory)).rejects.toBeInstanceOf(LocalError);
  await expect(lines(directory)).rejects.toBeInstanceOf(LocalError);
});
