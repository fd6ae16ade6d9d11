/** The key: where it comes from and how it is shown. No message ever holds it. */

import type { KeyOrigin } from '../client/advice.ts';
import { checkKey } from '../client/auth.ts';
import type { Context } from '../context.ts';
import { AuthError, LocalError, UsageError } from '../errors.ts';
import { SANDBOX, sandboxScope } from './sandbox-profile.ts';
import type { KeySource, Sourced } from './settings.ts';
import { isKeyLike } from './stored.ts';

/** A password manager may ask for a passphrase: this long it may take, in ms. */
const COMMAND_TIMEOUT = 120_000;

/** The name of the variable that passes a key. */
export const KEY_VARIABLE = 'WORKTIME_API_KEY';

/**
 * The key to send, its shape checked.
 * @throws AuthError when there is none or it is no key; UsageError when it must not go where the request goes
 */
export async function resolveKey(
  source: Sourced<KeySource> | undefined,
  context: Pick<Context, 'env' | 'run'>,
): Promise<string> {
  if (source === undefined) throw noKey(context.env);
  const from = source.value;
  if (from.type === 'literal') return checkFrom(from.key, source.source);
  if (from.type === 'command') return runKeyCommand(from.command, context);
  const fields = { code: from.code, next: from.next };
  throw from.fault === 'usage' ? new UsageError(from.why, fields) : new AuthError(from.why, fields);
}

/** Runs a key command and takes the first line that it prints. @throws AuthError that names the program alone */
export async function runKeyCommand(
  command: readonly string[],
  context: Pick<Context, 'env' | 'run'>,
): Promise<string> {
  const program = command[0] ?? '';
  if (isKeyLike(program)) throw keyAsCommand();
  const { [KEY_VARIABLE]: _, ...env } = context.env;
  const result = await context
    .run(command, {
      env,
      mayHoldKeys: true,
      timeout: COMMAND_TIMEOUT,
      inheritStderr: true,
    })
    .catch((error: unknown) => {
      const absent = error instanceof LocalError && error.code === 'cannot_start';
      throw absent && command.length === 1 && KEY_ALPHABET.test(program) ? keyAsCommand() : error;
    });
  const next = `run it yourself (${program} …) and see that it prints the key`;
  if (result.exitCode !== 0) {
    const why = `the key command ${program} failed with exit code ${result.exitCode}`;
    throw new AuthError(why, { code: 'key_command_failed', next });
  }
  const [line = ''] = result.stdout.split(/\r?\n/, 1);
  if (line.trim() === '') {
    throw new AuthError(`the key command ${program} printed nothing`, { code: 'key_command_failed', next });
  }
  return checkFrom(line, `the key command ${program}`);
}

/** Of a program that is not there: what may be a key, and not a name or a path. */
const KEY_ALPHABET = /^[\w+=-]{16,}$/;

function keyAsCommand(): UsageError {
  return new UsageError('the key command looks like a key, and not like a program that prints one', {
    code: 'invalid_key_command',
    next: 'name a program, such as "pass show worktime"; a key that was typed into a command line is in the history of the shell: delete it under Settings → API Keys',
  });
}

/** A key as it may be shown: `wt_…abcd`; a short one shows nothing of itself. */
export function maskKey(key: string): string {
  const visible = key.replace(/[^\x21-\x7e]/g, '?');
  const prefix = visible.startsWith('wt_') ? 'wt_' : '';
  return visible.length - prefix.length >= 12 ? `${prefix}…${visible.slice(-4)}` : `${prefix}…`;
}

/** The program that prints a key; masked where somebody wrote the key itself in its place. */
function programOf({ command: [program = ''] }: Extract<KeySource, { type: 'command' }>): string {
  return isKeyLike(program) ? maskKey(program) : program;
}

/** How a key is named without being run or shown: masked, or the program that prints it. */
export function describeKey(source: KeySource): string {
  if (source.type === 'literal') return maskKey(source.key);
  if (source.type === 'command') return `printed by ${programOf(source)}`;
  return `not used: ${source.why}`;
}

/** What a key may do, as far as that is known: no answer of the API tells it. null: there is no key. */
export function describeScope(source: KeySource | undefined): string | null {
  if (source === undefined || source.type === 'withheld') return null;
  if (source.type === 'command')
    return `unknown (${programOf(source) || 'its program'} is run for requests alone)`;
  return sandboxScope(source.key) ?? 'unknown (only a write would tell)';
}

/** Whose key it is, in the words of a refusal, and what helps: a login does not reach a key that beats a profile's. */
export function originOf({ value, source }: Sourced<KeySource>): KeyOrigin | undefined {
  if (source === KEY_VARIABLE) {
    const next = `put a valid key into ${KEY_VARIABLE}, or unset it: it comes before the key of any profile`;
    return { whose: `in ${KEY_VARIABLE}`, next };
  }
  const [, name] = /^profile (.*)$/.exec(source) ?? [];
  if (name === undefined) return undefined;
  if (name === SANDBOX) {
    return { whose: 'of the sandbox', next: 'check the base URL: that key opens a sandbox alone' };
  }
  if (value.type === 'command') {
    const program = programOf(value);
    const next = `see that ${program} prints a key that is listed under Settings → API Keys`;
    return { whose: `that ${program} prints for ${source}`, next };
  }
  return { whose: `of ${source}`, next: `log in with another key: worktime login --profile ${name}` };
}

function checkFrom(key: string, source: string): string {
  try {
    return checkKey(key);
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    const { code, next } = error;
    throw new AuthError(`${error.message} (from ${source})`, { code, next });
  }
}

/** Variables that are likely to hold the key under another name, as in a script that was written by heart. */
const MISNAMED = /^W(?:ORK_?TIME|T)_.*(?:KEY|TOKEN)$/i;

/** Those that are set. */
export function misnamedKeys(env: Context['env']): readonly string[] {
  return Object.keys(env).filter((name) => name !== KEY_VARIABLE && MISNAMED.test(name) && env[name]);
}

function noKey(env: Context['env']): AuthError {
  const empty = env[KEY_VARIABLE] === '' ? [`${KEY_VARIABLE} is set, but empty.`] : [];
  const misnamed = misnamedKeys(env).map(
    (name) => `${name} is set, but is not read: the key goes into ${KEY_VARIABLE}.`,
  );
  return new AuthError('there is no API key yet', {
    code: 'missing_key',
    lines: [
      ...empty,
      ...misnamed,
      'Try it first:     worktime --sandbox employees list  (no account, no network)',
      `In CI or scripts: set ${KEY_VARIABLE}`,
    ],
    next: 'log in with `worktime login`',
  });
}
