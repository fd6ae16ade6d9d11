/** A handler of somebody's, which events are forwarded to. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

/** A handler on a port that stays the same when it goes down and comes back. */
export class Handler {
  readonly received: Received[] = [];
  /** What it answers; default 200. */
  answer: (request: Received, response: ServerResponse) => void = (_, response) => void response.end();
  port = 0;
  #server = createServer();
  #waiting: { count: number; resolve: () => void }[] = [];

  async up(): Promise<void> {
    this.#server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const received = { text, headers: request.headers };
      this.answer(received, response);
      if (response.statusCode === 200) this.received.push(received);
      this.#waiting
        .filter(({ count }) => this.received.length >= count)
        .forEach(({ resolve }) => void resolve());
    });
    await new Promise<void>((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as AddressInfo).port;
    onTestFinished(() => this.down());
  }

  async down(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  get texts(): string[] {
    return this.received.map(({ text }) => text);
  }

  has(count: number): Promise<void> {
    if (this.received.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }
}

export async function handler(): Promise<Handler> {
  const made = new Handler();
  await made.up();
  return made;
}
