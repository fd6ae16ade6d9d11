/** A command line that talks over a real socket to a sandbox with faults. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { transport } from '../../src/host/undici.ts';
import { type TestContextOptions, temporaryFolder } from '../support/context.ts';
import { type Result, run } from '../support/run.ts';
import { environmentFor, startServer, type TestServer } from './server.ts';

export interface TestWorld {
  server: TestServer;
  home: string;
  /** Writes a file into the working directory. */
  write(name: string, content: string | Uint8Array): void;
  read(name: string): string;
  run(line: string | readonly string[], options?: TestContextOptions): Promise<Result>;
  /** Every employee that the API has now, by e-mail. */
  employees(): Promise<Map<string, Record<string, unknown>>>;
}

/** A fresh world for each test of a file. */
export function testWorld(options: { employees?: number } = {}): TestWorld {
  const world = {} as TestWorld;
  beforeEach(async () => {
    world.server = await startServer(options);
    world.home = temporaryFolder();
  });
  afterEach(() => world.server.close());
  return Object.assign(world, {
    write: (name: string, content: string | Uint8Array) => writeFileSync(join(world.home, name), content),
    read: (name: string) => readFileSync(join(world.home, name), 'utf8'),
    run: (line: string | readonly string[], more: TestContextOptions = {}) =>
      run(line, { home: world.home, env: environmentFor(world.server), transport, ...more }),
    async employees() {
      const found = new Map<string, Record<string, unknown>>();
      const { stdout } = await world.run('employees list --all --json');
      for (const one of JSON.parse(stdout)) found.set(one.email, one);
      return found;
    },
  });
}

/** A file of people: `person1@example.com` and so on. */
export function peopleFile(count: number, from = 1): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const n = from + i;
    return `Person ${n},person${n}@example.com,dept_eng,Engineer,${50_000 + n},2024-02-01`;
  });
  return `name,email,department_id,position,salary,start_date\n${rows.join('\n')}\n`;
}

/** How often each key stands in a list. */
export function tallyOf(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
