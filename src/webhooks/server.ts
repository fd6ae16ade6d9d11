/** A small HTTP server that keeps serving, whoever calls. Knows nothing of events. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../client/clock.ts';
import { LocalError } from '../errors.ts';
import { codeOf } from '../files/fault.ts';
import { type Head, type Refusal, tooLarge } from './guard.ts';

export interface ServerLimits {
  /** bytes */
  readonly maxBody: number;
  /** ms until the head of a request must be there */
  readonly headersTimeout: number;
  /** ms until the whole request must be there */
  readonly requestTimeout: number;
  readonly maxConnections: number;
  /** Bodies held in memory at once, in bytes; beyond it senders are told to come again. */
  readonly maxPending: number;
}

export const LIMITS: ServerLimits = {
  maxBody: 256 * 1024,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  maxConnections: 50,
  maxPending: 32 * 1024 * 1024,
};

export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface Handler {
  /** Looks at the head alone. */
  refuse(head: Head): Refusal | undefined;
  /** Answers a request whose body is there, whole. Must not reject. */
  accept(body: Buffer, head: Head): Promise<Reply>;
  /** Told of every refusal. */
  refused(refusal: Refusal): void;
}

export interface RunningServer {
  readonly port: number;
  /** Takes no more, answers what it has, and ends within `grace` ms. */
  close(grace: number): Promise<void>;
}

const MAX_HEAD = 16 * 1024;
/** A connection this young that has begun to send may still be sending its head: it is not closed in favour of another. */
const YOUNG = 1000;
/** Of a body that was refused so much is still read, in bytes, so that the sender gets to see the answer. */
const DISCARD = 8 * 1024 * 1024;
/** What a request weighs in memory besides its body, in bytes. */
const REQUEST = 4096;

/** Binds and serves. Resolves once connections are accepted. @throws LocalError when the address cannot be had. */
export async function serve(
  at: { readonly host: string; readonly port: number },
  limits: ServerLimits,
  handler: Handler,
  clock: Pick<Clock, 'monotonic' | 'sleep'>,
): Promise<RunningServer> {
  const server = createServer({
    headersTimeout: limits.headersTimeout,
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: Math.max(20, Math.min(500, limits.headersTimeout / 4)),
    maxHeaderSize: MAX_HEAD,
    keepAlive: true,
    noDelay: true,
  });
  const requests = new Requests(limits, handler);
  const sockets = new Sockets(limits.maxConnections, clock);
  server.on('connection', (socket) => {
    sockets.add(socket);
    // Node's limit for a head begins with its first byte; one that never sends any would stay.
    socket.setTimeout(limits.headersTimeout);
  });
  const serveOne = (request: IncomingMessage, response: ServerResponse, asked: boolean) => {
    // One that was refused may be closed in favour of another, however slowly it sends the rest.
    const { socket } = request;
    if (requests.serve(request, response, asked, () => sockets.idle(socket))) sockets.busy(socket);
  };
  server.on('request', (request, response) => serveOne(request, response, false));
  // A sender that asks first is refused before it sends its body.
  server.on('checkContinue', (request, response) => serveOne(request, response, true));
  await listening(server, at);
  return {
    port: (server.address() as AddressInfo).port,
    close: async (grace) => {
      requests.draining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      sockets.closeIdle();
      const enough = new AbortController();
      const late = clock.sleep(grace, enough.signal).then(
        () => server.closeAllConnections(),
        () => undefined,
      );
      await closed;
      enough.abort();
      await late;
    },
  };
}

function listening(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(bindFault(error, host, port)));
    server.listen({ host, port, backlog: 511 }, () => {
      server.removeAllListeners('error');
      // Such as too many open files at an accept: the next one may succeed.
      server.on('error', () => undefined);
      resolve();
    });
  });
}

function bindFault(error: unknown, host: string, port: number): LocalError {
  const code = codeOf(error);
  const why: Record<string, string> = {
    EADDRINUSE: 'something else listens there',
    EACCES: 'permission denied',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'there is no such host',
  };
  return new LocalError(`cannot listen on ${host} port ${port}: ${why[code ?? ''] ?? String(error)}`, {
    code: code?.toLowerCase() ?? 'cannot_listen',
    next: 'choose another --port or --host; --port 0 takes any free one',
    cause: error,
  });
}

/** The connections there are: as many as allowed, of which none is kept for doing nothing. */
class Sockets {
  readonly #max: number;
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** When each became idle, oldest first; undefined while it is being served. */
  readonly #open = new Map<Socket, number | undefined>();

  constructor(max: number, clock: Pick<Clock, 'monotonic'>) {
    this.#max = max;
    this.#clock = clock;
  }

  add(socket: Socket): void {
    if (this.#open.size >= this.#max) {
      const idle = this.#longestIdle();
      // The place of one that has been silent goes to the new one, so that silent ones cannot hold the door.
      (idle ?? socket).destroy();
      if (!idle) return;
      this.#open.delete(idle);
    }
    this.#open.set(socket, this.#clock.monotonic());
    socket.on('close', () => this.#open.delete(socket));
  }

  /** Marks a connection as being served: from here on it may wait for the disk. */
  busy(socket: Socket): void {
    socket.setTimeout(0);
    if (this.#open.has(socket)) this.#open.set(socket, undefined);
  }

  /** Marks a connection as served: it is the one that was idle last. */
  idle(socket: Socket): void {
    if (!this.#open.delete(socket) || socket.destroyed) return;
    this.#open.set(socket, this.#clock.monotonic());
  }

  closeIdle(): void {
    for (const [socket, idleSince] of this.#open) if (idleSince !== undefined) socket.destroy();
  }

  /** One that has not sent a byte since it was opened, else one that has been silent for long. */
  #longestIdle(): Socket | undefined {
    const now = this.#clock.monotonic();
    let silent: Socket | undefined;
    for (const [socket, since] of this.#open) {
      if (since === undefined) continue;
      if (socket.bytesRead === 0) return socket;
      if (silent === undefined && now - since >= YOUNG) silent = socket;
    }
    return silent;
  }
}

const ignore = () => undefined;

/** Reads bodies within the limits and answers each request once. */
class Requests {
  draining = false;
  readonly #limits: ServerLimits;
  readonly #handler: Handler;
  #pending = 0;

  constructor(limits: ServerLimits, handler: Handler) {
    this.#limits = limits;
    this.#handler = handler;
  }

  /** Whether it got past the guard: then `done` is called once it is answered, or its sender has gone. */
  serve(request: IncomingMessage, response: ServerResponse, asked: boolean, done: () => void): boolean {
    // A reset by the sender is the sender's business.
    request.on('error', ignore);
    response.on('error', ignore);
    const refusal = this.#handler.refuse(request) ?? this.#busy();
    if (refusal) {
      this.#refuse(request, response, refusal);
      return false;
    }
    if (asked) response.writeContinue();
    this.#read(request, response, done);
    return true;
  }

  #busy(): Refusal | undefined {
    if (this.#pending < this.#limits.maxPending) return undefined;
    return { status: 503, code: 'busy', message: 'too much at once; send it again' };
  }

  #read(request: IncomingMessage, response: ServerResponse, done: () => void): void {
    const chunks: Buffer[] = [];
    let length = 0;
    let held = 0;
    const hold = (bytes: number) => {
      held += bytes;
      this.#pending += bytes;
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      hold(chunk.length);
      if (length <= this.#limits.maxBody) return chunks.push(chunk);
      request.off('data', take);
      request.off('end', finish);
      chunks.length = 0;
      this.#refuse(request, response, tooLarge(this.#limits.maxBody));
      return 0;
    };
    const finish = () => {
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
      void this.#handler.accept(body, request).then((reply) => this.#answer(response, reply));
    };
    hold(REQUEST);
    response.on('close', () => {
      hold(-held);
      done();
    });
    request.on('data', take);
    request.on('end', finish);
  }

  #answer(response: ServerResponse, reply: Reply): void {
    if (response.destroyed) return;
    const headers = [
      'Content-Type',
      'application/json',
      'Content-Length',
      String(Buffer.byteLength(reply.body)),
    ];
    if (reply.status === 503) headers.push('Retry-After', '5');
    if (this.draining) headers.push('Connection', 'close');
    response.writeHead(reply.status, headers);
    response.end(reply.body);
  }

  /** The rest of the body is read and thrown away, up to a bound: closing at once would cost the sender the answer. */
  #refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
    this.#handler.refused(refusal);
    const body = errorBody(refusal.code, refusal.message);
    response.writeHead(refusal.status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
      ...(refusal.status === 405 ? { allow: 'POST' } : {}),
      ...(refusal.status === 503 ? { 'retry-after': '5' } : {}),
    });
    response.write(body);
    let discarded = 0;
    request.on('data', (chunk: Buffer) => {
      discarded += chunk.length;
      if (discarded > DISCARD) request.destroy();
    });
    if (request.complete || request.readableEnded) response.end();
    else request.once('end', () => response.end());
  }
}

export const errorBody = (code: string, message: string) =>
  JSON.stringify({ success: false, error: { code, message } });
