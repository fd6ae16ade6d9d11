/** From what went wrong on the wire or in an answer to the error that says so, and what to do next. */

import type { Scope } from '../api/types.ts';
import {
  AuthError,
  type ErrorFields,
  InvalidAnswerError,
  RateLimitError,
  RefusedError,
  TemporaryError,
  WorkTimeError,
} from '../errors.ts';
import { advised, BLAMES_ADDRESS, type Sent } from './advice.ts';
import { FOREIGN, TransportError, UNUSABLE } from './transport.ts';
import { isLoopback } from './url.ts';

const SCOPES = { read: 'Read Only', write: 'Read/Write', full: 'Full Access' } as const;

/** Whether a status is a fault of the server's that may pass. */
export function isServerFault(status: number): boolean {
  return status >= 500 || status === 408;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What an envelope's `error` says, as far as it is text. */
export function said(error: unknown): Pick<ErrorFields, 'code' | 'detail' | 'field'> {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Readonly<
    Record<string, unknown>
  >;
  return { code: text(fields['code']), detail: text(fields['message']), field: text(fields['field']) };
}

/** What an answer is judged by: an endpoint; of a raw request the scope that its method needs. */
export interface Asked {
  readonly scope: Scope;
}

/** The error that an answer with this status is. `error` is the envelope's, where there is one. */
export function refusal(status: number, error: unknown, { scope }: Asked): WorkTimeError {
  const fields: ErrorFields = { ...said(error), status };
  const { code } = fields;
  if (status === 401) {
    const next = 'check the key: those that are valid are listed under Settings → API Keys';
    return new AuthError('the API rejected the key', { ...fields, next });
  }
  if (status === 403) {
    const needed = SCOPES[scope];
    return new AuthError(`the key lacks the permission: ${needed} is needed`, {
      ...fields,
      code: code ?? 'forbidden',
      next: `use a key with the scope ${needed}; keys are made under Settings → API Keys`,
    });
  }
  if (status === 429) {
    return new RateLimitError('rate limited', { ...fields, next: 'wait for the reset' });
  }
  if (isServerFault(status)) {
    return new TemporaryError('the API failed', {
      ...fields,
      code: code ?? 'server_error',
      next: 'run it again later',
    });
  }
  if (status === 404) {
    // What to look at depends on what was sent: see advice.ts.
    return new RefusedError('not found', { ...fields, code: code ?? 'not_found' });
  }
  const next = fields.field
    ? `correct ${fields.field} and run it again`
    : 'correct the request and run it again';
  return new RefusedError('the API refused the request', { ...fields, next });
}

/** Whether an error of the wire leaves it certain that nothing was sent. */
export function isUnsent(error: unknown): boolean {
  return (
    error instanceof TransportError &&
    (error.fault === 'unsent' || error.fault === 'dns' || error.fault === 'tls')
  );
}

/** Codes of a TLS handshake that was answered with something else. */
const PLAIN = /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/;

/** No clock and no authority mends that: the address is wrong, or its scheme where it is this machine's. */
function plainNext(url: string): string {
  const { hostname, host } = new URL(url);
  return isLoopback(hostname)
    ? `${BLAMES_ADDRESS}: a server of this machine that has no certificate is http://${host}`
    : `${BLAMES_ADDRESS}, its host and its port; http:// is for this machine alone`;
}

/** The error for a failure of the wire, with its request; any other error gets its request added, and what it says to do. */
export function explain(error: unknown, request: Sent): unknown {
  const where = { method: request.method, path: request.path };
  if (error instanceof WorkTimeError) {
    const told = located(advised(error, request), where);
    return request.wording.whole ? telling(told) : told;
  }
  if (!(error instanceof TransportError)) return error;
  const { host } = new URL(request.url);
  const writes = request.method !== 'GET';
  const absent = (error as { applied?: unknown }).applied === 'no';
  const applied = writes && (absent || isUnsent(error)) ? ({ applied: 'no' } as const) : {};
  const fields = { ...where, ...applied, cause: error };
  const network = 'check the network and the base URL, then run it again';
  switch (error.fault) {
    case 'dns':
      return new TemporaryError(`no such host: ${host}`, { ...fields, code: 'dns', next: network });
    case 'tls':
      return new TemporaryError(`no secure connection to ${host}: ${error.message}`, {
        ...fields,
        code: 'tls',
        next: PLAIN.test(error.code ?? '')
          ? plainNext(request.url)
          : "check this machine's clock and what intercepts its connections; a company's own authority goes into NODE_EXTRA_CA_CERTS",
      });
    case 'timeout':
      return new TemporaryError(error.message, {
        ...fields,
        code: 'timeout',
        next: `run it again, or give it longer with ${request.wording.timeout}`,
      });
    case 'unsent':
      return new TemporaryError(`cannot connect to ${host}: ${error.message}`, {
        ...fields,
        code: 'unreachable',
        next: network,
      });
    case 'broken':
      if (/^(?:HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH)/.test(error.code ?? '')) {
        return new InvalidAnswerError(`${host} does not speak HTTP as it should`, {
          ...fields,
          code: 'invalid_http',
          next: 'check the base URL',
        });
      }
      if (error.code === UNUSABLE) {
        return new InvalidAnswerError(error.message, {
          ...fields,
          code: 'transport_failed',
          next: 'a transport gives { status, headers: a plain object, names in lower case, body: an async iterable of bytes }',
        });
      }
      if (error.code === FOREIGN) {
        return new TemporaryError(error.message, {
          ...fields,
          code: 'transport_failed',
          next: 'see why the function given as transport failed, then run it again',
        });
      }
      return new TemporaryError(`the connection to ${host} broke`, {
        ...fields,
        code: 'connection_broken',
        next: 'run it again',
      });
  }
}

/** The same error, knowing its request. Errors are read-only, so what is missing is defined on it. */
function located(error: WorkTimeError, where: { method: string; path: string }): WorkTimeError {
  if (error.method === undefined && error.exit !== 2) Object.assign(error, where);
  return error;
}

/** The same error, its message ended by what the API says. */
function telling(error: WorkTimeError): WorkTimeError {
  const { message, detail } = error;
  if (detail === undefined || message.includes(detail)) return error;
  const whole = `${message}: ${detail}`;
  return Object.assign(error, { message: whole, stack: error.stack?.replace(message, () => whole) });
}
