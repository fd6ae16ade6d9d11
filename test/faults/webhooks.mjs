// The long form of the listener's kill test, tens of thousands of deliveries: `node test/faults/webhooks.mjs` (a minute or two).
import { execa } from 'execa';

const args = ['vitest', 'run', '--config', '.config/vitest.config.ts', 'test/webhooks/kill.test.ts'];
const { exitCode } = await execa('npx', args, {
  cwd: new URL('../..', import.meta.url),
  env: { WORKTIME_LONG: '1' },
  stdio: 'inherit',
  reject: false,
});
process.exitCode = exitCode ?? 1;
