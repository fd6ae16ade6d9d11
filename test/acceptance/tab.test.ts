import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const env: Record<string, string> = { ...cleanEnvironment(temporaryFolder()), WORKTIME_PROFILE: 'sandbox' };

beforeAll(async () => {
  expect((await startBinary(['employees', 'list'], { env })).exitCode).toBe(0);
});

describe('what Tab asks of the binary', () => {
  it('loads no parser, no client and nothing that could open a socket', async () => {
    const bundle = join(ROOT, 'dist/cli/complete.cjs');
    const { stdout, stderr } = await execa(
      process.execPath,
      [
        '-e',
        `require(${JSON.stringify(bundle)}).complete(); require('fs').writeSync(2, process.moduleLoadList.join('\\n'))`,
        '__complete',
        'employee',
        ':emp_123456',
      ],
      { extendEnv: false, env },
    );
    const loaded = stderr.split('\n').map((name) => name.replace(/^\w+ /, ''));
    expect(loaded).toContain('fs');
    expect(
      loaded.filter((name) => ['net', 'http', 'https', 'tls', 'dns', 'child_process'].includes(name)),
    ).toEqual([]);
    expect(stdout).not.toContain('worktime:');
    const source = readFileSync(bundle, 'utf8');
    expect(source.length).toBeLessThan(64 * 1024);
    expect(source).not.toMatch(/undici|commander|ajv/);
  });

  it('answers at once, and says nothing else', async () => {
    const { stdout, stderr, exitCode } = await startBinary(['__complete', 'employee', ':emp_123456'], {
      env,
    });
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: 'emp_123456\tJohn Doe\n',
      stderr: '',
      exitCode: 0,
    });
  });
});
