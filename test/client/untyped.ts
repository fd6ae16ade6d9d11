/** A client as a program in JavaScript has it. */

import { type HttpRequest, WorkTime } from '../../src/sdk.ts';
import { envelope } from './support.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** The client, without types, and what it sent. */
export function untyped(data: unknown = {}, status = 200) {
  const sent: HttpRequest[] = [];
  const client = new WorkTime({
    apiKey: 'k',
    transport: async (request) => {
      sent.push(request);
      return {
        status,
        headers: { 'content-type': 'application/json' },
        body: (async function* () {
          yield bytesOf(status === 200 ? envelope(data) : data);
        })(),
      };
    },
  });
  // biome-ignore lint/suspicious/noExplicitAny: whoever has no types is who these checks are for
  return { client: client as any, sent };
}

// biome-ignore lint/suspicious/noExplicitAny: see above
export type Untyped = any;

/** What is refused, by what call, and with what error. */
export type Refusal = [what: string, call: (client: Untyped) => unknown, expected: object];

export const JANE = { name: 'Jane', email: 'jane@example.com' };
