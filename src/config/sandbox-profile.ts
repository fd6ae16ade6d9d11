import type { StoredProfile } from './stored.ts';

/** The name of the profile that is built in. */
export const SANDBOX = 'sandbox';

/** No such host can exist: requests to it are answered in process, or not at all. */
export const SANDBOX_URL = 'https://sandbox.worktime.invalid/v1';

/** The embedded sandbox as a profile. Its key is no secret. */
export const sandboxProfile: StoredProfile = {
  base_url: SANDBOX_URL,
  key: 'wt_sandbox_full',
  organization: { id: 'org_123456', name: 'Acme Corporation' },
  aliases: {
    department: { eng: 'dept_eng', mkt: 'dept_mkt', ops: 'dept_ops', fin: 'dept_fin', hr: 'dept_hr' },
  },
};

const SCOPES: Readonly<Record<string, string>> = {
  wt_sandbox_read: 'Read Only',
  wt_sandbox_write: 'Read/Write',
  wt_sandbox_full: 'Full Access',
};

/** The scope of a sandbox's key, in the words of the web account; undefined for any other: the API names none. */
export function sandboxScope(key: string): string | undefined {
  return Object.hasOwn(SCOPES, key) ? SCOPES[key] : undefined;
}
