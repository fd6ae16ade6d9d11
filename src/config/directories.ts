import { tmpdir } from 'node:os';
import { posix, win32 } from 'node:path';
import type { Directories } from '../context.ts';

/** Where a configuration can neither be read nor written: no key is kept where others could put one. */
export const NOWHERE = '/dev/null/worktime';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where the tool keeps its files: WORKTIME_CONFIG_DIR and WORKTIME_STATE_DIR, else the platform's places. With no home
 * either, state goes below the temporary directory and the configuration nowhere: a key must not lie where others write.
 */
export function directoriesFor(env: Env, platform: string, home: string | undefined): Directories {
  const { config, state } = platformDirectories(env, platform, home);
  const { resolve } = platform === 'win32' ? win32 : posix;
  return {
    config: env['WORKTIME_CONFIG_DIR'] ? resolve(env['WORKTIME_CONFIG_DIR']) : config,
    state: env['WORKTIME_STATE_DIR'] ? resolve(env['WORKTIME_STATE_DIR']) : state,
  };
}

function platformDirectories(env: Env, platform: string, home: string | undefined): Directories {
  if (platform === 'win32') {
    const { join } = win32;
    const roaming = env['APPDATA'] || (home && join(home, 'AppData', 'Roaming'));
    const local = env['LOCALAPPDATA'] || (home && join(home, 'AppData', 'Local'));
    return {
      config: roaming ? join(roaming, 'worktime') : NOWHERE,
      state: join(local || tmpdir(), 'worktime', 'state'),
    };
  }
  const { join, isAbsolute } = posix;
  // The XDG specification has relative paths ignored.
  const xdg = (name: string) => (isAbsolute(env[name] ?? '') ? env[name] : undefined);
  if (!home) {
    const configHome = xdg('XDG_CONFIG_HOME');
    return {
      config: configHome ? join(configHome, 'worktime') : NOWHERE,
      state: join(xdg('XDG_STATE_HOME') ?? tmpdir(), 'worktime'),
    };
  }
  const mac = join(home, 'Library', 'Application Support');
  const [configHome, stateHome] =
    platform === 'darwin' ? [mac, mac] : [join(home, '.config'), join(home, '.local', 'state')];
  const state = xdg('XDG_STATE_HOME');
  return {
    config: join(xdg('XDG_CONFIG_HOME') ?? configHome, 'worktime'),
    state:
      state || platform !== 'darwin' ? join(state ?? stateHome, 'worktime') : join(mac, 'worktime', 'state'),
  };
}
