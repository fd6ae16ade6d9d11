/** The envelope: what an answer says, or why it is none. A field that nobody knows never makes it fail. */

import type { AnyEndpoint, Pagination } from '../api/types.ts';
import { InvalidAnswerError } from '../errors.ts';
import type { Received } from './exchange.ts';
import { type Asked, refusal, said } from './failure.ts';
import { costsTooMuch, isTooDeep } from './nesting.ts';

const invalid = (status: number, why: string, code = 'invalid_answer') =>
  new InvalidAnswerError(`the answer ${why}`, {
    code,
    status,
    next: 'check the base URL: this is not how the WorkTime One API answers',
  });

/** The code of an answer that was to be a list. */
export const NO_LIST = 'no_list';

type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a body is JSON by its declared type or its first byte. */
function looksLikeJson({ headers, bytes }: Received): boolean {
  if (/\bjson\b/i.test(headers['content-type'] ?? '')) return true;
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  return start.startsWith('{') || start.startsWith('[');
}

/** Whether a body is a workbook: a zip by its first bytes, and not HTML under a wrong name. */
function isWorkbook({ bytes }: Received): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** The JSON of an answer. Throws InvalidAnswerError for what is empty, HTML, not UTF-8, cut or nested without end. */
export function parseJson(received: Received): unknown {
  const { status, bytes, headers } = received;
  if (bytes.byteLength === 0) throw invalid(status, 'is empty');
  if (costsTooMuch(bytes)) throw invalid(status, 'is nested too deeply, or in too many pieces');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid(status, 'is not UTF-8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const html = /html/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html)/i.test(text);
    throw invalid(status, html ? 'is a web page, not JSON' : 'is not JSON');
  }
  if (typeof value === 'object' && value !== null && isTooDeep(value)) {
    throw invalid(status, 'is nested too deeply');
  }
  return value;
}

/** What an answer's body says: its JSON when it is JSON. */
export function readBody(received: Received): unknown {
  return looksLikeJson(received) ? parseJson(received) : undefined;
}

/** `data` of an envelope; undefined when it is none. */
export function dataOf(envelope: unknown): unknown {
  return isObject(envelope) ? envelope['data'] : undefined;
}

/** What the API itself says of an error, where its answer can be read. */
export function saidBy(received: Received): ReturnType<typeof said> {
  try {
    const envelope = readBody(received);
    return said(isObject(envelope) ? envelope['error'] : undefined);
  } catch {
    return said(undefined);
  }
}

/** The error that an answer is, if it is one. */
export function errorOf(received: Received, envelope: unknown, asked: Asked): Error | undefined {
  const { status } = received;
  const failed = isObject(envelope) && envelope['success'] === false;
  if (status >= 200 && status < 300 && !failed) return undefined;
  return refusal(status, isObject(envelope) ? envelope['error'] : undefined, asked);
}

/** `data` and `pagination` of an answer, in the shape the endpoint declares. */
export interface Content {
  readonly data: unknown;
  readonly pagination?: Pagination;
  readonly bytes?: Uint8Array;
}

/** Decodes a success. Throws the error that the answer is, or InvalidAnswerError when it is no envelope. */
export function readContent(endpoint: AnyEndpoint, received: Received): Content {
  const { status } = received;
  const success = status >= 200 && status < 300;
  if (success && endpoint.answer.shape === 'report' && isWorkbook(received)) {
    return { data: undefined, bytes: received.bytes };
  }
  if (success && endpoint.method === 'DELETE' && received.bytes.byteLength === 0) return { data: {} };
  let envelope: unknown;
  try {
    envelope = parseJson(received);
  } catch (error) {
    // A proxy answers 401 or 502 in HTML: the status says more than the page.
    throw status >= 500 || status === 401 || status === 403 || status === 408 || status === 429
      ? refusal(status, undefined, endpoint)
      : error;
  }
  const failure = errorOf(received, envelope, endpoint);
  if (failure) throw failure;
  if (!isObject(envelope) || envelope['success'] !== true)
    throw invalid(status, 'is no WorkTime One envelope');
  return {
    data: shaped(endpoint, envelope['data'], status),
    ...paginationOf(envelope['pagination'], status),
  };
}

function shaped(endpoint: AnyEndpoint, data: unknown, status: number): unknown {
  switch (endpoint.answer.shape) {
    case 'list': {
      const rows = findRows(data);
      if (!rows) throw invalid(status, 'has no list in it', NO_LIST);
      if (!rows.every(isObject)) throw invalid(status, 'has a row that is no record');
      return rows;
    }
    case 'record':
      if (isObject(data)) return data;
      // The reference does not show what a delete answers.
      if (endpoint.method === 'DELETE') return {};
      throw invalid(status, 'has no record in it');
    case 'report':
      if (data === undefined || data === null) throw invalid(status, 'has no data in it');
      return data;
  }
}

/** The rows of a list: the array itself, or the one array inside an object. */
function findRows(data: unknown): readonly unknown[] | undefined {
  if (Array.isArray(data)) return data;
  if (!isObject(data)) return undefined;
  const arrays = Object.values(data).filter((value) => Array.isArray(value));
  return arrays.length === 1 ? arrays[0] : undefined;
}

/** `pagination` where the answer has it. One that makes no sense is refused: a list would end early and nobody would know. */
function paginationOf(value: unknown, status: number): { pagination: Pagination } | undefined {
  if (value === undefined || value === null) return undefined;
  const { page, limit, total } = isObject(value) ? value : {};
  const whole = (n: unknown, least: number): n is number => Number.isSafeInteger(n) && Number(n) >= least;
  if (!whole(page, 0) || !whole(limit, 1) || !whole(total, 0)) {
    throw invalid(status, 'has a pagination that makes no sense');
  }
  return { pagination: { page, limit, total } };
}
