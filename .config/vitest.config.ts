import { defineConfig } from 'vitest/config';
import type { Reporter } from 'vitest/node';

/** A test that is left out says why, whatever the length of the log. */
const leftOut: Reporter = {
  onTestCaseResult(test) {
    const result = test.result();
    if (result.state !== 'skipped') return;
    console.log(` ↓ ${test.module.relativeModuleId} > ${test.fullName}: ${result.note ?? 'no reason given'}`);
  },
};

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    reporters: ['default', leftOut],
  },
});
