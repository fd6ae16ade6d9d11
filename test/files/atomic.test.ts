import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LocalError, UsageError } from '../../src/errors.ts';
import { createAtomicFile, writeFileAtomic } from '../../src/files/atomic.ts';
import { tempDirectories } from './temp.ts';
import { bundleWorker } from './workers/bundle.ts';

const temp = tempDirectories();
const fault = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as LocalError,
  );

test('the target has the old content until commit, then the new, and nothing is left beside it', async () => {
  const directory = temp();
  const path = join(directory, 'out.csv');
  writeFileSync(path, 'old', { mode: 0o640 });
  chmodSync(path, 0o640);
  const file = await createAtomicFile(path);
  await file.write('new');
  await file.write(Buffer.from(' bytes'));
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readFileSync(file.temporaryPath, 'utf8')).toBe('new bytes');
  await file.commit();
  expect(readFileSync(path, 'utf8')).toBe('new bytes');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(directory)).toEqual(['out.csv']);
});

test('a new file is private unless another mode is asked for, whatever the umask', async () => {
  const directory = temp();
  await writeFileAtomic(join(directory, 'a'), '1');
  await writeFileAtomic(join(directory, 'b'), '1', { mode: 0o666 });
  expect(statSync(join(directory, 'a')).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, 'b')).mode & 0o777).toBe(0o666);
});

test('abort leaves the old content and no temporary file, and may be called twice or after commit', async () => {
  const directory = temp();
  const path = join(directory, 'out');
  writeFileSync(path, 'old');
  const file = await createAtomicFile(path);
  await file.write('new');
  await file.abort();
  await file.abort();
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(directory)).toEqual(['out']);
  await expect(file.write('more')).rejects.toThrow('closed');
  const second = await createAtomicFile(path);
  await second.commit();
  await second.abort();
  expect(existsSync(path)).toBe(true);
});

test('without force an existing file is refused before anything is written', async () => {
  const directory = temp();
  const path = join(directory, 'out');
  writeFileSync(path, 'old');
  const refusal = await fault(createAtomicFile(path, { force: false }));
  expect(refusal).toBeInstanceOf(UsageError);
  expect(refusal?.next).toContain('--force');
  expect(readdirSync(directory)).toEqual(['out']);
});

test('without force a file that appears meanwhile survives the commit', async () => {
  const directory = temp();
  const path = join(directory, 'out');
  const file = await createAtomicFile(path, { force: false });
  await file.write('ours');
  writeFileSync(path, 'theirs');
  expect(await fault(file.commit())).toBeInstanceOf(LocalError);
  expect(readFileSync(path, 'utf8')).toBe('theirs');
  expect(readdirSync(directory)).toEqual(['out']);
  const fresh = await createAtomicFile(join(directory, 'new'), { force: false });
  await fresh.write('x');
  await fresh.commit();
  expect(readdirSync(directory).sort()).toEqual(['new', 'out']);
});

test('a symbolic link stays and its target is replaced or made, also through a chain', async () => {
  const directory = temp();
  mkdirSync(join(directory, 'real'));
  symlinkSync('real/file', join(directory, 'one'));
  symlinkSync('one', join(directory, 'two'));
  await writeFileAtomic(join(directory, 'two'), 'made');
  await writeFileAtomic(join(directory, 'two'), 'again');
  expect(lstatSync(join(directory, 'two')).isSymbolicLink()).toBe(true);
  expect(lstatSync(join(directory, 'one')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(directory, 'real', 'file'), 'utf8')).toBe('again');
  symlinkSync('round', join(directory, 'round'));
  expect((await fault(writeFileAtomic(join(directory, 'round'), '')))?.message).toContain('circle');
});

test('a missing folder, a folder, and a folder that is a file are local errors that say what to do', async () => {
  const directory = temp();
  writeFileSync(join(directory, 'file'), '');
  for (const path of [join(directory, 'no', 'out'), directory, join(directory, 'file', 'out')]) {
    const error = await fault(writeFileAtomic(path, 'x'));
    expect(error).toBeInstanceOf(LocalError);
    expect(error?.message).toContain(path);
    expect(error?.next).toBeTruthy();
  }
});

test.runIf(existsSync('/dev/full'))('a full disk is a local error', async () => {
  const error = await fault(writeFileAtomic('/dev/full', 'x'));
  expect(error).toBeInstanceOf(LocalError);
  expect(error?.message).toContain('the disk is full');
  await writeFileAtomic('/dev/null', 'x', { force: false });
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test.runIf(process.platform !== 'win32')('a FIFO is written directly', async () => {
  const path = join(temp(), 'fifo');
  execFileSync('mkfifo', [path]);
  const reader = spawn('cat', [path]);
  const read = (async () => {
    let text = '';
    for await (const chunk of reader.stdout) text += chunk;
    return text;
  })();
  await writeFileAtomic(path, 'through the pipe', { force: false });
  expect(await read).toBe('through the pipe');
  expect(lstatSync(path).isFIFO()).toBe(true);
});

test.runIf(process.platform !== 'win32')(
  'a FIFO that nobody reads, or stops reading, can be given up',
  async () => {
    const path = join(temp(), 'fifo');
    execFileSync('mkfifo', [path]);
    const controller = new AbortController();
    const waiting = fault(writeFileAtomic(path, 'x', { signal: controller.signal }));
    controller.abort(new Error('interrupted'));
    expect((await waiting)?.message).toBe('interrupted');

    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const second = new AbortController();
    const file = await createAtomicFile(path, { signal: second.signal });
    const full = fault(file.write(Buffer.alloc(4_000_000)));
    second.abort(new Error('interrupted'));
    expect((await full)?.message).toBe('interrupted');
    closeSync(reader);
  },
);

test.runIf(process.platform === 'linux')(
  '/dev/stdout is written as it is: a pipe, or a file that keeps its place',
  async () => {
    const directory = temp();
    const worker = await bundleWorker('stdout-worker', directory);
    expect(execFileSync(process.execPath, [worker], { encoding: 'utf8' })).toBe('from the worker\n');
    writeFileSync(join(directory, 'out'), 'before\n');
    const inode = statSync(join(directory, 'out')).ino;
    execFileSync('sh', ['-c', `"$0" "$1" >> "$2"`, process.execPath, worker, join(directory, 'out')]);
    expect(readFileSync(join(directory, 'out'), 'utf8')).toBe('before\nfrom the worker\n');
    expect(statSync(join(directory, 'out')).ino).toBe(inode);
  },
);
