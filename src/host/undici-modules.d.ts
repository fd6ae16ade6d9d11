/** The parts of undici that are imported by themselves: the whole package costs 200 ms at start. */

declare module 'undici/lib/dispatcher/client.js' {
  import type { Socket } from 'node:net';

  export type Connector = (
    options: Record<string, unknown>,
    callback: (error: Error | null, socket?: Socket) => void,
  ) => Socket;

  interface Handler {
    /** Right before the request is written. */
    onConnect(abort: (reason?: Error) => void): void;
    /** Names and values in turn; an informational status comes before the real one. False: pause. */
    onHeaders(status: number, raw: readonly Buffer[], resume: () => void): boolean;
    /** False: pause. */
    onData(chunk: Buffer): boolean;
    onComplete(): void;
    onError(error: Error): void;
  }

  /** One connection to one origin. */
  class Client {
    constructor(
      origin: string,
      options: {
        connect: Connector;
        pipelining: number;
        headersTimeout: number;
        bodyTimeout: number;
      },
    );
    dispatch(
      options: {
        path: string;
        method: string;
        headers: Readonly<Record<string, string>>;
        body?: string | Uint8Array | undefined;
        reset?: boolean;
      },
      handler: Handler,
    ): boolean;
    destroy(reason?: Error): Promise<void>;
    readonly destroyed: boolean;
  }
  export default Client;
}

declare module 'undici/lib/core/connect.js' {
  import type { Connector } from 'undici/lib/dispatcher/client.js';

  export default function buildConnector(options: {
    /** ms; 0: none */
    timeout: number;
    rejectUnauthorized: boolean;
  }): Connector;
}
