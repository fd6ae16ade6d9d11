import type { AnyEndpoint } from '../../api/types.ts';
import { NO_LIST } from '../../client/envelope.ts';
import type { RawAnswer } from '../../client/options.ts';
import { prepareRaw } from '../../client/prepare.ts';
import { type AnyCommand, type Chunk, command, type Input } from '../../command.ts';
import { InvalidAnswerError, UsageError } from '../../errors.ts';
import type { Session } from '../../session.ts';
import { confirm } from '../confirm.ts';
import { readBytes, readJson } from '../data.ts';
import { requestRow } from '../from-endpoint.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

/** `true`, `null`, `12` and `1.5` as JSON has them, everything else as text. */
function typed(text: string): unknown {
  if (/^(true|false|null|-?(0|[1-9]\d{0,14})(\.\d+)?)$/.test(text)) return JSON.parse(text);
  return text;
}

/** `key=value` words as an object. `-f` values are text; `-F` values are typed, `@file` is a file's content. */
async function fieldsOf(session: Session, input: Input): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  const put = (word: string, flag: string, value: (text: string) => unknown) => {
    const at = word.indexOf('=');
    if (at < 1)
      throw new UsageError(`${flag}: "${word}" is not key=value`, { next: `write ${flag} name=value` });
    fields[word.slice(0, at)] = value(word.slice(at + 1));
  };
  for (const word of (input['field'] as readonly string[] | undefined) ?? []) put(word, '-f', (text) => text);
  for (const word of (input['typedField'] as readonly string[] | undefined) ?? []) {
    const at = word.indexOf('=@');
    const file = at > 0 ? word.slice(at + 2) : undefined;
    const content =
      file === undefined ? undefined : new TextDecoder().decode(await readBytes(session.context, file));
    put(word, '-F', (text) => content ?? typed(text));
  }
  return fields;
}

/** A path below the base URL, split from its query. Anything that could lead to another origin is refused. */
function checkPath(path: string): { path: string; query: Record<string, string> } {
  const next = 'give a path below the base URL, such as /employees?limit=10';
  if (!path.startsWith('/') || path.startsWith('//') || /[\\\p{Cc}\s#]/u.test(path)) {
    const slashed = /^[\w-][\w./?&=-]*$/.test(path) ? `put a slash before it: /${path}` : next;
    throw new UsageError(`PATH: "${path}" is not a path of the API`, { code: 'invalid_path', next: slashed });
  }
  const [before = '', query = ''] = path.split(/\?(.*)/s);
  if (before.split('/').some((part) => /^(\.|%2e){1,2}$/i.test(part))) {
    throw new UsageError(`PATH: "${path}" climbs out of the API`, { code: 'invalid_path', next });
  }
  return { path: before, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** A list that the tool does not know, as an endpoint: its pages are followed like any other's. */
const listAt = (path: string): AnyEndpoint => ({
  id: 'api',
  method: 'GET',
  path,
  scope: 'read',
  summary: '',
  params: {},
  paging: 'if-answered',
  status: 200,
  answer: { shape: 'list', record: { name: 'Row', description: '', fields: {} } },
});

async function* run(session: Session, input: Input): AsyncGenerator<Chunk> {
  const method = input['method'] as Method;
  const { path, query } = checkPath(input['path'] as string);
  const fields = await fieldsOf(session, input);
  const data = typeof input['data'] === 'string' ? await readJson(session.context, input['data']) : undefined;
  const sent = Object.keys(fields).length > 0;
  if (data !== undefined && (method === 'GET' || sent)) {
    throw new UsageError('--data is the whole body of a POST, PUT or PATCH', {
      next: 'leave out -f, -F or --data',
    });
  }
  if (input['paginate'] === true && method !== 'GET') {
    throw new UsageError(`--paginate reads: it goes with GET, and not with ${method}`, {
      code: 'conflicting_flags',
      next: 'leave --paginate out',
    });
  }
  const inQuery = method === 'GET' || method === 'DELETE';
  const body = inQuery ? undefined : (data ?? (sent ? fields : undefined));
  const request = {
    method,
    path,
    query: inQuery ? { ...query, ...(fields as Record<string, string>) } : query,
    ...(body === undefined ? {} : { body }),
  };
  const client = await session.client();
  const { signal } = session.context;
  if (session.settings.dryRun && method !== 'GET') {
    yield requestRow(session, prepareRaw(session.settings.baseUrl.value, request, 'worktime'));
    return;
  }
  if (method === 'DELETE') {
    await confirm(session, async () => `DELETE ${path} of ${await session.organizationName()}?`);
  }
  if (input['paginate'] === true) {
    const rows: unknown[] = [];
    try {
      for await (const page of client.pages(listAt(path), request.query, { signal })) {
        for (const row of page.rows) rows.push(row);
      }
    } catch (error) {
      if (!(error instanceof InvalidAnswerError) || error.code !== NO_LIST) throw error;
      const next = 'leave --paginate out: there are no pages here';
      throw new InvalidAnswerError(error.message, { ...error, next });
    }
    yield { type: 'data', data: { success: true, data: rows } };
    return;
  }
  const answer = await client.request(request, { signal });
  if (input['include'] === true) {
    const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
    yield { type: 'text', text: `HTTP ${answer.status}\n${headers.join('\n')}\n\n` };
  }
  yield answered(answer, path);
}

/** JSON as data, other text as it is, anything else as bytes. */
function answered({ envelope, bytes, headers }: RawAnswer, path: string): Chunk {
  if (envelope !== undefined || bytes.byteLength === 0) return { type: 'data', data: envelope ?? null };
  const text = textOf(bytes);
  if (text !== undefined) return { type: 'text', text };
  const kind = EXTENSIONS.find(([type]) => headers['content-type']?.includes(type))?.[1] ?? 'bin';
  return { type: 'bytes', bytes, name: `${path.split('/').at(-1)}.${kind}`, asItCame: true };
}

const EXTENSIONS = [
  ['spreadsheetml', 'xlsx'],
  ['pdf', 'pdf'],
  ['zip', 'zip'],
] as const;

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

export const commands: readonly AnyCommand[] = [
  command<Input>({
    path: ['api'],
    summary: 'Call any path of the API and print the envelope as it came',
    description:
      'The raw way: for endpoints newer than this tool. GET and DELETE send fields in the query, POST, PUT and PATCH in a JSON body. An answer that is no text goes into a pipe as it came, and at a terminal into a file.',
    arguments: [
      {
        name: 'method',
        kind: 'choice',
        values: METHODS,
        default: 'GET',
        description: 'The HTTP method (default GET)',
      },
      {
        name: 'path',
        kind: 'string',
        complete: 'path',
        required: true,
        description: 'Below the base URL, such as /employees',
      },
    ],
    options: [
      {
        name: 'field',
        short: 'f',
        kind: 'string',
        repeat: true,
        placeholder: 'KEY=VALUE',
        description: 'A field, as text',
      },
      {
        name: 'typed-field',
        short: 'F',
        kind: 'string',
        repeat: true,
        placeholder: 'KEY=VALUE',
        description: 'A field: numbers, true, false and null as such, @file for the content of a file',
      },
      {
        name: 'data',
        kind: 'file',
        placeholder: 'FILE',
        description: 'The whole JSON body, from a file or - for standard input',
      },
      { name: 'paginate', description: 'Every page, joined into one envelope' },
      { name: 'include', short: 'i', description: 'The status and headers before the body' },
    ],
    examples: [
      { command: 'api /organization', description: 'The envelope as it came' },
      { command: 'api GET /employees -f status=active --paginate', description: 'Every page of a list' },
      {
        command: 'api PUT /employees/emp_123456 -F salary=78000 --dry-run',
        description: 'Look at a write first',
      },
    ],
    effect: 'delete',
    output: { kind: 'raw', name: 'answer' },
    run,
  }),
];
