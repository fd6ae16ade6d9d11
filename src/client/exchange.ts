/** One attempt, body included: the whole answer as decoded bytes, or an error that says how it broke. */

import { InvalidAnswerError } from '../errors.ts';
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from './transport.ts';

/** A whole answer. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As decoded. */
  readonly bytes: Uint8Array;
}

export type Exchange = (request: HttpRequest) => Promise<Received>;

/** An answer that began and did not end: worth another attempt where that is safe. */
export class CutError extends InvalidAnswerError {
  override readonly name = 'InvalidAnswerError';
}

const cut = (status: number, cause?: unknown) =>
  new CutError('the answer was cut short', {
    code: 'cut_answer',
    status,
    next: 'run it again; if it stays, something between here and the API cuts answers off',
    cause,
  });

/** How large an answer may be, in bytes, and what the option is called that says so. */
interface Cap {
  readonly bytes: number;
  readonly option: string;
}

const tooLarge = (status: number, cap: Cap) =>
  new InvalidAnswerError(`the answer is larger than ${size(cap.bytes)}`, {
    code: 'answer_too_large',
    status,
    next: `ask for less at once, or raise ${cap.option}`,
  });

function size(bytes: number): string {
  return bytes % 1_048_576 === 0 ? `${bytes / 1_048_576} MiB` : `${bytes} bytes`;
}

/** Receives answers whole. Throws what the transport throws before the answer, and after it CutError or InvalidAnswerError. */
export function receiving(transport: Transport, cap: Cap): Exchange {
  return async (request) => {
    const response = await transport(request);
    const { status, headers } = response;
    if (status >= 300 && status < 400) {
      await discard(response.body);
      throw redirected(request, response);
    }
    const encoded = await collect(response, cap);
    const bytes = await decode(encoded, response, cap);
    if (!framed(headers) && !complete(bytes)) throw cut(status);
    return { status, headers, bytes };
  };
}

/** The key never follows a redirect, so the answer to one is an error that names where it led. */
function redirected(request: HttpRequest, { status, headers }: HttpResponse): InvalidAnswerError {
  let target: URL | undefined;
  try {
    target = new URL(headers['location'] ?? '', request.url);
  } catch {
    // A location that is no URL is not worth a word.
  }
  const origin = new URL(request.url).origin;
  const foreign = target !== undefined && target.origin !== origin;
  const where = foreign
    ? ` to another origin, ${target?.origin === 'null' ? target.protocol : target?.origin}`
    : '';
  return new InvalidAnswerError(`the API answered with a redirect${where}`, {
    code: foreign ? 'cross_origin_redirect' : 'redirect',
    status,
    next: 'check the base URL: redirects are never followed, and the key was not sent on',
  });
}

async function discard(body: AsyncIterable<Uint8Array>): Promise<void> {
  await body[Symbol.asyncIterator]().return?.(undefined);
}

async function collect({ status, body }: HttpResponse, cap: Cap): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.byteLength;
      if (length > cap.bytes) throw tooLarge(status, cap);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof TransportError && error.fault === 'broken' ? cut(status, error) : error;
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : concatenate(chunks, length);
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

async function decode(encoded: Uint8Array, { status, headers }: HttpResponse, cap: Cap): Promise<Uint8Array> {
  const codings = (headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length === 0 || encoded.byteLength === 0) return encoded;
  const { decompress } = await import('./decompress.ts');
  let bytes = encoded;
  // More than two layers are a bomb, not an answer.
  for (const coding of codings.reverse()) {
    const result = codings.length > 2 ? 'unknown' : await decompress(coding, bytes, cap.bytes);
    if (result === 'too-large') throw tooLarge(status, cap);
    if (result === 'cut') throw cut(status);
    if (typeof result === 'string') {
      throw new InvalidAnswerError('the answer is compressed in a way that cannot be undone', {
        code: 'bad_encoding',
        status,
        next: 'check the base URL, and what stands between here and the API',
      });
    }
    bytes = result;
  }
  return bytes;
}

/** Whether the wire itself said where the body ends; without that, a broken connection looks like its end. */
function framed(headers: Readonly<Record<string, string>>): boolean {
  return headers['content-length'] !== undefined || /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
}

/** Whether an unframed body shows by itself that it is whole: JSON that closes, a zip that has its directory. */
function complete(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return hasZipEnd(bytes);
  let first = 0;
  while (first < bytes.length && isSpace(bytes[first])) first++;
  if (bytes[first] !== 0x7b && bytes[first] !== 0x5b) return true;
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The end-of-directory record of a zip lies in its last 22 bytes and a comment of at most 65,535. */
function hasZipEnd(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 65_557; at--) {
    if (bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 5 && bytes[at + 3] === 6)
      return true;
  }
  return false;
}
