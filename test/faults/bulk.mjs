// The long form of the kill tests: `npm run build && node test/faults/bulk.mjs` (about ten minutes).
import { execa } from 'execa';

const args = [
  'vitest',
  'run',
  '--config',
  '.config/vitest.config.ts',
  'test/bulk/kill.test.ts',
  'test/bulk/undo.test.ts',
  'test/bulk/budget.test.ts',
];
const { exitCode } = await execa('npx', args, {
  cwd: new URL('../..', import.meta.url),
  env: { WORKTIME_LONG: '1' },
  stdio: 'inherit',
  reject: false,
});
process.exitCode = exitCode ?? 1;
