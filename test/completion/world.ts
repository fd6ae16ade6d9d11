import { join } from 'node:path';
import { answer } from '../../src/completion/answer.ts';
import { START } from '../support/context.ts';

export interface Asking {
  readonly current?: string;
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: number;
  readonly cwd?: string;
}

/** What Tab is told on the machine whose files are in `home`, a line each. */
export function tell(
  home: string,
  kind: string,
  { current = '', words = [], env, now = START, cwd = home }: Asking = {},
): string[] {
  const text = answer({
    argv: [kind, `:${current}`, ...words],
    env: {
      WORKTIME_CONFIG_DIR: join(home, 'config'),
      WORKTIME_STATE_DIR: join(home, 'state'),
      WORKTIME_PROFILE: 'sandbox',
      ...env,
    },
    cwd,
    platform: 'linux',
    home,
    now,
  });
  return text.split('\n').filter((line) => line !== '');
}
