import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolders } from '../src/folders.ts';
import { temporaryFolder } from './support/context.ts';

describe('folders of ours', () => {
  it('are made with those above them, for nobody else', () => {
    const folder = join(temporaryFolder(), 'a', 'b', 'c');
    makeFolders(folder);
    makeFolders(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('fail where a file is in the way', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolders(join(file, 'a'))).toThrow('ENOTDIR');
  });

  it.runIf(process.platform === 'linux')('fail at once below /proc, where Node tries for ever', () => {
    expect(() => makeFolders('/proc/nowhere/worktime')).toThrow('ENOENT');
  });
});
