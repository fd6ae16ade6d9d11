/** Which profile the next command uses: a variable or a project file comes before the one that was chosen. */

import { configPath } from '../config/read.ts';
import { standingProfile } from '../config/resolve.ts';
import type { Sourced } from '../config/settings.ts';
import type { StoredConfig } from '../config/stored.ts';
import type { Session } from '../session.ts';

/** What the next command uses; what was chosen where that cannot be told. */
export function standing({ context }: Session, config: StoredConfig): Sourced<string | undefined> {
  try {
    return standingProfile(context, config);
  } catch {
    return { value: config.profile, source: configPath(context.directories.config) };
  }
}

/** What to do about a place that names another profile. */
export const mend = (source: string) => (source === 'WORKTIME_PROFILE' ? 'unset it' : 'change it there');
