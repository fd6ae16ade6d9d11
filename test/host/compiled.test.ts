import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cleanEnvironment, startBinary } from '../support/binary.ts';
import { temporaryFolder } from '../support/context.ts';

const at = (url: string) => ({ WORKTIME_BASE_URL: url, WORKTIME_API_KEY: 'wt_pages_key_0123456789' });

/** An API that has this many employees, one a page. */
async function pagesOf(total: number): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://api').searchParams.get('page') ?? 1);
    const pagination = { page, limit: 1, total };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ success: true, data: [{ id: `emp_${page}` }], pagination }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('compiled code', () => {
  let env: Record<string, string>;
  let folder: string;
  const files = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
  const help = async () => {
    const { exitCode, stdout, stderr } = await startBinary(['--help'], { env });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    return stdout;
  };

  beforeEach(() => {
    const home = temporaryFolder();
    env = cleanEnvironment(home);
    folder = join(home, 'state', 'compiled');
  });

  it('is kept from one run to the next, where nobody else can write', async () => {
    const first = await help();
    const kept = files().map((path) => [path, readFileSync(path)]);
    expect(kept.length).toBeGreaterThan(0);
    expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(await help()).toBe(first);
    expect(files().map((path) => [path, readFileSync(path)])).toEqual(kept);
  });

  it('is kept by a list of many pages too, for which V8 works by other flags', async () => {
    const { url, close } = await pagesOf(25);
    try {
      const list = () =>
        startBinary(['employees', 'list', '--all', '--quiet'], { env: { ...env, ...at(url) } });
      const first = await list();
      expect(first.stdout.trim().split('\n')).toHaveLength(25);
      const kept = files().map((path) => [path, readFileSync(path)]);
      await list();
      expect(files().map((path) => [path, readFileSync(path)])).toEqual(kept);
    } finally {
      close();
    }
  });

  it('is made again when a file of it is cut short', async () => {
    const first = await help();
    for (const path of files()) truncateSync(path, statSync(path).size >> 1);
    const cut = files().map((path) => statSync(path).size);
    expect(await help()).toBe(first);
    expect(files().every((path, index) => statSync(path).size > (cut[index] ?? 0))).toBe(true);
    expect(await help()).toBe(first);
  });

  it('is not taken from a folder that others can write to', async () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    await help();
    expect(files()).toEqual([]);
  });

  it('is done without where it cannot be kept, or is not wanted', async () => {
    writeFileSync(join(folder, '..'), 'a file where the folder should be');
    await help();
    env = { ...cleanEnvironment(), NODE_DISABLE_COMPILE_CACHE: '1' };
    folder = env['WORKTIME_STATE_DIR'] ?? '';
    await help();
    expect(() => readdirSync(join(folder, 'compiled'))).toThrow('ENOENT');
  });
});
