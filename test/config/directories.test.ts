import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { directoriesFor, NOWHERE } from '../../src/config/directories.ts';

test('each platform has its places', () => {
  expect(directoriesFor({}, 'linux', '/home/u')).toEqual({
    config: '/home/u/.config/worktime',
    state: '/home/u/.local/state/worktime',
  });
  expect(directoriesFor({}, 'darwin', '/Users/u')).toEqual({
    config: '/Users/u/Library/Application Support/worktime',
    state: '/Users/u/Library/Application Support/worktime/state',
  });
  const windows = { APPDATA: 'C:\\U\\Roaming', LOCALAPPDATA: 'C:\\U\\Local' };
  expect(directoriesFor(windows, 'win32', 'C:\\U')).toEqual({
    config: 'C:\\U\\Roaming\\worktime',
    state: 'C:\\U\\Local\\worktime\\state',
  });
});

test('the XDG variables count where they are absolute, and ours beat them', () => {
  const env = { XDG_CONFIG_HOME: '/x/config', XDG_STATE_HOME: 'relative' };
  expect(directoriesFor(env, 'linux', '/home/u')).toEqual({
    config: '/x/config/worktime',
    state: '/home/u/.local/state/worktime',
  });
  const own = { ...env, WORKTIME_CONFIG_DIR: '/own', WORKTIME_STATE_DIR: '' };
  expect(directoriesFor(own, 'linux', '/home/u')).toEqual({
    config: '/own',
    state: '/home/u/.local/state/worktime',
  });
});

test('without a home nothing fails, and no key can land where others write', () => {
  for (const platform of ['linux', 'darwin', 'win32']) {
    expect(directoriesFor({}, platform, undefined).config).toBe(NOWHERE);
  }
  expect(directoriesFor({}, 'linux', undefined).state).toBe(join(tmpdir(), 'worktime'));
});
