/** The sandbox as the client's transport: no port, no server, no copy of the web's request classes. */

import type { HttpRequest, HttpResponse, Transport } from '../client/transport.ts';
import type { Context } from '../context.ts';
import type { SandboxBody } from './http.ts';
import { createSandbox, type Sandbox, sandboxDirectory } from './index.ts';

/** Requests go to the sandbox in the state directory, made at the first of them. */
export function sandboxTransport(options: { context: Context }): Transport {
  const { context } = options;
  let sandbox: Promise<Sandbox> | undefined;
  return async (request: HttpRequest): Promise<HttpResponse> => {
    request.signal?.throwIfAborted();
    sandbox ??= createSandbox({ context, directory: sandboxDirectory(context) });
    const { handle } = await sandbox;
    const { status, headers, body } = await handle(request);
    return { status, headers, body: bytesOf(body) };
  };
}

async function* bytesOf(body: SandboxBody): AsyncIterable<Uint8Array> {
  if (typeof body === 'string') yield Buffer.from(body);
  else if (body instanceof Uint8Array) yield body;
  else yield* body;
}
