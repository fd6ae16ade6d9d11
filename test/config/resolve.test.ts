import { expect, test } from 'vitest';
import { resolveKey } from '../../src/config/key.ts';
import { settle } from '../../src/config/resolve.ts';
import type { Sources } from '../../src/config/sources.ts';
import type { StoredConfig } from '../../src/config/stored.ts';
import { AuthError, LocalError, UsageError } from '../../src/errors.ts';

const FILE = '/home/u/.config/worktime/config.json';
const PROJECT = '/work/.worktime.json';

const config: StoredConfig = {
  profile: 'acme',
  profiles: {
    acme: {
      base_url: 'https://acme.example/v1',
      key: 'wt_live_acme_0123456789',
      organization: { id: 'org_1', name: 'Acme', timezone: 'Europe/Berlin' },
      defaults: { format: 'ndjson' },
      aliases: { department: { eng: 'dept_acme' } },
    },
    beta: { key: 'wt_live_beta_0123456789' },
    empty: { base_url: 'https://empty.example/v1' },
  },
  defaults: { format: 'csv', timezone: 'UTC', 'max-wait': '5m' },
  aliases: { department: { eng: 'dept_all', ops: 'dept_ops1' } },
};

function settled(sources: Partial<Sources> = {}) {
  const warnings: string[] = [];
  const settings = settle(
    { flags: {}, env: {}, project: undefined, config, configFile: FILE, ...sources },
    (text) => warnings.push(text),
  );
  return { ...settings, warnings };
}

const noCommands = {
  env: {},
  run: async (): Promise<never> => {
    throw new Error('a key command was run');
  },
};

/** What a request would find: the key, or what is thrown. */
const keyOf = (sources: Partial<Sources>) =>
  resolveKey(settled(sources).key, { ...noCommands, env: sources.env ?? {} }).catch(
    (error: unknown) => error,
  );

test('flag beats environment beats project file beats profile beats default, each with its source', () => {
  const flags = { format: 'table' as const };
  const env = { WORKTIME_FORMAT: 'json' };
  const project = { path: PROJECT, format: 'excel' };
  const bare: StoredConfig = {
    profile: 'beta',
    profiles: config.profiles ?? {},
    defaults: config.defaults ?? {},
  };
  const seen = [
    settled({ flags, env, project }),
    settled({ env, project }),
    settled({ project }),
    settled(),
    settled({ config: bare }),
    settled({ config: {} }),
  ].map(({ format }) => format);
  expect(seen).toEqual([
    { value: 'table', source: '--format' },
    { value: 'json', source: 'WORKTIME_FORMAT' },
    { value: 'excel', source: PROJECT },
    { value: 'ndjson', source: 'profile acme' },
    { value: 'csv', source: FILE },
    { value: undefined, source: 'default' },
  ]);
});

test('the profile is chosen by flag, environment, project file, configuration, in that order', () => {
  const env = { WORKTIME_PROFILE: 'beta' };
  const project = { path: PROJECT, profile: 'empty' };
  expect(settled({ flags: { profile: 'acme' }, env, project }).profile).toEqual({
    value: 'acme',
    source: '--profile',
  });
  expect(settled({ env, project }).profile).toEqual({ value: 'beta', source: 'WORKTIME_PROFILE' });
  expect(settled({ project }).profile).toEqual({ value: 'empty', source: PROJECT });
  expect(settled().profile).toEqual({ value: 'acme', source: FILE });
  expect(settled({ config: {} }).profile).toEqual({ value: undefined, source: 'default' });
});

test('durations come as milliseconds from every source', () => {
  expect(settled().maxWait).toEqual({ value: 300_000, source: FILE });
  expect(settled({ env: { WORKTIME_MAX_WAIT: '2s' } }).maxWait).toEqual({
    value: 2000,
    source: 'WORKTIME_MAX_WAIT',
  });
  expect(settled({ flags: { maxWait: 0 } }).maxWait).toEqual({ value: 0, source: '--max-wait' });
  expect(settled({ config: {} }).maxWait).toEqual({ value: 60_000, source: 'default' });
});

test('a bad value names the place it came from', () => {
  expect(() => settled({ env: { WORKTIME_FORMAT: 'xml' } })).toThrow(
    'WORKTIME_FORMAT: "xml" is not a format',
  );
  expect(() => settled({ env: { WORKTIME_MAX_WAIT: 'soon' } })).toThrow('WORKTIME_MAX_WAIT');
  expect(() => settled({ project: { path: PROJECT, timezone: 'Mars/Base' } })).toThrow(PROJECT);
  expect(() => settled({ env: { WORKTIME_BASE_URL: 'http://elsewhere/v1' } })).toThrow('WORKTIME_BASE_URL');
  expect(() => settled({ env: { WORKTIME_PROFILE: '../x' } })).toThrow('WORKTIME_PROFILE');
});

test('a bad value is a fault of the configuration where it stands in a file, and of the command line elsewhere', () => {
  const exitOf = (sources: Parameters<typeof settled>[0]) => {
    try {
      settled(sources);
    } catch (error) {
      return (error as { exit?: number }).exit;
    }
    return 0;
  };
  for (const bad of [{ format: 'xml' }, { timezone: 'Mars/Base' }, { maxWait: 'soon' }])
    expect(exitOf({ project: { path: PROJECT, ...bad } }), JSON.stringify(bad)).toBe(9);
  expect(exitOf({ config: { defaults: { timezone: 'Mars/Base' } } })).toBe(9);
  expect(exitOf({ env: { WORKTIME_FORMAT: 'xml' } })).toBe(2);
  expect(exitOf({ env: { WORKTIME_MAX_WAIT: 'soon' } })).toBe(2);
  expect(exitOf({ flags: { timezone: 'Mars/Base' } })).toBe(2);
});

test('empty variables count as unset, and an empty key is said', async () => {
  const env = { WORKTIME_PROFILE: '', WORKTIME_BASE_URL: '', WORKTIME_FORMAT: '', WORKTIME_API_KEY: '' };
  const { profile, format, warnings } = settled({ env });
  expect([profile.value, format.source]).toEqual(['acme', 'profile acme']);
  expect(warnings).toEqual([expect.stringContaining('WORKTIME_API_KEY is set but empty')]);
  const error = (await keyOf({ env, config: {} })) as AuthError;
  expect(error.lines).toContain('WORKTIME_API_KEY is set, but empty.');
});

test.each(['WORKTIME_APIKEY', 'WORKTIME_TOKEN', 'WORK_TIME_API_KEY', 'WT_API_KEY'])(
  'a key under the name %s is told of, unshown, where there is none',
  async (name) => {
    const error = (await keyOf({ env: { [name]: 'wt_canary_0123' }, config: {} })) as AuthError;
    expect(error).toMatchObject({
      code: 'missing_key',
      lines: expect.arrayContaining([`${name} is set, but is not read: the key goes into WORKTIME_API_KEY.`]),
    });
    expect(JSON.stringify(error)).not.toContain('canary');
  },
);

test('the key of the environment beats that of the profile, never falls back, and brings no organization along', async () => {
  const env = { WORKTIME_API_KEY: 'wt_env_key_0123456789' };
  const { key, organization, baseUrl } = settled({ env });
  expect(key?.source).toBe('WORKTIME_API_KEY');
  expect(organization).toBeUndefined();
  expect(baseUrl.value).toBe('https://acme.example/v1');
  expect(await keyOf({ env })).toBe('wt_env_key_0123456789');
  const bad = (await keyOf({ env: { WORKTIME_API_KEY: 'wt_secret with space' } })) as AuthError;
  expect(bad).toBeInstanceOf(AuthError);
  expect(bad.message).not.toContain('wt_secret');
  expect(settled({ env, flags: { profile: 'acme' } }).warnings).toEqual([
    expect.stringContaining('instead of the key of profile acme'),
  ]);
});

test("a profile's key goes to the profile's origin alone", async () => {
  for (const sources of [
    { flags: { baseUrl: 'https://evil.example/v1' } },
    { env: { WORKTIME_BASE_URL: 'https://evil.example/v1' } },
    { flags: { baseUrl: 'https://acme.example:8443/v1' } },
    { flags: { baseUrl: 'http://localhost/v1' } },
  ]) {
    const error = (await keyOf(sources)) as UsageError;
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain('https://acme.example');
    expect(error.message).not.toContain('wt_live');
  }
  expect(await keyOf({ flags: { baseUrl: 'https://acme.example/v2' } })).toBe('wt_live_acme_0123456789');
  const env = { WORKTIME_API_KEY: 'wt_env_key_0123456789', WORKTIME_BASE_URL: 'https://other.example/v1' };
  expect(await keyOf({ env })).toBe('wt_env_key_0123456789');
});

test('a profile that is not there is an error once a key is needed, with those that are', async () => {
  const error = (await keyOf({ flags: { profile: 'nope' } })) as UsageError;
  expect(error).toBeInstanceOf(UsageError);
  expect(error.next).toContain('acme, beta, empty, sandbox');
  for (const name of ['constructor', 'hasOwnProperty']) {
    if (name === 'constructor') expect(() => settled({ flags: { profile: name } })).toThrow(UsageError);
    else expect(await keyOf({ flags: { profile: name } })).toBeInstanceOf(UsageError);
  }
});

test("a project's profile that this machine lacks yields to the key of the environment, as in CI", async () => {
  const sources = {
    project: { path: PROJECT, profile: 'staging' },
    env: { WORKTIME_API_KEY: 'wt_env_key_0123456789' },
    config: {},
  };
  expect(await keyOf(sources)).toBe('wt_env_key_0123456789');
  expect(settled(sources).warnings).toEqual([expect.stringContaining('"staging"')]);
});

test('without any key the error says how to log in, how to try, and what CI sets', async () => {
  const error = (await keyOf({ config: {} })) as AuthError;
  expect(error.exit).toBe(4);
  expect(error.lines).toHaveLength(2);
  expect(error.lines.join('\n')).toMatch(/--sandbox employees list[\s\S]*WORKTIME_API_KEY/);
  expect(error.next).toContain('`worktime login`');
});

test('a profile without a key, and no profile in use, say what to do', async () => {
  expect(((await keyOf({ flags: { profile: 'empty' } })) as AuthError).next).toContain(
    'worktime login --profile empty',
  );
  const error = (await keyOf({ config: { profiles: config.profiles ?? {} } })) as AuthError;
  expect(error.next).toContain('worktime profiles use acme');
});

test('the sandbox is a profile: built in, in process, with the aliases of its departments', () => {
  for (const sources of [
    { flags: { sandbox: true } },
    { flags: { profile: 'sandbox' } },
    { env: { WORKTIME_PROFILE: 'sandbox' } },
    { project: { path: PROJECT, profile: 'sandbox' } },
    { config: { profile: 'sandbox' } },
    {
      flags: { sandbox: true },
      env: { WORKTIME_PROFILE: 'acme', WORKTIME_BASE_URL: 'https://acme.example/v1' },
    },
  ]) {
    const { sandbox, baseUrl, key, aliases } = settled(sources);
    expect(sandbox).toBe(true);
    expect(baseUrl.value).toBe('https://sandbox.worktime.invalid/v1');
    expect(key?.value).toEqual({ type: 'literal', key: 'wt_sandbox_full' });
    expect(aliases.department).toMatchObject({ eng: 'dept_eng', hr: 'dept_hr' });
  }
  expect(() => settled({ flags: { sandbox: true, profile: 'acme' } })).toThrow(UsageError);
});

test('the sandbox with an address is a served one', () => {
  const url = 'http://127.0.0.1:4010/v1';
  for (const sources of [
    { flags: { sandbox: true, baseUrl: url } },
    { env: { WORKTIME_PROFILE: 'sandbox', WORKTIME_BASE_URL: url } },
  ]) {
    const { sandbox, baseUrl } = settled(sources);
    expect([sandbox, baseUrl.value]).toEqual([false, url]);
  }
});

test('a real key in the environment that hides the sandbox key is said', () => {
  const env = { WORKTIME_API_KEY: 'wt_live_0123456789' };
  expect(settled({ flags: { sandbox: true }, env }).warnings).toEqual([
    expect.stringContaining('instead of the sandbox'),
  ]);
  expect(
    settled({ flags: { sandbox: true }, env: { WORKTIME_API_KEY: 'wt_sandbox_read' } }).warnings,
  ).toEqual([]);
});

test('aliases of the profile beat those for all, and hostile names find nothing', () => {
  const { aliases } = settled();
  expect({ ...aliases.department }).toEqual({ eng: 'dept_acme', ops: 'dept_ops1' });
  expect(Object.hasOwn(aliases.department, 'constructor')).toBe(false);
  expect(aliases.employee['toString']).toBeUndefined();
});

test('CI means that nobody is asked', () => {
  expect(settled({ env: { CI: 'true' } }).noInput).toBe(true);
  expect(settled({ env: { CI: 'false' } }).noInput).toBe(false);
  expect(settled({ flags: { input: false } }).noInput).toBe(true);
});

test('a stored address that is not one is an error of the file', () => {
  const broken: StoredConfig = { profile: 'x', profiles: { x: { base_url: 'ftp://x', key: 'k' } } };
  expect(() => settled({ config: broken })).toThrow(LocalError);
  expect(() => settled({ config: broken })).toThrow('profiles.x.base_url');
});
