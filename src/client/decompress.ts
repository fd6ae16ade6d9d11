/** Undoes a Content-Encoding, never beyond a size. Loaded only when an answer is compressed. */

import { constants } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

const gunzipAsync = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(gunzip);
const inflateAsync = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(inflate);
const inflateRawAsync = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(inflateRaw);
const brotliAsync = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(brotliDecompress);

/** The decoded bytes; `too-large` past `most`, `cut` when the data ends early, else why it cannot be. */
export async function decompress(
  coding: string,
  bytes: Uint8Array,
  most: number,
): Promise<Uint8Array | 'too-large' | 'cut' | 'broken' | 'unknown'> {
  // zlib takes no more than one buffer can hold, and no cap at all is more.
  const options = { maxOutputLength: Math.min(most, constants.MAX_LENGTH) };
  try {
    switch (coding) {
      case 'gzip':
      case 'x-gzip':
        return await gunzipAsync(bytes, options);
      case 'br':
        return await brotliAsync(bytes, options);
      case 'deflate':
        // Some servers send it bare; a zlib header has 8 in its low half byte.
        return await (((bytes[0] ?? 0) & 0x0f) === 8 ? inflateAsync : inflateRawAsync)(bytes, options);
      default:
        return 'unknown';
    }
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
    return code === 'Z_BUF_ERROR' || code === 'ERR_BROTLI_DECODER_ERROR_UNREACHABLE' ? 'cut' : 'broken';
  }
}
