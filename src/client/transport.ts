/** HTTP as a function. Everything between the client and the wire is a Transport made from a Transport. */

/** `Body`: text of the client's, bytes of a relay's. */
export interface HttpRequest<Body = string | Uint8Array> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute, with its query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Body;
  /** Aborts the whole attempt, body included. */
  readonly signal?: AbortSignal;
  /** Open a new connection: then `refused` proves that nothing was sent. */
  readonly freshConnection?: boolean;
  /** Told just before the attempt leaves; not for the wire. */
  readonly onSend?: () => void;
  /** Whose turn it is in the shared budget (see Budget); not for the wire. */
  readonly priority?: 'person' | 'import' | 'tail';
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The body as it came over the wire, still encoded. Ends with a TransportError when it was cut short of its
   * Content-Length or of its last chunk.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

export type Transport<Body = string | Uint8Array> = (request: HttpRequest<Body>) => Promise<HttpResponse>;

/** Where an attempt broke. `unsent` is certain: not one byte of the request can have reached the API. */
export type TransportFault = 'unsent' | 'broken' | 'timeout' | 'tls' | 'dns';

/** The code of a failure that is no Transport's own word: whoever brought the transport along may want to mend it. */
export const FOREIGN = 'FOREIGN';

/** The code of an answer that is none, by a mistake in the transport: asked again it would be none again. */
export const UNUSABLE = 'UNUSABLE';

/** A failure of the wire, thrown by a Transport and by a body. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly fault: TransportFault;
  /** Node's or undici's code, such as ECONNREFUSED. */
  readonly code: string | undefined;
  constructor(
    message: string,
    fault: TransportFault,
    options: { code?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.fault = fault;
    this.code = options.code;
  }
}
