import { expect, test } from 'vitest';
import { profileFor } from '../../src/config/profiles.ts';

test('the profile that leads to an organization is one of its address, and of it before one of which that is not known', () => {
  const vendor = 'https://api.worktime.one/v1';
  const config = {
    profiles: {
      blank: { base_url: vendor },
      one: { organization: { id: 'org_1' } },
      two: { base_url: vendor, organization: { id: 'org_2' } },
      broken: { base_url: 'nowhere' },
    },
  };
  expect(profileFor(config, vendor, 'org_2')).toBe('two');
  expect(profileFor(config, vendor, 'org_1')).toBe('one');
  expect(profileFor(config, vendor, 'org_3')).toBe('blank');
  expect(profileFor(config, 'https://elsewhere.example/v1', 'org_1')).toBeUndefined();
  expect(profileFor({}, 'https://sandbox.worktime.invalid/v1', 'org_123456')).toBe('sandbox');
});
