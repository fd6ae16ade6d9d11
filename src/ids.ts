import { UsageError } from './errors.ts';

/** The longest ID that anybody would mean. */
const MAX_LENGTH = 200;

/**
 * Checks an ID before it can reach a path: `../x`, an empty one, a control character, `?`, `#` or `%` would lead to
 * another place. Throws UsageError; the ID is shown only as far as it is harmless. `next` says how to find the right one.
 */
export function checkId(
  value: string,
  name: string,
  next = 'give an ID such as emp_123456, or an alias from `worktime config list`',
): string {
  const fault = faultOf(value);
  if (fault) {
    throw new UsageError(`${name}: ${fault}`, { code: 'invalid_id', next });
  }
  return value;
}

/** Whether `checkId` lets it pass. */
export function isId(value: string): boolean {
  return faultOf(value) === undefined;
}

function faultOf(value: string): string | undefined {
  if (value === '') return 'the ID is empty';
  if (value.length > MAX_LENGTH) return `the ID is longer than ${MAX_LENGTH} characters`;
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value)) return 'the ID contains a control character';
  if (/^\.+$/.test(value)) return `"${value}" is not an ID`;
  const bad = /[\s/\\?#%&]/.exec(value);
  if (bad) return `"${value}" is not an ID: it contains "${bad[0]}"`;
  return undefined;
}
