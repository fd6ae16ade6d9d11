/** Sets aliases one by one, and says so after each. argv: configuration directory, its own number, how many. */
import { writeSync } from 'node:fs';
import { setEntry } from '../../../src/commands/config/entries.ts';
import { updateConfig } from '../../../src/config/update.ts';
import type { Context } from '../../../src/context.ts';
import { saveConfig } from '../../../src/host/conf.ts';
import { realContext } from './context.ts';

const [, , directory = '', worker = '', count = '0'] = process.argv;
const context = {
  ...realContext(),
  directories: { config: directory, state: directory },
  saveConfig,
} as unknown as Context;

for (let n = 0; n < Number(count); n += 1) {
  await updateConfig(context, 'testing', (config) => {
    setEntry(config, `alias.employee.w${worker}n${n}`, `emp_${n}`);
  });
  writeSync(1, `w${worker}n${n}\n`);
}
