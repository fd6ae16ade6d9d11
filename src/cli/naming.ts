/** What the API calls a field, as the command line calls it. */

import type { Param } from '../api/types.ts';
import type { AnyCommand, Input } from '../command.ts';
import { RefusedError } from '../errors.ts';
import { argumentUsage, optionKey } from '../reference/names.ts';

/** The word of the command line that sends a field: a flag or an argument; undefined where none does. */
async function wordFor(command: AnyCommand, field: string, given: Input): Promise<string | undefined> {
  const [{ endpoints }, { spelled }] = await Promise.all([
    import('../api/index.ts'),
    import('../commands/params.ts'),
  ]);
  const params = endpoints.find(({ id }) => id === command.endpoint)?.params as
    | Readonly<Record<string, Param>>
    | undefined;
  const param = params && Object.hasOwn(params, field) ? params[field] : undefined;
  if (param === undefined) return undefined;
  const flag = spelled(field, param);
  const option = (command.options ?? []).find(({ name }) => `--${name}` === flag);
  // What came from a file is to be mended there, under the name that it has there.
  if (option) {
    return given['data'] !== undefined && given[optionKey(option.name)] === undefined ? undefined : flag;
  }
  const argument = (command.arguments ?? []).find(
    ({ name, noun }) => name === field || (noun !== undefined && noun === param.noun),
  );
  return argument && argumentUsage({ ...argument, variadic: false });
}

/** The same error with a next step that names the flag or argument instead of the API's field. */
export async function inWordsOf(command: AnyCommand, given: Input, error: unknown): Promise<unknown> {
  if (!(error instanceof RefusedError) || error.field === undefined) return error;
  if (error.next !== `correct ${error.field} and run it again`) return error;
  const word = await wordFor(command, error.field, given);
  if (word === undefined) return error;
  return new RefusedError(error.message, {
    ...error,
    cause: error.cause ?? error,
    next: `correct ${word} and run it again`,
  });
}
