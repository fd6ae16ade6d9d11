/** The plain commands: an endpoint's declaration as a command. */

import type { AnyEndpoint, Noun } from '../api/types.ts';
import type { PreparedRequest } from '../client/options.ts';
import { columnsOf } from '../columns.ts';
import {
  type AnyCommand,
  type Chunk,
  type Command,
  command,
  type Input,
  type OutputSpec,
} from '../command.ts';
import { describeKey } from '../config/key.ts';
import { UsageError } from '../errors.ts';
import type { Session } from '../session.ts';
import { checkBody } from './body.ts';
import { list } from './list.ts';
import { argumentsOf, flagsOf, missing, valuesFor } from './params.ts';

export interface Overrides extends Partial<Omit<Command, 'endpoint'>> {
  /** Said on stderr when a list comes back empty. */
  readonly whenEmpty?: (session: Session, input: Input) => Promise<void>;
}

/** `AttendanceRecord` as `attendance records`. */
const pluralOf = (record: string) =>
  `${record.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()}s`;

/** The output of an endpoint's answer. */
export function outputOf(endpoint: AnyEndpoint): OutputSpec {
  const kind = endpoint.answer.shape === 'list' ? 'rows' : endpoint.answer.shape;
  const [noun = '', verb = ''] = endpoint.id.split('.');
  return {
    kind,
    name: kind === 'report' ? verb : noun,
    columns: columnsOf(endpoint.answer.record),
    ...(kind === 'rows' ? { plural: pluralOf(endpoint.answer.record.name) } : {}),
    ...(endpoint.answer.rows === undefined ? {} : { rowsAt: endpoint.answer.rows, idField: 'employee_id' }),
  };
}

/** A request as `--dry-run` shows it. The key is neither fetched nor shown. */
export function requestRow(session: Session, prepared: PreparedRequest): Chunk {
  const { method, url, body } = prepared;
  const { key } = session.settings;
  const shown = key ? describeKey(key.value) : '(no key)';
  return {
    type: 'data',
    data: {
      method,
      url,
      ...(body === undefined ? {} : { body: JSON.parse(body) }),
      authorization: `Bearer ${shown}`,
    },
  };
}

/** The request of a write as `--dry-run` shows it; nothing is sent. */
export async function* dryRun(
  session: Session,
  endpoint: AnyEndpoint,
  values: Readonly<Record<string, unknown>>,
): AsyncGenerator<Chunk> {
  yield requestRow(session, (await session.client()).prepare(endpoint, values));
}

/**
 * What a command line says of an endpoint: flags, over the body of `--data`. Throws UsageError for what is missing or
 * cannot be.
 */
export async function gather(
  session: Session,
  endpoint: AnyEndpoint,
  input: Input,
): Promise<Record<string, unknown>> {
  const flags = valuesFor(endpoint, input);
  let values = flags;
  if (typeof input['data'] === 'string') {
    const { readObject } = await import('./data.ts');
    const body = await readObject(session.context, input['data']);
    checkBody(endpoint, body, '--data');
    values = { ...body, ...flags };
  }
  const lacking = missing(endpoint, values);
  if (lacking.length > 0) {
    const wholePeriod = lacking.includes('--from') && lacking.includes('--to');
    throw new UsageError(`${endpoint.id.replace('.', ' ')} needs ${lacking.join(' and ')}`, {
      code: 'missing_value',
      next: `add ${lacking.join(' and ')}${wholePeriod ? ', or --month last-month' : ''}; see \`worktime ${endpoint.id.replace('.', ' ')} --help\``,
    });
  }
  return values;
}

/** `--from` after `--to`, or `--month` beside them. Throws UsageError. */
export function checkPeriod(input: Input): void {
  const { from, to, month } = input as { from?: string; to?: string; month?: unknown };
  if (month !== undefined && (from !== undefined || to !== undefined)) {
    throw new UsageError('--month already says --from and --to', {
      code: 'invalid_period',
      next: 'give one or the other',
    });
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new UsageError(`--from ${from} lies after --to ${to}`, {
      code: 'invalid_period',
      next: 'swap the two',
    });
  }
}

/** Calls an endpoint and gives back the data of its answer. */
export async function send(
  session: Session,
  endpoint: AnyEndpoint,
  values: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const client = await session.client();
  return (await client.call(endpoint, values, { signal: session.context.signal })).data;
}

/**
 * For `whenEmpty`: warns of a name that was sent as an ID, for it is no alias. The API may find nothing for it rather than
 * refuse it, and a script must not take that for an answer unsaid. @returns whether there was one
 */
export async function sentAsId(session: Session, input: Input, nouns: readonly Noun[]): Promise<boolean> {
  const { findIt, isName } = await import('../lookup.ts');
  for (const noun of nouns) {
    const id = input[noun];
    if (typeof id !== 'string' || !isName(id)) continue;
    if (Object.values(session.settings.aliases[noun]).includes(id)) continue;
    const next = findIt(noun, id, input, session.context.runtime.platform);
    session.report.warn(
      `"${id}" was sent as the ID of ${noun === 'employee' ? 'an' : 'a'} ${noun}, as there is no such alias; ${next}`,
    );
    return true;
  }
  return false;
}

/** Makes the command of an endpoint. What differs from the plain one is overridden. */
export function fromEndpoint(endpoint: AnyEndpoint, overrides: Overrides = {}): AnyCommand {
  const { whenEmpty, ...rest } = overrides;
  const output = rest.output ?? outputOf(endpoint);
  const isList = endpoint.answer.shape === 'list';
  const writes = endpoint.method !== 'GET';
  return command<Input>({
    path: endpoint.id.split('.'),
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    arguments: argumentsOf(endpoint),
    options: [
      ...flagsOf(endpoint),
      ...(isList && endpoint.paging ? [{ name: 'all', description: 'Every page, streamed' }] : []),
    ],
    endpoint: endpoint.id,
    effect: !writes ? 'read' : endpoint.method === 'DELETE' ? 'delete' : 'write',
    output,
    check: (input) => {
      checkPeriod(input);
      if (input['all'] && input['page'] !== undefined) {
        throw new UsageError('--all and --page do not go together', {
          code: 'usage',
          next: 'give one of them',
        });
      }
    },
    async *run(session, input) {
      const values = await gather(session, endpoint, input);
      if (writes && session.settings.dryRun) {
        yield* dryRun(session, endpoint, values);
      } else if (isList) {
        let found = 0;
        let available = 0;
        for await (const chunk of list(session, endpoint, values, {
          all: input['all'] === true,
          unit: output.plural ?? output.name,
          sorted: input['sort'] !== undefined,
        })) {
          if (chunk.type === 'rows') {
            found += chunk.rows.length;
            available = chunk.total ?? 0;
          }
          yield chunk;
        }
        if (found === 0 && available === 0) await whenEmpty?.(session, input);
      } else {
        yield { type: 'data', data: await send(session, endpoint, values) };
      }
    },
    ...rest,
  });
}
