/** What to do about a refusal where the answer alone does not tell: it depends on the key, the address and the IDs that were sent. */

import type { Param } from '../api/types.ts';
import { AuthError, RefusedError, type WorkTimeError } from '../errors.ts';
import { VERSION, withVersion } from './url.ts';

/** Whose key is sent, as the words after `the API rejected the key`, and what helps when it is rejected. */
export interface KeyOrigin {
  readonly whose: string;
  readonly next: string;
}

/** What the client's options are called by whoever reads its errors, and where the base URL can be seen. */
export interface Wording {
  readonly timeout: string;
  readonly maxBody: string;
  readonly maxWait: string;
  readonly baseUrl?: string;
  /** Whether an error's message ends in what the API says itself: for whoever prints nothing else of it. */
  readonly whole?: boolean;
}

/** As a program writes them. */
export const OPTION_NAMES: Wording = {
  timeout: 'timeout',
  maxBody: 'maxBody',
  maxWait: 'maxWait',
  whole: true,
};

/** A request, as far as it may be at fault itself. */
export interface Sent {
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly url: string;
  readonly baseUrl: string;
  readonly key?: KeyOrigin | undefined;
  readonly wording: Wording;
  /** Of an endpoint: what it takes, and what it was given. Absent for a raw request. */
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly input?: unknown;
}

/** How a next step begins that lays it on the address: then no ID is worth looking up. */
export const BLAMES_ADDRESS = 'check the base URL';

/** How servers say that it is the path that they do not know, and not a record. */
const NO_ENDPOINT = /\b(?:endpoint|route)\b|^cannot (?:get|post|put|delete) /i;

function sendsId({ params = {}, input }: Sent): boolean {
  const given = (input ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(params).some(([name, param]) => {
    const { kind, in: place } = param as Param;
    return kind === 'id' && (place === 'path' || given[name] !== undefined);
  });
}

/** What may be wrong where something is not there: the field that the API names, an ID that was sent, or the address. */
function lookAgain({ field, detail }: WorkTimeError, sent: Sent): string {
  const { baseUrl, path, params, wording } = sent;
  const organization = 'and that the key belongs to the organization that you mean';
  if (field !== undefined) return `check ${field}, ${organization}`;
  const meant = withVersion(baseUrl);
  const versioned = meant === undefined;
  const unknownPath = NO_ENDPOINT.test(detail ?? '');
  const address = versioned
    ? `${BLAMES_ADDRESS}: ${wording.baseUrl ?? `it is ${baseUrl}`}`
    : `${BLAMES_ADDRESS}: those of the API end in ${VERSION}, such as ${meant}`;
  if (params !== undefined) return unknownPath || !sendsId(sent) ? address : `check the ID, ${organization}`;
  const repeats = path === VERSION || path.startsWith(`${VERSION}/`);
  if (versioned && repeats) return `leave ${VERSION} out of the path: the base URL ends in it already`;
  return versioned || repeats || !unknownPath ? 'check the path, and the IDs in it' : address;
}

/** The same error, with what is known of its request. */
export function advised(error: WorkTimeError, sent: Sent): WorkTimeError {
  if (error instanceof AuthError && error.status === 401 && sent.key !== undefined) {
    const { whose, next } = sent.key;
    return new AuthError(`${error.message} ${whose}`, { ...error, next });
  }
  if (error instanceof RefusedError && error.status === 404 && error.next === undefined) {
    return new RefusedError(error.message, { ...error, next: lookAgain(error, sent) });
  }
  return error;
}
