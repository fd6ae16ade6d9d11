/** Requests and answers as the sandbox's app sees them, and the errors that become envelopes. */

export interface SandboxRequest {
  readonly method: string;
  /** Absolute, or from the root. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export type SandboxBody = string | Uint8Array | AsyncIterable<Uint8Array>;

export interface SandboxResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: SandboxBody;
}

/** A refusal, as the API words one. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  constructor(status: number, code: string, message: string, field?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** 400 `invalid_request`. */
export const invalid = (message: string, field?: string): ApiError =>
  new ApiError(400, 'invalid_request', message, field);

/** 404 `not_found`. */
export const notFound = (message: string, field?: string): ApiError =>
  new ApiError(404, 'not_found', message, field);

/** What a route answers with. */
export type Answer =
  | { readonly status?: 200 | 201; readonly data: unknown; readonly pagination?: PageOf }
  /** Ready text of the `data` value, where building objects would cost too much. */
  | { readonly json: AsyncIterable<Uint8Array> | string; readonly pagination?: PageOf }
  /** A whole body: a ready envelope, or what the headers say. */
  | { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> };

export interface PageOf {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
}

/** The success envelope around a value that is JSON already. */
export function envelope(json: string, pagination?: PageOf): string {
  return `{"success":true,"data":${json}${pagination ? `,"pagination":${JSON.stringify(pagination)}` : ''}}`;
}
