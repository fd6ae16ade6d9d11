/** The whole API as a function of a request: key, budget, route, scope, answer, envelope. */

import type { Scope } from '../api/types.ts';
import { LocalError } from '../errors.ts';
import { KEYS } from './config.ts';
import {
  type Answer,
  ApiError,
  envelope,
  notFound,
  type SandboxRequest,
  type SandboxResponse,
} from './http.ts';
import type { RateLimiter, RateState } from './rate.ts';
import { attendanceRoutes } from './routes/attendance.ts';
import { employeeRoutes } from './routes/employees.ts';
import { lockRoutes } from './routes/locks.ts';
import { organizationRoutes } from './routes/organization.ts';
import { reportRoutes } from './routes/reports.ts';
import type { Route } from './routes/route.ts';
import type { Store } from './store.ts';
import { parseBody } from './validate.ts';

export const routes: readonly Route[] = [
  ...organizationRoutes,
  ...employeeRoutes,
  ...attendanceRoutes,
  ...reportRoutes,
  ...lockRoutes,
];

export const BASE_PATH = '/v1';

export interface AppOptions {
  readonly store: Store;
  readonly rate: RateLimiter;
  /** ms by the virtual clock. */
  readonly now: () => number;
}

export type App = (request: SandboxRequest) => Promise<SandboxResponse>;

const RANK: Readonly<Record<Scope, number>> = { read: 0, write: 1, full: 2 };
const SCOPE_NAMES: Readonly<Record<Scope, string>> = {
  read: 'Read Only',
  write: 'Read/Write',
  full: 'Full Access',
};

export function createApp(options: AppOptions): App {
  const { store, rate, now } = options;

  async function answer(request: SandboxRequest, spend: () => RateState): Promise<Answer> {
    const scope = scopeOf(request.headers.authorization);
    if (!spend().allowed) {
      throw new ApiError(429, 'rate_limit_exceeded', 'The rate limit is used up; wait until the reset time');
    }
    const { path, query } = splitUrl(request.url);
    const { route, id } = match(request.method, path);
    if (RANK[scope] < RANK[route.scope]) {
      throw new ApiError(
        403,
        'forbidden',
        `This needs a ${SCOPE_NAMES[route.scope]} key (scope "${route.scope}"); the key is ${SCOPE_NAMES[scope]}`,
      );
    }
    const world = await store.read();
    const call = { world, store, query, id, body: () => parseBody(request.body) };
    return await route.answer(call);
  }

  return async (request) => {
    let state: RateState | undefined;
    const spend = () => {
      state = rate.take();
      return state;
    };
    let status = 200;
    let result: Answer | undefined;
    let failure: string | undefined;
    try {
      result = await answer(request, spend);
      if ('data' in result) status = result.status ?? 200;
    } catch (error) {
      const known = error instanceof ApiError ? error : faultOf(error);
      status = known.status;
      failure = errorBody(known);
    }
    const headers = baseHeaders(state ?? rate.peek(), now());
    if (status === 401) headers['www-authenticate'] = 'Bearer';
    if (failure !== undefined || !result) return { status, headers, body: failure ?? '' };
    if ('bytes' in result) return { status, headers: { ...headers, ...result.headers }, body: result.bytes };
    return { status, headers, body: bodyOf(result) };
  };
}

let dateSecond = Number.NaN;
let dateText = '';

/** The text is that of a whole second, so it serves every answer within one. */
function httpDate(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateText = new Date(second * 1000).toUTCString();
  }
  return dateText;
}

/** What every answer carries. The reset is `wait` of real time after the answer's own Date, whatever the clock's rate. */
export function baseHeaders(state: RateState, now: number): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    date: httpDate(now),
    'x-ratelimit-limit': String(state.limit),
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-reset': String(Math.ceil((now + state.wait) / 1000)),
  };
}

/** The error envelope. */
export function errorBody({ code, message, field }: ApiError): string {
  return JSON.stringify({
    success: false,
    error: { code, message, ...(field === undefined ? {} : { field }) },
  });
}

/** A fault of ours. A fault of the disk is no answer of the API's: it goes to whoever runs the sandbox. */
function faultOf(error: unknown): ApiError {
  if (error instanceof LocalError) throw error;
  return new ApiError(500, 'server_error', error instanceof Error ? error.message : String(error));
}

function bodyOf(answer: Exclude<Answer, { bytes: Uint8Array }>): SandboxResponse['body'] {
  if ('data' in answer) return envelope(JSON.stringify(answer.data), answer.pagination);
  return typeof answer.json === 'string' ? envelope(answer.json, answer.pagination) : streamed(answer.json);
}

async function* streamed(json: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"success":true,"data":');
  yield* json;
  yield Buffer.from('}');
}

function scopeOf(authorization: string | undefined): Scope {
  const key = /^bearer +(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  if (key === undefined)
    throw new ApiError(401, 'unauthorized', 'The API key is missing: send Authorization: Bearer <key>');
  if (!Object.hasOwn(KEYS, key)) {
    throw new ApiError(
      401,
      'unauthorized',
      `The API key is not valid here: this is a sandbox, and only its own keys work: ${Object.keys(KEYS).join(', ')}`,
    );
  }
  return KEYS[key as keyof typeof KEYS];
}

/** Routes without an ID by method and path. */
const plain = new Map<string, { route: Route; id: string }>();
/** The others by method and number of segments, their paths taken apart once. */
const table = new Map<string, { route: Route; parts: readonly string[]; idAt: number }[]>();
for (const route of routes) {
  if (!route.path.includes(':id')) {
    plain.set(`${route.method} ${BASE_PATH}${route.path}`, { route, id: '' });
    continue;
  }
  const parts = route.path.split('/');
  const key = `${route.method} ${parts.length}`;
  const rows = table.get(key) ?? [];
  rows.push({ route, parts, idAt: parts.indexOf(':id') });
  table.set(key, rows);
}

/** The route of a path, its `:id` decoded. */
function match(method: string, path: string): { route: Route; id: string } {
  const found = plain.get(`${method} ${path}`);
  if (found) return found;
  const given = path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length).split('/') : [];
  for (const { route, parts, idAt } of table.get(`${method} ${given.length}`) ?? []) {
    if (!parts.every((part, at) => at === idAt || part === given[at])) continue;
    const id = decoded(given[idAt] ?? '');
    if (id !== '') return { route, id };
  }
  throw notFound(`There is no endpoint ${method} ${path}`);
}

/** A request's path as it was sent and its query. A URL parser would fold `/../` before anyone has looked. */
export function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const start = url.startsWith('/') ? 0 : Math.max(0, url.indexOf('/', url.indexOf('//') + 2));
  const end = url.indexOf('#') < 0 ? url.length : url.indexOf('#');
  const mark = url.indexOf('?');
  if (mark < 0 || mark > end) return { path: url.slice(start, end), query: NO_QUERY };
  return { path: url.slice(start, mark), query: new URLSearchParams(url.slice(mark + 1, end)) };
}

/** Never written to: routes only read it. */
const NO_QUERY = new URLSearchParams();

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw notFound('The path is not valid');
  }
}
