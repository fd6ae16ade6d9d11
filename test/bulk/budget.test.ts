import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBudget } from '../../src/client/budget.ts';
import type { Budget, Priority, RateLimit } from '../../src/client/options.ts';
import { BINARY, cleanEnvironment, startBinary } from '../support/binary.ts';
import { seededRandom, type TestContext, temporaryFolder, testContext } from '../support/context.ts';
import { environmentFor, startServer, type TestServer } from './server.ts';
import { peopleFile } from './world.ts';

const BUILT = existsSync(join(BINARY, '../../dist/cli/main.cjs'));
/** A short hour: waits are slept through in steps of a second. */
const HOUR = 20_000;

/** An API that counts as the documented one does: fixed windows, the first begun by the first request. */
class Limiter {
  used = 0;
  ends = 0;
  refused = 0;
  readonly limit: number;
  readonly #context: TestContext;
  constructor(limit: number, context: TestContext) {
    this.limit = limit;
    this.#context = context;
  }
  request(): RateLimit {
    const now = this.#context.now();
    if (now >= this.ends) {
      this.ends = now + HOUR;
      this.used = 0;
    }
    if (this.used >= this.limit) this.refused += 1;
    else this.used += 1;
    // As the client computes it: whole seconds, rounded up, by a Date that is rounded down.
    const resetAt = now + Math.ceil(this.ends / 1000) * 1000 - Math.floor(now / 1000) * 1000;
    return { limit: this.limit, remaining: this.limit - this.used, resetAt, seenAt: now };
  }
}

function open(context: TestContext, maxWait = 1_000 * HOUR): Budget {
  return openBudget({ directory: context.directories.state, identity: 'the key', context, maxWait });
}

async function spend(budget: Budget, limiter: Limiter, priority: Priority, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    await budget.take(priority);
    budget.seen(limiter.request());
  }
}

describe('the shared hour', () => {
  it('lets nobody run into a 429, however many share it and however they take turns', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 20, max: 400 }),
        fc.array(
          fc.record({
            priority: fc.constantFrom<Priority>('person', 'import', 'tail'),
            count: fc.integer({ min: 1, max: 300 }),
          }),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        async (limit, users) => {
          const context = testContext();
          const limiter = new Limiter(limit, context);
          await Promise.all(
            users.map(({ priority, count }) => spend(open(context), limiter, priority, count)),
          );
          expect(limiter.refused).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps a little for people when imports and tails have had their share', async () => {
    const context = testContext();
    const limiter = new Limiter(100, context);
    const busy = open(context, 0);
    await expect(spend(busy, limiter, 'tail', 200)).rejects.toThrow('no requests left until');
    const tails = limiter.used;
    await expect(spend(busy, limiter, 'import', 200)).rejects.toThrow('no requests left until');
    expect(limiter.used).toBeGreaterThan(tails);
    const left = limiter.limit - limiter.used;
    expect(left).toBeGreaterThanOrEqual(3);
    await spend(open(context, 0), limiter, 'person', left);
    expect(limiter.refused).toBe(0);
  });

  it('learns from answers what others use elsewhere', async () => {
    const context = testContext();
    const limiter = new Limiter(100, context);
    const budget = open(context, 0);
    await spend(budget, limiter, 'import', 5);
    for (let i = 0; i < 80; i += 1) limiter.request();
    await expect(spend(budget, limiter, 'import', 50)).rejects.toThrow('no requests left');
    expect(limiter.refused).toBe(0);
  });

  it('leaves a file that says nothing of the key and that nobody else can read', async () => {
    const context = testContext();
    await spend(open(context), new Limiter(1_000, context), 'import', 3);
    const folder = join(context.directories.state, 'budget');
    const [name = ''] = readdirSync(folder);
    expect(name).toMatch(/^[0-9a-f]{8}$/);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('a disk that fails stops nobody', async () => {
    const context = testContext();
    const nowhere = openBudget({ directory: '/dev/null', identity: 'x', context, maxWait: 0 });
    await spend(nowhere, new Limiter(10, context), 'import', 10);
  });
});

describe.skipIf(!BUILT)('five processes on one key, 300 requests an hour', () => {
  let server: TestServer;
  // An hour of three seconds.
  beforeEach(async () => {
    server = await startServer({ employees: 250, limit: 300, window: 3_000, now: () => Date.now() });
  });
  afterEach(() => server.close());

  it('all finish and none is ever told 429', { timeout: 120_000 }, async () => {
    const { writeFileSync } = await import('node:fs');
    const home = temporaryFolder();
    const random = seededRandom(5);
    const env = { ...cleanEnvironment(home), ...environmentFor(server) };
    const start = (...args: string[]) => startBinary(args, { cwd: home, env });
    writeFileSync(join(home, 'people.csv'), peopleFile(400));
    const people = async () => {
      for (let i = 0; i < 12; i += 1) {
        const { exitCode, stderr } = await start(
          'employees',
          'list',
          '--limit',
          String(1 + Math.floor(random() * 50)),
        );
        expect(exitCode, stderr).toBe(0);
      }
    };
    const all = async () => {
      for (let i = 0; i < 4; i += 1)
        expect((await start('employees', 'list', '--all', '--quiet')).exitCode).toBe(0);
    };
    const imported = start('employees', 'import', 'people.csv', '--yes', '--json');
    await Promise.all([people(), people(), all(), all(), imported]);
    const { exitCode, stderr } = await imported;
    expect(exitCode, stderr).toBe(0);
    expect(server.statuses.get(201)).toBe(400);
    expect(server.statuses.get(429)).toBeUndefined();
  });
});
