/**
 * A sign of life that holds between containers of one machine, where process numbers say nothing: a socket beside the
 * claim, which the kernel closes when its process ends, however that happens.
 */

import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { makeFolders } from '../folders.ts';
import { codeOf } from './fault.ts';

/** The kernel's limit for the path of a socket, in bytes, on the strictest system. */
const MAX_PATH = 100;

/** Shows that this process lives, until the returned function is called. Undefined where sockets cannot be made. */
export async function announce(path: string): Promise<(() => void) | undefined> {
  if (Buffer.byteLength(path) > MAX_PATH) return undefined;
  const server = createServer((socket) => socket.destroy());
  try {
    makeFolders(dirname(path));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
    server.unref();
    return () => server.close();
  } catch {
    return undefined;
  }
}

/** Whether the process that announced itself there lives. What cannot be known counts as alive. */
export async function isPresent(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      resolve(codeOf(error) !== 'ECONNREFUSED');
    });
  });
}
