/** What the API calls a field, as the command line calls it. */

import type { AnyEndpoint, Param } from '../api/types.ts';
import { BLAMES_ADDRESS } from '../client/advice.ts';
import type { AnyCommand, Argument, Input } from '../command.ts';
import { LOOK_UP, RefusedError, UsageError, WorkTimeError } from '../errors.ts';
import { argumentUsage, optionKey } from '../reference/names.ts';
import { quoted } from '../shell.ts';

type Params = Readonly<Record<string, Param>>;

/** The endpoint of a command, where it has one. */
async function endpointOf(command: AnyCommand): Promise<AnyEndpoint | undefined> {
  const { endpoints } = await import('../api/index.ts');
  return endpoints.find(({ id }) => id === command.endpoint);
}

/** The argument that sends a field. */
function argumentFor(command: AnyCommand, field: string, param: Param): Argument | undefined {
  return (command.arguments ?? []).find(
    ({ name, noun }) => name === field || (noun !== undefined && noun === param.noun),
  );
}

/** The word of the command line that sends a field: a flag or an argument; undefined where none does. */
async function wordFor(
  command: AnyCommand,
  field: string,
  param: Param,
  given: Input,
): Promise<string | undefined> {
  const { spelled } = await import('../commands/params.ts');
  const flag = spelled(field, param);
  const option = (command.options ?? []).find(({ name }) => `--${name}` === flag);
  // What came from a file is to be mended there, under the name that it has there.
  if (option) {
    return given['data'] !== undefined && given[optionKey(option.name)] === undefined ? undefined : flag;
  }
  const argument = argumentFor(command, field, param);
  return argument && argumentUsage({ ...argument, required: true, variadic: false });
}

/** The same by the field's name alone. */
async function wordOf(command: AnyCommand, field: string, given: Input): Promise<string | undefined> {
  const params = ((await endpointOf(command))?.params ?? {}) as Params;
  const param = Object.hasOwn(params, field) ? params[field] : undefined;
  return param && wordFor(command, field, param, given);
}

/** What stood in a path where `:id` stands in the endpoint's. */
function idIn(path: string | undefined, endpoint: AnyEndpoint): string | undefined {
  const at = endpoint.path.split('/').findIndex((part) => part.startsWith(':'));
  const part = at < 0 ? undefined : path?.split('/')[at];
  return part === undefined ? undefined : decodeURIComponent(part);
}

/** What to do where something is not there: the command that finds the ID of what was meant. */
async function findInstead(
  command: AnyCommand,
  endpoint: AnyEndpoint,
  given: Input,
  error: RefusedError,
  platform: string,
): Promise<string | undefined> {
  const [{ findCommand, findIt, isName }, { valuesFor }] = await Promise.all([
    import('../lookup.ts'),
    import('../commands/params.ts'),
  ]);
  const values = valuesFor(endpoint, given);
  const sent = (name: string, param: Param) =>
    param.in === 'path'
      ? idIn(error.path, endpoint)
      : (values[name] ?? given[argumentFor(command, name, param)?.name ?? '']);
  const all = Object.entries(endpoint.params as Params);
  const named = all.filter(([name]) => name === error.field);
  const ids = all.filter(([name, param]) => param.kind === 'id' && sent(name, param) !== undefined);
  // Where the API does not say which, one alone is meant.
  const [found, other] = error.field === undefined ? ids : named;
  const [name, param] = found ?? [];
  if (name === undefined || param?.noun === undefined || other !== undefined) return undefined;
  const value = sent(name, param);
  const text = typeof value === 'string' ? value : '';
  if (isName(text)) return findIt(param.noun, text, given, platform);
  const word = (await wordFor(command, name, param, given)) ?? name;
  const list = findCommand(param.noun, text, given, platform);
  return `check ${word} with ${list}, and that the key belongs to the organization that you mean`;
}

/** The command that shows what a write may have left; undefined where none is known. */
async function lookingUp(
  { endpoint: id }: AnyCommand,
  endpoint: AnyEndpoint,
  given: Input,
  path: string | undefined,
  platform: string,
): Promise<string | undefined> {
  const { connection, findCommand } = await import('../lookup.ts');
  const word = (value: unknown) => quoted(String(value), platform.startsWith('win32'));
  const flags = connection(given, platform);
  if (id === 'employees.create')
    return findCommand('employee', String(given['email'] ?? ''), given, platform);
  if (id === 'attendance.clock') {
    return `\`worktime attendance list --employee ${word(given['employee'])}${flags}\``;
  }
  const employee = idIn(path, endpoint);
  return employee && `\`worktime employees get ${word(employee)}${flags}\``;
}

/**
 * The same error with a next step in the words of the command line: the flag or argument instead of the API's field,
 * and where something is not there, the command that finds it.
 */
export async function inWordsOf(
  command: AnyCommand,
  given: Input,
  error: unknown,
  platform: string,
): Promise<unknown> {
  if (error instanceof WorkTimeError && error.next === LOOK_UP) {
    const endpoint = await endpointOf(command);
    const look = endpoint && (await lookingUp(command, endpoint, given, error.path, platform));
    return look === undefined ? error : Object.assign(error, { next: `${LOOK_UP}: ${look}` });
  }
  if (error instanceof UsageError && error.field !== undefined && error.next === `give ${error.field}`) {
    const word = await wordOf(command, error.field, given);
    return word === undefined ? error : Object.assign(error, { next: `give ${word}` });
  }
  if (!(error instanceof RefusedError)) return error;
  const { field, status } = error;
  const corrects = field !== undefined && error.next === `correct ${field} and run it again`;
  if (!corrects && (status !== 404 || error.next?.startsWith(BLAMES_ADDRESS))) return error;
  const endpoint = await endpointOf(command);
  if (endpoint === undefined) return error;
  let next: string | undefined;
  if (status === 404) next = await findInstead(command, endpoint, given, error, platform);
  else if (field !== undefined) {
    const [{ findIt, isName }, { valuesFor }] = await Promise.all([
      import('../lookup.ts'),
      import('../commands/params.ts'),
    ]);
    const params = endpoint.params as Params;
    const param = Object.hasOwn(params, field) ? params[field] : undefined;
    const word = param && (await wordFor(command, field, param, given));
    const value = valuesFor(endpoint, given)[field];
    // A name where an ID belongs can be found.
    const found =
      param?.noun !== undefined && typeof value === 'string' && isName(value)
        ? findIt(param.noun, value, given, platform)
        : undefined;
    next = word && (found === undefined ? `correct ${word} and run it again` : `correct ${word}: ${found}`);
  }
  if (next === undefined) return error;
  return new RefusedError(error.message, { ...error, cause: error.cause ?? error, next });
}
