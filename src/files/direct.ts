/** Pipes and devices: they cannot be replaced and need no temporary file. */

import { constants, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { AtomicFile } from './atomic.ts';
import { codeOf, diskFault } from './fault.ts';

/** How often a FIFO is asked whether it has a reader, or room, in ms. */
const PAUSE = 20;

/** What bytes can be written to. */
type Sink = Pick<FileHandle, 'close'> & {
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ bytesWritten: number }>;
};

/** Writes every byte, also where the system takes some at a time or none for the moment. */
export async function writeAll(
  sink: Sink,
  chunk: string | Uint8Array,
  signal?: AbortSignal | undefined,
): Promise<void> {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += (await sink.write(bytes, at, bytes.length - at)).bytesWritten;
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      await pause(signal);
    }
  }
}

/** Opens what is no regular file for writing as it is. A FIFO without a reader is waited for until `signal`. */
export async function directFile(
  target: string,
  isFifo: boolean,
  signal: AbortSignal | undefined,
): Promise<AtomicFile> {
  const sink = isFifo ? await openFifo(target, signal) : await openDevice(target);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= sink.close();
    return closing;
  };
  return {
    temporaryPath: target,
    write: async (chunk) => {
      try {
        await writeAll(sink, chunk, signal);
      } catch (error) {
        await close();
        throw signal?.aborted ? error : diskFault(error, 'write', target);
      }
    },
    commit: close,
    abort: close,
  };
}

/** O_APPEND respects `>>` of a shell. */
async function openDevice(target: string): Promise<Sink> {
  try {
    return await open(target, constants.O_WRONLY | constants.O_APPEND);
  } catch (error) {
    const descriptor = descriptorOf(target);
    if (codeOf(error) !== 'ENXIO' || descriptor === undefined) throw error;
    return socketSink(descriptor);
  }
}

/** A blocking open would hold a thread that no signal can end, and with it the process. */
async function openFifo(target: string, signal: AbortSignal | undefined): Promise<Sink> {
  for (;;) {
    try {
      return await open(target, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      await pause(signal);
    }
  }
}

function descriptorOf(target: string): number | undefined {
  const name = /^\/(?:dev|proc\/self)\/(?:fd\/)?(\d+|stdout|stderr)$/.exec(target)?.[1];
  if (name === undefined) return undefined;
  return name === 'stdout' ? 1 : name === 'stderr' ? 2 : Number(name);
}

/** A socket, which is what many parents give a child for stdout, cannot be opened by name: its descriptor is used. */
function socketSink(descriptor: number): Sink {
  return {
    write: async (bytes, offset, length) => ({ bytesWritten: writeSync(descriptor, bytes, offset, length) }),
    close: async () => undefined,
  };
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  signal?.throwIfAborted();
}
