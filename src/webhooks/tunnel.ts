/** A tunnel program of the operator's choice: started with us, asked for its public address, ended with us. */

import type { Child, Context } from '../context.ts';
import { TemporaryError } from '../errors.ts';

export interface Tunnel {
  readonly url: URL;
  /** Settles with its exit code when it ends by itself. */
  readonly ended: Promise<number>;
  close(): Promise<void>;
}

/** ms to name an address */
const PATIENCE = 30_000;
/** ms after an address with a path (often a link to documentation) in which a better one may come */
const SECOND_THOUGHT = 5000;
/** ms to end by itself before it is killed */
const FAREWELL = 3000;
/** Sites that tunnel programs point to besides the tunnel itself. */
const NOT_TUNNELS =
  /^((www|docs|developers?|dashboard|dash|admin)\.|(localhost\.run|github\.com|twitter\.com|x\.com|ngrok\.com)$)/;

/**
 * Starts the tunnel. `{url}`, `{host}` and `{port}` in its arguments are where we listen. The key is not in its
 * environment. @throws TemporaryError when it ends, or names no https address in time; LocalError when it cannot start.
 */
export async function openTunnel(
  command: readonly string[],
  at: { readonly host: string; readonly port: number },
  context: Pick<Context, 'start' | 'env' | 'sleep' | 'signal'>,
): Promise<Tunnel> {
  const { WORKTIME_API_KEY: _key, ...env } = context.env;
  const values: Record<string, string> = {
    url: `http://${at.host}:${at.port}`,
    host: at.host,
    port: String(at.port),
  };
  const argv = command.map((word) =>
    word.replace(/\{(url|host|port)\}/g, (_, name: string) => values[name] ?? ''),
  );
  const child = await context.start(argv, { env });
  const ended = child.done.then(({ exitCode }) => exitCode);
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    child.kill('SIGTERM');
    const enough = new AbortController();
    const late = context.sleep(FAREWELL, enough.signal).then(
      () => child.kill('SIGKILL'),
      () => undefined,
    );
    await ended.catch(() => undefined);
    enough.abort();
    await late;
  };
  try {
    return { url: await addressOf(child, ended, context), ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function addressOf(
  child: Child,
  ended: Promise<number>,
  context: Pick<Context, 'sleep' | 'signal'>,
): Promise<URL> {
  const said: string[] = [];
  const done = new AbortController();
  const waiting = AbortSignal.any([done.signal, context.signal]);
  try {
    return await new Promise<URL>((resolve, reject) => {
      const give = (why: string) =>
        reject(
          new TemporaryError(`the tunnel ${why}`, {
            code: 'tunnel_failed',
            lines: said.slice(-5),
            next: 'run the tunnel program by itself, and give its address with --public-url',
          }),
        );
      const read = async () => {
        let second: URL | undefined;
        // Read to its end, whatever comes: a full pipe would stop the tunnel.
        for await (const line of child.lines) {
          if (done.signal.aborted) continue;
          said.push(line);
          for (const url of addressesIn(line)) {
            if (url.pathname === '/') resolve(url);
            else if (!second) {
              second = url;
              context.sleep(SECOND_THOUGHT, waiting).then(
                () => resolve(url),
                () => undefined,
              );
            }
          }
        }
      };
      read().catch(() => undefined);
      ended.then(
        (exitCode) => give(`ended with exit ${exitCode} before it named an https address`),
        () => give('ended before it named an https address'),
      );
      context.sleep(PATIENCE, waiting).then(
        () => give(`named no https address in ${PATIENCE / 1000} s`),
        () => context.signal.aborted && reject(context.signal.reason),
      );
    });
  } finally {
    done.abort();
  }
}

/** The https addresses of a line that may be a tunnel's. */
export function addressesIn(line: string): URL[] {
  const found = line.match(/https:\/\/[\w.-]+(:\d+)?(\/[^\s"'`<>|)\]}\u001b]*)?/g) ?? [];
  return found
    .map((text) => text.replace(/[.,;:]+$/, ''))
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text))
    .filter((url) => !NOT_TUNNELS.test(url.hostname));
}
