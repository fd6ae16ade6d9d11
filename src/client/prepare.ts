/** From an endpoint and its input to a request. */

import type { Endpoint } from '../api/types.ts';
import { UsageError } from '../errors.ts';
import { checkInput, toJson } from './input.ts';
import type { PreparedRequest, RawRequest } from './options.ts';
import { checkId, checkRawPath, pathSegment, queryString } from './url.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const METHODS: readonly PreparedRequest['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Builds the request of an endpoint. Throws UsageError for a missing or malformed input: see input.ts. */
export function prepareCall<I, O>(
  baseUrl: string,
  endpoint: Endpoint<I, O>,
  input: I,
  userAgent: string,
): PreparedRequest {
  const params = endpoint.params as Readonly<
    Record<string, Endpoint<Record<string, unknown>>['params'][string]>
  >;
  const values = checkInput(endpoint, input);
  const writes = endpoint.method === 'POST' || endpoint.method === 'PUT';
  const query: Record<string, unknown> = {};
  const body: Record<string, unknown> = {};
  let path = endpoint.path;

  for (const [name, param] of Object.entries(params)) {
    const value = values[name];
    if (param.in === 'path') {
      path = path.replace(`:${name}`, () => pathSegment(value, name));
    } else if (param.required && (value === undefined || value === '')) {
      throw new UsageError(`${name} is required`, {
        code: 'missing_value',
        field: name,
        next: `give ${name}`,
      });
    } else if (param.kind === 'id' && value !== undefined && value !== null) {
      checkId(value, name);
    }
  }
  for (const [name, value] of Object.entries(values)) {
    const place = params[name]?.in ?? (writes ? 'body' : 'query');
    if (value === undefined || place === 'path') continue;
    (place === 'body' ? body : query)[name] = value;
  }
  return {
    method: endpoint.method,
    path,
    url: `${baseUrl}${path}${queryString(query)}`,
    headers: {
      accept: values['format'] === 'excel' ? `${XLSX}, application/json` : 'application/json',
      'accept-encoding': 'gzip',
      'user-agent': userAgent,
      ...(writes ? { 'content-type': 'application/json' } : {}),
    },
    ...(writes ? { body: toJson(body) } : {}),
  };
}

/** Builds any request below the base URL. Throws UsageError for a path that leaves it. */
export function prepareRaw(baseUrl: string, raw: RawRequest, userAgent: string): PreparedRequest {
  const { method: asked, path: given } = raw ?? ({} as Partial<RawRequest>);
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
  const more = queryString(raw.query ?? {});
  const search = query === '' || query === '?' ? more : `${query}${more.replace('?', '&')}`;
  const headers: Record<string, string> = {
    accept: 'application/json, */*;q=0.5',
    'accept-encoding': 'gzip',
    'user-agent': userAgent,
    ...(raw.body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  for (const [name, value] of Object.entries(raw.headers ?? {})) {
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
