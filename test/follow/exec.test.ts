import { describe, expect, it } from 'vitest';
import { createRunner, environmentFor } from '../../src/follow/exec.ts';
import { testContext } from '../support/context.ts';
import { memoryReporter } from './reporter.ts';

describe('a program run for each record', () => {
  const script = (code: string) => [process.execPath, '-e', code];

  it('gets the record on its standard input, and no key under any name', async () => {
    const env = { WORKTIME_API_KEY: 'wt_secret', COPY: 'wt_secret', OTHER: 'kept', PATH: process.env.PATH };
    const context = testContext({ env });
    const { reporter, lines } = memoryReporter();
    const code = `
      let text = ''; process.stdin.on('data', (d) => { text += d; }).on('end', () => {
        const { WORKTIME_API_KEY: key, COPY: copy, OTHER: other } = process.env;
        console.log(JSON.stringify([JSON.parse(text), key, copy, other]));
      });`;
    await createRunner(script(code), context, reporter, 'wt_secret').run({ id: 'event_1', late: true });
    expect(lines.join('\n')).toContain('[{"id":"event_1","late":true},null,null,"kept"]');
    expect(context.stdout.text()).toBe('');
    expect(environmentFor({ A: 'k' }, 'k')).toEqual({});
  });

  it('fails without ending the tail: the failure is said and counted', async () => {
    const context = testContext();
    const { reporter, lines } = memoryReporter();
    const runner = createRunner(script('process.exit(3)'), context, reporter, undefined);
    await runner.run({ id: 'event_1' });
    await createRunner(['/no/such/program'], context, reporter, undefined).run({ id: 'event_2' });
    expect(runner.failures).toBe(1);
    expect(lines[0]).toMatch(/ended with 3 for event_1/);
    expect(lines[1]).toMatch(/cannot start .* for event_2/);
  });

  it('does not run once the tail was ended', async () => {
    const context = testContext();
    context.interrupt(new Error('Ctrl-C'));
    const runner = createRunner(script('process.exit(1)'), context, memoryReporter().reporter, undefined);
    await runner.run({ id: 'event_1' });
    expect([runner.failures, runner.skipped]).toEqual([0, 1]);
  });
});
