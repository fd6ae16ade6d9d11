/** From an endpoint and its input to a request. */

import type { Endpoint, Param } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { isSlip } from '../nearest.ts';
import { toJson } from './body.ts';
import { checkInput } from './input.ts';
import type { PreparedRequest, RawRequest } from './options.ts';
import { describeStranger, entriesOf, isPlain } from './plain.ts';
import { checkId, checkRawPath, pathSegment, queryString } from './url.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const METHODS: readonly PreparedRequest['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What a raw request is made of, each with the names that other clients have for it. */
const RAW: Readonly<Record<keyof RawRequest, readonly string[]>> = {
  method: ['verb', 'type'],
  path: ['url', 'uri', 'pathname', 'endpoint'],
  query: ['params', 'searchParams', 'qs', 'search'],
  body: ['data', 'json', 'payload', 'form'],
  headers: ['header'],
};

/** A filter as declared: a whole number within its bounds, and true or false only where that is meant. @throws UsageError */
function checkQuery(name: string, value: unknown, { kind, min, max }: Param): void {
  const refuse = (why: string) => new UsageError(`${name} ${why}`, { code: 'invalid_value', field: name });
  if (typeof value === 'boolean' && kind !== 'boolean') throw refuse('is neither text nor a number');
  if (kind !== 'integer' || value === undefined || value === null) return;
  if (!Number.isSafeInteger(value)) throw refuse('must be a whole number');
  const number = Number(value);
  if (min !== undefined && number < min) throw refuse(`must be ${min} or more`);
  if (max !== undefined && number > max) throw refuse(`must be ${max} or less`);
}

/** Builds the request of an endpoint. Throws UsageError for a missing or malformed input, `shown` as there: see input.ts. */
export function prepareCall<I, O>(
  baseUrl: string,
  endpoint: Endpoint<I, O>,
  input: I,
  userAgent: string,
  shown = false,
): PreparedRequest {
  const params = endpoint.params as Readonly<Record<string, Param>>;
  const values = checkInput(endpoint, input, shown);
  const writes = endpoint.method === 'POST' || endpoint.method === 'PUT';
  const query: Record<string, unknown> = {};
  const body: Record<string, unknown> = {};
  let path = endpoint.path;

  for (const [name, param] of Object.entries(params)) {
    const value = values[name];
    if (param.in === 'path') {
      path = path.replace(`:${name}`, () => pathSegment(value, name));
    } else if (param.required && (value === undefined || value === null || value === '')) {
      throw new UsageError(`${name} is required`, {
        code: 'missing_value',
        field: name,
        next: `give ${name}`,
      });
    } else if (param.kind === 'id' && value !== undefined && value !== null) {
      checkId(value, name);
    }
    if (param.in === 'query') checkQuery(name, value, param);
  }
  for (const [name, value] of Object.entries(values)) {
    const place = params[name]?.in ?? (writes ? 'body' : 'query');
    if (value === undefined || place === 'path') continue;
    (place === 'body' ? body : query)[name] = value;
  }
  return {
    method: endpoint.method,
    path,
    url: `${baseUrl}${path}${queryString(Object.entries(query))}`,
    headers: {
      accept: values['format'] === 'excel' ? `${XLSX}, application/json` : 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': userAgent,
      ...(writes ? { 'content-type': 'application/json' } : {}),
    },
    ...(writes ? { body: toJson(body) } : {}),
  };
}

/** A field by another client's name would be left out: of a filter, and everybody is listed. @throws UsageError */
function checkRaw(raw: unknown): Partial<RawRequest> {
  if (raw === undefined || raw === null) return {};
  const example = "write request({ method: 'GET', path: '/employees', query: { limit: 1 } })";
  if (!isPlain(raw)) {
    const { what } = describeStranger(raw);
    const message = `request takes an object of fields, and this is ${what}`;
    throw new UsageError(message, { code: 'invalid_input', next: example });
  }
  const known = Object.keys(RAW) as (keyof RawRequest)[];
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || Object.hasOwn(RAW, name)) continue;
    const meant = known.find((each) => isSlip(name, each) || RAW[each].some((other) => isSlip(name, other)));
    throw new UsageError(`request has no field "${name}"`, {
      code: 'unknown_field',
      field: name,
      next:
        meant !== undefined
          ? `write ${meant}`
          : name === 'signal'
            ? 'give { signal } behind the request'
            : `leave it out; there are ${known.join(', ')}`,
    });
  }
  return raw as Partial<RawRequest>;
}

/** Builds any request below the base URL. Throws UsageError for a path that leaves it. */
export function prepareRaw(baseUrl: string, raw: RawRequest, userAgent: string): PreparedRequest {
  const { method: asked, path: given } = checkRaw(raw);
  const method = METHODS.find((each) => each === String(asked).toUpperCase());
  if (method === undefined) {
    throw new UsageError(`method must be one of ${METHODS.join(', ')}`, {
      code: 'invalid_method',
      field: 'method',
    });
  }
  if (typeof given !== 'string') {
    throw new UsageError('path must be text', {
      code: 'invalid_path',
      field: 'path',
      next: 'give a path such as /employees?limit=1',
    });
  }
  const { path, query } = checkRawPath(given);
  const more = queryString(entriesOf(raw.query, 'query'));
  const search = query === '' || query === '?' ? more : `${query}${more.replace('?', '&')}`;
  const headers: Record<string, string> = {
    accept: 'application/json, */*;q=0.5',
    'accept-encoding': 'gzip',
    'user-agent': userAgent,
    ...(raw.body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  for (const [name, value] of entriesOf(raw.headers, 'headers')) {
    const key = name.toLowerCase();
    if (
      !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(key) ||
      typeof value !== 'string' ||
      /[^\t\x20-\x7e]/.test(value)
    ) {
      throw new UsageError('a header has a character that does not belong there', { code: 'invalid_header' });
    }
    if (
      key === 'authorization' ||
      key === 'host' ||
      key === 'content-length' ||
      key === 'transfer-encoding'
    ) {
      throw new UsageError(`the header ${key} is the client's own`, { code: 'invalid_header' });
    }
    headers[key] = value;
  }
  return {
    method,
    path,
    url: `${baseUrl}${path}${search}`,
    headers,
    ...(raw.body === undefined ? {} : { body: typeof raw.body === 'string' ? raw.body : toJson(raw.body) }),
  };
}
