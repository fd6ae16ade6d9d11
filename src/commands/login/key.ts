/** How the key that a login is about is come by: typed, piped in, or printed by a program. */

import { checkKey } from '../../client/auth.ts';
import { DEFAULT_BASE_URL } from '../../client/url.ts';
import type { Input } from '../../command.ts';
import { KEY_VARIABLE, runKeyCommand } from '../../config/key.ts';
import type { KeySource } from '../../config/settings.ts';
import type { Context } from '../../context.ts';
import { AuthError, UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { splitWords } from '../../shell.ts';
import { passes } from '../answers.ts';

/** No key is longer than this. */
const MAX_KEY = 64 * 1024;

export interface GivenKey {
  readonly value: Exclude<KeySource, { type: 'withheld' }>;
  readonly key: string;
}

export const asksKey = (session: Session, input: Input): boolean =>
  session.interactive && input['keyCommand'] === undefined && !input['keyStdin'];

/** Gets a key for an address, which is named where it is not the vendor's: whoever types one sees where it goes. */
export async function getKey(session: Session, input: Input, baseUrl: string): Promise<GivenKey> {
  const { context } = session;
  const line = input['keyCommand'];
  if (typeof line === 'string') {
    const command = splitWords(line);
    return { value: { type: 'command', command }, key: await runKeyCommand(command, context) };
  }
  let key: string;
  if (input['keyStdin']) key = await readKey(context);
  else if (asksKey(session, input)) {
    const where = baseUrl === DEFAULT_BASE_URL ? '(Settings → API Keys)' : `for ${new URL(baseUrl).host}`;
    const prompts = await context.prompts();
    key = (await prompts.password({ message: `API key ${where}`, validate: keyFault })).trim();
  } else {
    throw new UsageError('login needs the key, and nobody can be asked here', {
      code: 'missing_key',
      next: `pipe it in with --key-stdin, name a --key-command, or set ${KEY_VARIABLE} and do without a login`,
    });
  }
  return { value: { type: 'literal', key }, key: checkKey(key) };
}

/** A file's last line end is not part of the key. */
async function readKey(context: Context): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of context.stdin.bytes()) {
    size += chunk.length;
    if (size > MAX_KEY)
      throw new UsageError('standard input holds more than a key', { next: 'pipe in the key alone' });
    chunks.push(chunk);
  }
  const key = Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/\r?\n$/, '');
  if (key !== '') return key;
  throw new AuthError('standard input was empty: there was no key in it', {
    code: 'missing_key',
    next: 'pipe the key in, such as `worktime login --key-stdin < key.txt`',
  });
}

function keyFault(key: string): true | string {
  return key.trim() === '' ? 'paste the key, or press Ctrl-C' : passes(() => checkKey(key.trim()));
}
